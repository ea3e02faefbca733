/**
 * Security row 14: what a page gets without being asked for. Electron itself grants everything.
 *
 * Media, notifications and reading the clipboard are to be asked for by origin; until there is something to ask with, they
 * are refused like the rest.
 */
const GRANTED: ReadonlySet<string> = new Set(['clipboard-sanitized-write', 'fullscreen']);

/** Whether a page may have `permission`, by Electron's name of it. */
export function isGranted(permission: string): boolean {
  return GRANTED.has(permission);
}
