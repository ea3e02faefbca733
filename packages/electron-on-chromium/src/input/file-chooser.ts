import { ignoreGone } from '../cdp/gone.ts';
import type { CdpSession } from '../cdp/session.ts';
import type { FileQuestion } from '../panel/file-dialog.ts';

/**
 * Answers `<input type=file>` of a page that Chromium shows nowhere, and which therefore has no dialog of the system: `ask` shows
 * one, and answers the paths that were chosen.
 */
export async function answerFileChoosers(
  cdp: CdpSession,
  ask: (question: FileQuestion) => Promise<readonly string[]>,
): Promise<void> {
  cdp.on('Page.fileChooserOpened', ({ backendNodeId, mode }) => {
    // Without a field it is the page's `showOpenFilePicker`, which the protocol cannot answer.
    if (backendNodeId === undefined) return;
    const answer = async (): Promise<void> => {
      const attributes = await attributesOf(cdp, backendNodeId);
      const files = await ask({
        title: mode === 'selectMultiple' ? 'Choose files' : 'Choose a file',
        buttonLabel: 'Open',
        filters: filtersOf(attributes.get('accept') ?? ''),
        wants: attributes.has('webkitdirectory') ? 'folder' : mode === 'selectMultiple' ? 'files' : 'file',
      });
      if (files.length > 0) await cdp.send('DOM.setFileInputFiles', { files: [...files], backendNodeId });
    };
    answer().catch(ignoreGone);
  });
  await cdp.send('Page.setInterceptFileChooserDialog', { enabled: true });
}

async function attributesOf(cdp: CdpSession, backendNodeId: number): Promise<Map<string, string>> {
  const { node } = await cdp.send('DOM.describeNode', { backendNodeId });
  const names = node.attributes ?? [];
  // Names and values take turns.
  return new Map(names.flatMap((name, at) => (at % 2 === 0 ? [[name, names[at + 1] ?? ''] as const] : [])));
}

/** File name extensions only: what a MIME type stands for is the system's to know, so it hides no file here. */
function filtersOf(accept: string) {
  const parts = accept.split(',').map((part) => part.trim());
  if (!parts.every((part) => part.startsWith('.'))) return [];
  return [{ name: '', extensions: parts.map((part) => part.slice(1)) }];
}
