import type { ProviderId } from '@retrace/protocol';
import { PROVIDER_IDS } from '@retrace/protocol';
import fc from 'fast-check';

/**
 * Something a person or a page does. `which` picks a session among those that were ever made, deleted ones included, so that
 * refusals happen too.
 */
export type Deed =
  | { readonly do: 'create'; readonly provider: ProviderId; readonly name: string }
  | { readonly do: 'rename'; readonly which: number; readonly name: string }
  | { readonly do: 'navigate' | 'click' | 'push' | 'replace'; readonly which: number; readonly url: string }
  | { readonly do: 'traverse'; readonly which: number; readonly offset: number }
  | { readonly do: 'activate' | 'delete' | 'restore' | 'back' | 'forward' | 'crash'; readonly which: number }
  | { readonly do: 'undo' };

const which = fc.nat({ max: 7 });
const url = fc.nat({ max: 9 }).map((page) => `https://site-${page % 3}.example/page/${page}`);
const name = fc.constantFrom('Work', 'Play', 'Räume', '工作', '👩‍🚀', 'a “b” <c>');

/** Deeds in the mix in which they happen: mostly walking about, some managing. */
export const deedArbitrary: fc.Arbitrary<Deed> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('create'),
      provider: fc.constantFrom(...PROVIDER_IDS),
      name,
    } as const),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constantFrom('navigate', 'click', 'push', 'replace'),
      which,
      url,
    } as const),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constantFrom('activate', 'delete', 'restore', 'back', 'forward', 'crash'),
      which,
    } as const),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('rename'), which, name } as const) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('traverse'),
      which,
      offset: fc.constantFrom(-2, -1, 1, 2),
    } as const),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('undo') } as const) },
);
