import { describe, expect, it, jest } from '@jest/globals';
import { answered } from './answered.ts';

describe('answered', () => {
  it('hands on what main answers, a refusal too', async () => {
    const refusal = { success: false, error: { code: 'SessionNotFound', message: 'No session.' } } as const;
    await expect(answered(Promise.resolve({ success: true as const, session: 1 }))).resolves.toEqual({
      success: true,
      session: 1,
    });
    await expect(answered(Promise.resolve(refusal))).resolves.toBe(refusal);
  });

  it('makes a failure of a call without an answer, and leaves the cause in the console', async () => {
    const consoleError = jest.spyOn(console, 'error').mockImplementation(() => undefined);
    const cause = new Error('The channel is closed.');
    await expect(answered(Promise.reject(cause))).resolves.toEqual({
      success: false,
      error: { code: 'Internal', message: 'Retrace did not answer. Try again.' },
    });
    expect(consoleError).toHaveBeenCalledWith(cause);
    consoleError.mockRestore();
  });
});
