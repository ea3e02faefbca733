import { randomUUID } from 'node:crypto';

/** Who is signed in, by the secret in their cookie. Knows nothing of how the cookie came to be sent. */
export class Accounts {
  readonly #byToken = new Map<string, string>();

  /** Signs `account` in once more and returns the secret that stands for this one login. */
  signIn(account: string): string {
    const token = randomUUID();
    this.#byToken.set(token, account);
    return token;
  }

  /** The account that `token` was given to, or null. */
  of(token: string | undefined): string | null {
    return token === undefined ? null : (this.#byToken.get(token) ?? null);
  }

  /** As {@link of}, and the token is worth nothing afterwards. */
  redeem(token: string | undefined): string | null {
    const account = this.of(token);
    if (token !== undefined) this.#byToken.delete(token);
    return account;
  }
}
