import type {
  MessageBoxOptions,
  MessageBoxReturnValue,
  OpenDialogOptions,
  OpenDialogReturnValue,
  SaveDialogOptions,
  SaveDialogReturnValue,
} from 'electron';
import { askForFiles, type FileQuestion } from './panel/file-dialog.ts';
import { onDownloadToPlace } from './session/downloads.ts';
import { BaseWindow } from './window/base-window.ts';
import { windows } from './window/window-registry.ts';

/** `dialog`: boxes drawn in the window, as there are no native ones. */
export const dialog = {
  /**
   * Shows a box in `window`, or in the one that has the focus. Without a window, or when it closes first, the answer is the
   * button that Escape stands for.
   */
  async showMessageBox(
    windowOrOptions: BaseWindow | MessageBoxOptions,
    maybeOptions?: MessageBoxOptions,
  ): Promise<MessageBoxReturnValue> {
    const window = windowOrOptions instanceof BaseWindow ? windowOrOptions : windowInFront();
    const options =
      windowOrOptions instanceof BaseWindow ? (maybeOptions ?? { message: '' }) : windowOrOptions;
    refuseUnfit(options);
    const buttons = options.buttons === undefined || options.buttons.length === 0 ? ['OK'] : options.buttons;
    const cancelId = options.cancelId ?? cancelButton(buttons);
    const close = () => void window?.compositor?.closePanel();
    options.signal?.addEventListener('abort', close);
    const answer = await window?.compositor?.showMessage({
      title: options.title ?? '',
      message: options.message,
      detail: options.detail ?? '',
      buttons,
      defaultId: options.defaultId ?? 0,
      cancelId,
      checkboxLabel: options.checkboxLabel ?? '',
      checkboxChecked: options.checkboxChecked ?? false,
      input: null,
    });
    options.signal?.removeEventListener('abort', close);
    return {
      response: answer?.response ?? cancelId,
      checkboxChecked: answer?.checkboxChecked ?? options.checkboxChecked ?? false,
    };
  },

  /** Printed always; shown as well when there is a window. Electron too prints it when there is no display yet. */
  showErrorBox(title: string, content: string): void {
    process.stderr.write(`${title}\n${content}\n`);
    if (windowInFront()) void dialog.showMessageBox({ type: 'error', title, message: content });
  },

  /** Drawn in the window. Without one, nothing is chosen. */
  async showOpenDialog(
    windowOrOptions: BaseWindow | OpenDialogOptions,
    maybeOptions?: OpenDialogOptions,
  ): Promise<OpenDialogReturnValue> {
    const [window, options] = windowAndOptions(windowOrOptions, maybeOptions);
    const properties = options.properties ?? ['openFile'];
    // JavaScript can pass anything.
    if (!Array.isArray(properties)) throw new TypeError('Properties must be an array');
    const filePaths = await ask(window, {
      title: options.title ?? 'Open',
      buttonLabel: options.buttonLabel ?? 'Open',
      defaultPath: options.defaultPath,
      filters: options.filters,
      showsHidden: properties.includes('showHiddenFiles'),
      wants: properties.includes('openDirectory')
        ? 'folder'
        : properties.includes('multiSelections')
          ? 'files'
          : 'file',
    });
    return { canceled: filePaths.length === 0, filePaths };
  },

  /** Drawn in the window. Without one, nothing is chosen. */
  async showSaveDialog(
    windowOrOptions: BaseWindow | SaveDialogOptions,
    maybeOptions?: SaveDialogOptions,
  ): Promise<SaveDialogReturnValue> {
    const [window, options] = windowAndOptions(windowOrOptions, maybeOptions);
    const [filePath = ''] = await ask(window, {
      title: options.title ?? 'Save',
      buttonLabel: options.buttonLabel ?? 'Save',
      defaultPath: options.defaultPath,
      filters: options.filters,
      showsHidden: options.properties?.includes('showHiddenFiles') ?? false,
      wants: 'new-file',
    });
    return { canceled: filePath === '', filePath };
  },
};

onDownloadToPlace(async (options) => {
  const { canceled, filePath } = await dialog.showSaveDialog(options);
  return canceled ? undefined : filePath;
});

function windowAndOptions<O extends object>(
  windowOrOptions: BaseWindow | O,
  maybeOptions: O | undefined,
): [BaseWindow | undefined, Partial<O>] {
  if (windowOrOptions instanceof BaseWindow) return [windowOrOptions, maybeOptions ?? {}];
  return [windowInFront(), windowOrOptions];
}

async function ask(window: BaseWindow | undefined, question: FileQuestion): Promise<string[]> {
  return window?.compositor ? await askForFiles(window.compositor, question) : [];
}

const messageTypes = ['none', 'info', 'warning', 'error', 'question'];

/** In Electron's words. JavaScript can pass anything. */
function refuseUnfit(options: unknown): void {
  if (typeof options !== 'object' || options === null) throw new TypeError('Options must be an object');
  const { buttons, type = 'none', signal } = options as Partial<Record<keyof MessageBoxOptions, unknown>>;
  if (!messageTypes.includes(String(type))) throw new TypeError('Invalid message box type');
  if (buttons !== undefined && !Array.isArray(buttons)) throw new TypeError('Buttons must be an array');
  if (signal !== undefined && !(signal instanceof AbortSignal))
    throw new TypeError('options.signal must be an instance of AbortSignal');
}

function windowInFront(): BaseWindow | undefined {
  const open = windows.all();
  return open.find((window) => window.isFocused()) ?? open.at(-1);
}

/** Electron looks for these words; else the first button. */
function cancelButton(buttons: readonly string[]): number {
  const at = buttons.findIndex((label) => /^(&?cancel|&?no)$/i.test(label));
  return Math.max(0, at);
}
