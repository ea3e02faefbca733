import { describe, it } from '@jest/globals';
import type { Command, ProviderId } from '@retrace/protocol';
import { given } from '../../test/decision-specification.ts';
import { created, deleted, happened, sessionId } from '../../test/recorded-events.ts';

const [a, b, c] = [sessionId(1), sessionId(2), sessionId(3)];
const create = (config: Partial<Extract<Command, { type: 'CreateSession' }>> = {}): Command => ({
  type: 'CreateSession',
  sessionId: a,
  provider: 'claude',
  name: 'Work',
  ...config,
});

describe('CreateSession', () => {
  it('makes one session on its provider’s home page, with a partition of its own', () => {
    given()
      .when(create())
      .then({
        type: 'SessionCreated',
        data: {
          sessionId: a,
          provider: 'claude',
          name: 'Work',
          partition: `persist:claude-${a}`,
          homeUrl: 'https://claude.ai/new',
        },
      });
  });

  it('takes the address in its normal form and the name without white space around it', () => {
    given()
      .when(create({ provider: 'custom', name: '  Work ', url: 'https://EXAMPLE.com' }))
      .then(created(a, 'Work', 'https://example.com/'));
  });

  it.each([
    'javascript:alert(1)',
    'file:///etc/passwd',
    'data:text/html,x',
    'http://example.com/',
    'not an address',
    '',
  ])('refuses the address %j', (url) => {
    given().when(create({ url })).thenRefused('AddressRefused');
  });

  it.each(['', '   ', 'x'.repeat(10_000), 'bell\u0007', 'half a pair \ud800'])(
    'refuses the name %j',
    (name) => {
      given().when(create({ name })).thenRefused('InvalidInput');
    },
  );

  it('refuses an unknown provider', () => {
    given()
      .when(create({ provider: 'elsewhere' as ProviderId }))
      .thenRefused('InvalidInput');
  });

  it('refuses an id that was used before', () => {
    given(created(a)).when(create()).thenRefused('Conflict');
  });
});

describe('ActivateSession', () => {
  it('shows a session that is awake', () => {
    given(created(a)).when({ type: 'ActivateSession', sessionId: a }).then(happened('SessionActivated', a));
  });

  it('wakes a sleeping session first', () => {
    given(created(a), happened('SessionSlept', a))
      .when({ type: 'ActivateSession', sessionId: a })
      .then(happened('SessionWoken', a), happened('SessionActivated', a));
  });

  it('does nothing for the session that is shown already', () => {
    given(created(a), happened('SessionActivated', a))
      .when({ type: 'ActivateSession', sessionId: a })
      .thenNothing();
  });
});

describe('DeleteSession', () => {
  const three = [created(a), created(b), created(c)];

  it('shows the next session in the list in place of the one shown', () => {
    given(...three, happened('SessionActivated', b))
      .when({ type: 'DeleteSession', sessionId: b })
      .then(deleted(b, c));
  });

  it('shows the one before when there is none after', () => {
    given(...three, happened('SessionActivated', c))
      .when({ type: 'DeleteSession', sessionId: c })
      .then(deleted(c, b));
  });

  it('passes over sessions that sleep', () => {
    given(...three, happened('SessionSlept', b), happened('SessionActivated', a))
      .when({ type: 'DeleteSession', sessionId: a })
      .then(deleted(a, c));
  });

  it('shows none when all the others sleep', () => {
    given(created(a), created(b), happened('SessionSlept', b), happened('SessionActivated', a))
      .when({ type: 'DeleteSession', sessionId: a })
      .then(deleted(a, null));
  });

  it('names no successor when another session is shown', () => {
    given(...three, happened('SessionActivated', b))
      .when({ type: 'DeleteSession', sessionId: c })
      .then(deleted(c, null));
  });
});

describe('RestoreSession', () => {
  it('brings a deleted session back', () => {
    given(created(a), deleted(a))
      .when({ type: 'RestoreSession', sessionId: a })
      .then(happened('SessionRestored', a));
  });

  it('refuses one that is in the list', () => {
    given(created(a)).when({ type: 'RestoreSession', sessionId: a }).thenRefused('SessionNotDeleted');
  });

  it('refuses one that never was', () => {
    given().when({ type: 'RestoreSession', sessionId: a }).thenRefused('SessionNotFound');
  });
});

describe('RenameSession', () => {
  it('keeps the name before beside the new one', () => {
    given(created(a, 'Work'))
      .when({ type: 'RenameSession', sessionId: a, name: ' Play ' })
      .then({ type: 'SessionRenamed', data: { sessionId: a, name: 'Play', previousName: 'Work' } });
  });

  it('does nothing for the name it has', () => {
    given(created(a, 'Work')).when({ type: 'RenameSession', sessionId: a, name: 'Work' }).thenNothing();
  });

  it('refuses a name that is none', () => {
    given(created(a)).when({ type: 'RenameSession', sessionId: a, name: ' ' }).thenRefused('InvalidInput');
  });
});

describe('SleepSession', () => {
  it('puts a session to sleep once', () => {
    given(created(a)).when({ type: 'SleepSession', sessionId: a }).then(happened('SessionSlept', a));
    given(created(a), happened('SessionSlept', a)).when({ type: 'SleepSession', sessionId: a }).thenNothing();
  });
});

const onListed: readonly Command[] = [
  { type: 'ActivateSession', sessionId: a },
  { type: 'DeleteSession', sessionId: a },
  { type: 'RenameSession', sessionId: a, name: 'Play' },
  { type: 'SleepSession', sessionId: a },
  { type: 'NavigateSession', sessionId: a, url: 'https://example.com/' },
  { type: 'TraverseHistory', sessionId: a, offset: -1 },
  { type: 'RecordNavigation', sessionId: a, navigation: { entries: [], index: -1 }, cause: 'link' },
  { type: 'RecordPage', sessionId: a, url: 'https://home.example/', title: 'Home', favicon: null },
  { type: 'RecordCrash', sessionId: a, reason: 'crashed', exitCode: 1 },
];

describe('every command for a session in the list', () => {
  it.each(onListed)('$type refuses a session that never was', (command) => {
    given(created(b)).when(command).thenRefused('SessionNotFound');
  });

  it.each(onListed)('$type refuses a session in the trash', (command) => {
    given(created(a), deleted(a)).when(command).thenRefused('SessionDeleted');
  });

  it('takes no name that every object inherits for a session', () => {
    given()
      .when({ type: 'ActivateSession', sessionId: '__proto__' as typeof a })
      .thenRefused('SessionNotFound');
  });
});
