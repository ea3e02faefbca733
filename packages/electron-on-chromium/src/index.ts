export {
  BrowserNotFoundError,
  browserVariable,
  findBrowser,
  type BrowserKind,
  type FoundBrowser,
} from './browser/find-browser.ts';
