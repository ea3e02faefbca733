import type { Answer } from '@retrace/protocol';

/** The answer of a call. A call that never got one, because main is gone or closing, is a failure like any other. */
export async function answered<T extends object>(call: Promise<Answer<T>>): Promise<Answer<T>> {
  try {
    return await call;
  } catch (error) {
    console.error(error);
    return { success: false, error: { code: 'Internal', message: 'Retrace did not answer. Try again.' } };
  }
}
