import type { Stage } from './stage.ts';

/** One statement of Electron's documentation, as something that a program can find to be true or not. */
export interface Case {
  /** The heading in the documentation's page. */
  readonly heading: string;
  readonly states: string;
  /** The member of the support table whose note says why this does not hold on Chromium: there, the case must fail. */
  readonly differs?: string;
  /** Holds when it returns or resolves. */
  readonly run: (stage: Stage) => void | Promise<void>;
}

/** The cases of one API page of Electron's documentation, `https://electronjs.org/docs/api/<name>`. */
export interface Page {
  readonly name: string;
  readonly cases: readonly Case[];
}

export interface Check {
  (heading: string, states: string, run: Case['run']): void;
  /** For what `member` of the support table is said to do otherwise on Chromium. */
  differs(member: string, heading: string, states: string, run: Case['run']): void;
}

/** Cases run in the order in which `define` makes them, in one main process. */
export function page(name: string, define: (check: Check) => void): Page {
  const cases: Case[] = [];
  const check = (heading: string, states: string, run: Case['run']) =>
    void cases.push({ heading, states, run });
  const differs: Check['differs'] = (member, heading, states, run) =>
    void cases.push({ heading, states, run, differs: member });
  define(Object.assign(check, { differs }));
  return { name, cases };
}
