import { readdir, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, dirname, extname, join, resolve } from 'node:path';
import type { FileFilter } from 'electron';
import type { FolderAnswer, MessageAnswer, ShownFolder, ShownMessage } from './panel.ts';

/** The window that draws the questions; each answers undefined when it goes away. */
export interface FileDialogHost {
  showFolder(folder: ShownFolder): Promise<FolderAnswer | undefined>;
  showMessage(message: ShownMessage): Promise<MessageAnswer | undefined>;
}

export interface FileQuestion {
  readonly title: string;
  readonly buttonLabel: string;
  /** A folder to begin in, or a path whose last part is the name to begin with. */
  readonly defaultPath?: string | undefined;
  readonly filters?: readonly FileFilter[] | undefined;
  readonly showsHidden?: boolean;
  readonly wants: 'file' | 'files' | 'folder' | 'new-file';
}

/**
 * Asks a person for files: walks with them through the folders, each of which the window's page draws. Answers absolute paths, or
 * an empty list when nothing was chosen.
 */
export async function askForFiles(host: FileDialogHost, question: FileQuestion): Promise<string[]> {
  let { folder, name } = await beginning(question);
  for (;;) {
    const answer = await host.showFolder({
      title: question.title,
      buttonLabel: question.buttonLabel,
      folder,
      entries: await entriesOf(folder, question),
      name,
      picksMany: question.wants === 'files',
    });
    if (!answer || answer.kind === 'cancelled') return [];
    const paths = (answer.kind === 'entered' ? [answer.name] : answer.names).map((each) =>
      resolve(folder, expandHome(each)),
    );
    const [first = folder] = paths;
    const isFolder = (await kindOf(first)) === 'folder';
    if (answer.kind === 'entered' || (isFolder && question.wants !== 'folder')) {
      folder = first;
      continue;
    }
    if (await accepts(host, question, paths)) return paths;
    name = basename(first);
  }
}

async function beginning({ defaultPath, wants }: FileQuestion): Promise<{ folder: string; name: string }> {
  const path = defaultPath === undefined ? homedir() : resolve(homedir(), defaultPath);
  if ((await kindOf(path)) === 'folder') return { folder: path, name: wants === 'folder' ? '.' : '' };
  const folder = dirname(path);
  return { folder: (await kindOf(folder)) === 'folder' ? folder : homedir(), name: basename(path) };
}

async function entriesOf(
  folder: string,
  { filters = [], showsHidden = false, wants }: FileQuestion,
): Promise<ShownFolder['entries']> {
  const extensions = filters.flatMap((filter) =>
    filter.extensions.map((extension) => extension.toLowerCase()),
  );
  const isWanted = (name: string): boolean =>
    extensions.length === 0 ||
    extensions.includes('*') ||
    extensions.includes(extname(name).slice(1).toLowerCase());
  // A folder that may not be read is an empty one to choose from.
  const found = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const entries = await Promise.all(
    found
      .filter(({ name }) => showsHidden || !name.startsWith('.'))
      .map(async (entry) => ({
        name: entry.name,
        isFolder: entry.isSymbolicLink()
          ? (await kindOf(join(folder, entry.name))) === 'folder'
          : entry.isDirectory(),
      })),
  );
  return entries
    .filter(({ name, isFolder }) => isFolder || (wants !== 'folder' && isWanted(name)))
    .sort((a, b) => Number(b.isFolder) - Number(a.isFolder) || a.name.localeCompare(b.name));
}

/** A file to open has to be there; one to save must not be lost by mistake. */
async function accepts(
  host: FileDialogHost,
  { wants }: FileQuestion,
  paths: readonly string[],
): Promise<boolean> {
  const kinds = await Promise.all(paths.map(kindOf));
  if (wants !== 'new-file') return kinds.every((kind) => kind === (wants === 'folder' ? 'folder' : 'file'));
  if (kinds[0] === 'nothing') return true;
  const answer = await host.showMessage({
    title: `“${basename(paths[0] ?? '')}” is there already`,
    message: 'Do you want to replace it?',
    detail: '',
    buttons: ['Cancel', 'Replace'],
    defaultId: 0,
    cancelId: 0,
    checkboxLabel: '',
    checkboxChecked: false,
    input: null,
  });
  return answer?.response === 1;
}

async function kindOf(path: string): Promise<'file' | 'folder' | 'nothing'> {
  try {
    return (await stat(path)).isDirectory() ? 'folder' : 'file';
  } catch {
    // Not there, or behind a folder that may not be entered.
    return 'nothing';
  }
}

function expandHome(path: string): string {
  return path === '~' || path.startsWith('~/') ? join(homedir(), path.slice(1)) : path;
}
