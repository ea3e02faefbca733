import type {
  Answer,
  Channel,
  ChannelAnswers,
  CHANNELS,
  ElectronAPI,
  PushChannel,
  PushMessages,
  Unsubscribe,
} from '@retrace/protocol';
import type { InferInput } from 'valibot';
import { followTable } from './table-subscription.ts';

/** The two ways of Electron's `ipcRenderer` that are used. */
export interface Wire {
  invoke(channel: Channel, args: readonly unknown[]): Promise<unknown>;
  on<P extends PushChannel>(channel: P, listener: (message: PushMessages[P]) => void): Unsubscribe;
}

/**
 * `window.electronAPI` over `wire`: one method for each channel of the protocol, nothing else (security row 9). Methods never
 * reject: what cannot be sent or answered is a failure with a code.
 */
export function makeElectronAPI(wire: Wire): ElectronAPI {
  const call =
    <C extends Channel>(channel: C) =>
    (...args: InferInput<(typeof CHANNELS)[C]>): Promise<Answer<ChannelAnswers[C]>> =>
      // The router answers this channel with exactly this type.
      ask(wire, channel, args) as Promise<Answer<ChannelAnswers[C]>>;

  const tableNow = call('session:snapshot');
  const viewsNow = call('view:snapshot');

  return {
    sessions: {
      create: call('session:create'),
      activate: call('session:activate'),
      takeOver: call('session:takeOver'),
      delete: call('session:delete'),
      restore: call('session:restore'),
      rename: call('session:rename'),
      navigate: call('session:navigate'),
      back: call('session:back'),
      forward: call('session:forward'),
      reload: call('session:reload'),
      stop: call('session:stop'),
      undo: call('session:undo'),
      list: call('session:list'),
      getActive: call('session:getActive'),
      subscribe: (listener) =>
        followTable(
          {
            snapshot: async () => {
              const answer = await tableNow();
              return answer.success ? answer.table : null;
            },
            onPatches: (receive) => wire.on('session:patches', receive),
          },
          listener,
        ),
    },
    views: {
      place: call('view:place'),
      cover: call('view:cover'),
      uncover: call('view:uncover'),
      focus: call('view:focus'),
      closePopup: call('popup:close'),
      subscribe: (listener) => followViews(wire, viewsNow, listener),
    },
    timeline: { read: call('timeline:read') },
    app: {
      info: call('app:info'),
      onCommand: (listener) => wire.on('app:command', listener),
      onNotice: (listener) => wire.on('app:notice', listener),
    },
  };
}

/** The statuses now, then each change. Each message is the whole, so one that came meanwhile replaces the answer. */
function followViews(
  wire: Wire,
  viewsNow: ElectronViewsNow,
  listener: (statuses: PushMessages['view:statuses']) => void,
): Unsubscribe {
  let told = false;
  let ended = false;
  const unsubscribe = wire.on('view:statuses', (statuses) => {
    told = true;
    listener(statuses);
  });
  void viewsNow().then((answer) => {
    if (told || ended || !answer.success) return;
    listener({ views: answer.views, popup: answer.popup });
  });
  return () => {
    ended = true;
    unsubscribe();
  };
}

type ElectronViewsNow = () => Promise<Answer<ChannelAnswers['view:snapshot']>>;

async function ask(wire: Wire, channel: Channel, args: readonly unknown[]): Promise<unknown> {
  try {
    structuredClone(args);
  } catch {
    // Functions and page objects cross the context bridge but not to main.
    return failure('InvalidInput', 'Only plain values can be sent.');
  }
  try {
    return await wire.invoke(channel, args);
  } catch {
    // The router turns every outcome into an answer, so this is main itself being gone.
    return failure('ShuttingDown', 'Retrace is closing.');
  }
}

function failure(code: 'InvalidInput' | 'ShuttingDown', message: string): Answer {
  return { success: false, error: { code, message } };
}
