/** Members that work differently from Electron's, and how: `Class.member`, as in Electron's documentation. */
export const emulated: Readonly<Record<string, string>> = {
  'App.enableSandbox': 'pages are always in Chromium’s sandbox, except when Chromium runs as root',
  'App.isPackaged': 'always false',
  'App.relaunch': 'starts the runtime’s executable again',
  'BaseWindow.hide': 'on a display the window is minimized; Chromium cannot take it away',
  'BaseWindow.setTitle': 'kept for the app; the frame shows the page’s title',
  'BaseWindow.setFullScreen': 'without a display only the state and the events',
  'BaseWindow.maximize': 'without a display only the state and the events',
  'BaseWindow.minimize': 'without a display only the state and the events',
  'BrowserWindow.ready-to-show': 'told when the page has loaded',
  'Net.fetch': 'Node’s own: it knows nothing of a session',
  'Protocol.handle':
    'pages of a custom scheme have an https: address of their own inside; the app sees the scheme’s',
  'Protocol.registerSchemesAsPrivileged': 'every scheme becomes standard and secure',
  'WebContents.executeJavaScript': 'the result is what JSON can carry',
  'WebContents.executeJavaScriptInIsolatedWorld': 'the result is what JSON can carry',
  'WebContents.getOSProcessId': 'the Chromium process of the page’s partition',
  'WebContents.getProcessId': 'the Chromium process of the page’s partition',
  'WebContents.will-navigate':
    'addresses that nothing is requested for (about:blank, data:) cannot be refused',
  'WebContents.did-start-navigation': '`initiator` is the frame that moves, when a page began it',
  'WebFrameMain.processId': 'always 0',
  'Session.fromPartition': 'a persist: partition is a Chromium process of its own',
};

/** Properties that Electron itself leaves undefined on this system or for these objects: asking for them is no error. */
export const undefinedHere: ReadonlySet<string> = new Set([
  'App.dock',
  'App.runningUnderARM64Translation',
  'WebContents.hostWebContents',
  'WebContents.devToolsWebContents',
]);
