import type { NAVIGATION_CAUSES, NavigationList } from '@retrace/protocol';
import { sameEntries } from './navigation-change.ts';
import type { ViewReport } from './view-host.ts';

export type NavigationCause = (typeof NAVIGATION_CAUSES)[number];

/** Why a view's list is no longer `before`, as far as its report tells. */
export function causeOf(
  report: Extract<ViewReport, { kind: 'navigated' }>,
  before: NavigationList,
): NavigationCause {
  if (report.change === 'settled') return 'abandoned';
  if (sameEntries(before, report.navigation)) {
    return report.navigation.index < before.index ? 'back' : 'forward';
  }
  if (report.change === 'in-page') return 'in-page';
  if (report.redirected) return 'redirect';
  // Retrace asked for one list and the view came to another without a redirect: what was asked for did not happen.
  return report.driven ? 'abandoned' : 'link';
}
