/**
 * The source text of a function and a call of it, for `Page.addScriptToEvaluateOnNewDocument`. The function may refer to
 * nothing outside itself. Some compilers name functions through a helper called `__name`, which the page does not have.
 */
export function pageScript<A extends readonly unknown[]>(script: (...args: A) => void, ...args: A): string {
  return `(() => { const __name = (named) => named; (${script.toString()})(${args.map((arg) => JSON.stringify(arg)).join(', ')}); })();`;
}
