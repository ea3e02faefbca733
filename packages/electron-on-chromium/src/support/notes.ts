/** Members that work differently from Electron's, and how: `Class.member`, as in Electron's documentation. */
export const emulated: Readonly<Record<string, string>> = {
  'App.child-process-gone': 'told of the Chromium of a partition or of the windows',
  'App.enableSandbox': 'pages are always in Chromium’s sandbox, except when Chromium runs as root',
  'App.isPackaged': 'always false',
  'App.relaunch': 'starts the runtime’s executable again',
  'BaseWindow.hide': 'on a display the window is minimized; Chromium cannot take it away',
  'BaseWindow.setTitle': 'kept for the app; the frame shows the page’s title',
  'BaseWindow.setFullScreen': 'without a display only the state and the events',
  'BaseWindow.maximize': 'without a display only the state and the events',
  'BaseWindow.minimize': 'without a display only the state and the events',
  'BrowserWindow.ready-to-show': 'told when the page has loaded',
  'CommandLine.appendSwitch':
    'Chromium gets the switches that are about pages and their network; the rest is this runtime’s to decide',
  'Net.fetch':
    'Node’s own request with the cookies of the default session; cookies that a response sets are not kept, no proxy is used',
  'Protocol.handle':
    'pages of a custom scheme have an https: address of their own inside; the app sees the scheme’s',
  'Protocol.registerSchemesAsPrivileged': 'every scheme becomes standard and secure',
  'WebContents.getOSProcessId': 'the Chromium process of the page’s partition',
  'WebContents.getProcessId': 'the Chromium process of the page’s partition',
  'WebContents.will-navigate':
    'addresses that nothing is requested for (about:blank, data:) cannot be refused',
  'WebContents.did-start-navigation': '`initiator` is the frame that moves, when a page began it',
  'WebFrameMain.processId': 'always 0',
  'App.getAppMetrics': 'process ids only: what they use of the machine is not measured',
  'App.login':
    'for documents, and for everything while webRequest has a listener; not for proxies of net.fetch',
  'BrowserView.setBounds': 'what is true of View.addChildView is true here',
  'ContextBridge.executeInMainWorld': 'throws where the page’s policy forbids eval',
  'Cookies.set': 'a cookie that is set with an https: address is secure, whatever is said',
  'IpcRenderer.sendSync':
    'a synchronous request to the page’s own site: a page whose policy forbids connections cannot make it',
  'Menu.buildFromTemplate': 'beforeGroupContaining and afterGroupContaining throw',
  'Notification.isSupported': 'false: there is nothing to show one with',
  'Screen.getCursorScreenPoint': 'always 0, 0: nobody tells where the mouse is',
  'Session.clearData':
    'excludeOrigins throws; background fetches and downloads are not kept by Chromium’s protocol',
  'Session.fetch':
    'Node’s own request with the session’s cookies; cookies that a response sets are not kept, no proxy is used',
  'Session.registerPreloadScript': 'for frames only',
  'Session.resolveProxy': 'from what setProxy was given; bypass rules are not looked at',
  'Session.setProxy':
    'before the first page or cookie of the partition, which rejects it later; not for the default session, and no scripts',
  'Session.webRequest': 'requests of pages; not of workers and of the app itself',
  'WebContents.login': 'for documents, and for everything while webRequest has a listener',
  'WebContents.console-message': 'without what the browser itself prints there',
  'WebFrameMain.visibilityState': 'visible while the frame is there',
  'Session.fromPartition': 'a persist: partition is a Chromium process of its own',
  'Clipboard.readText': 'text copied in this app; other programs’ clipboards are reached by pages only',
  'Clipboard.writeText': 'text for this app; other programs’ clipboards are reached by pages only',
  'Cookies.changed':
    'found by looking: after a Set-Cookie header, a change that the page’s cookieStore tells of, the end of a load and a call of this API; the cause is inserted, overwrite, explicit or expired',
  'Cookies.flushStore': 'Chromium writes by itself, at the latest when the last page of the partition closes',
  'Dialog.showErrorBox': 'printed, and drawn in the window in front',
  'Dialog.showMessageBox': 'drawn in the window',
  'Menu.popup': 'drawn in the window',
  'Menu.setApplicationMenu': 'no menu bar: only the accelerators work, wherever the keyboard is',
  'NavigationHistory.restore':
    'the page walks over empty documents that are answered on the spot; pageState is not looked at; entries of one address in a row share a document',
  'NativeTheme.themeSource': 'emulated in every page; the frame of a window keeps the system’s',
  'Screen.getPrimaryDisplay': 'a display of 1920 × 1080, whatever the real one is',
  'SafeStorage.getSelectedStorageBackend':
    'always basic_text: a key that everybody knows, and only when asked for',
  'Session.clearStorageData': 'quotas are not looked at',
  'Session.flushStorageData':
    'Chromium writes by itself, at the latest when the last page of the partition closes',
  'Session.setBluetoothPairingHandler': 'never asked: devices are refused',
  'Session.setDevicePermissionHandler': 'never asked: devices are refused',
  'Session.setDisplayMediaRequestHandler': 'never asked: screens are refused',
  'Session.setPermissionCheckHandler': 'asked for every permission when a page of an origin arrives',
  'Session.setPermissionRequestHandler':
    'a policy: asked for every permission when a page of an origin arrives, not when the page asks',
  'Session.will-download': 'every download is refused unless a listener lets it go on',
  'WebContents.before-input-event':
    'keys that a person presses in the page of a window reach it one message later',
  'WebContents.context-menu': 'without spelling, edit flags and media flags',
  'WebContents.input-event': 'presses, releases and the wheel; not the moves of the mouse',
  'WebContents.paste': 'the page gets a paste event with text, which it can see was not made by a person',
  'WebContents.render-process-gone':
    'also when the Chromium of the page’s partition has ended; then the page cannot be loaded again, and is destroyed',
  'WebContents.setAudioMuted': 'audio and video elements; not the Web Audio API',
  'WebContents.setWindowOpenHandler':
    'window.open of a denied popup answers a window that is closed, not null; postBody is not told',
  'DownloadItem.cancel':
    'Chromium’s protocol has no command that pauses a download and tells of none that breaks off',
  'WebContentsView.webContents':
    'on a display, views of the default session keep their storage beside that of its windows, which session.defaultSession is about',
  'View.addChildView':
    'drawn on a canvas in the window’s page, and lists of <select>, file choosers and tooltips beside it; pickers of dates and colours and lists of suggestions are not drawn',
};

/** Properties that Electron itself leaves undefined on this system or for these objects: asking for them is no error. */
export const undefinedHere: ReadonlySet<string> = new Set([
  'App.dock',
  'App.runningUnderARM64Translation',
  'WebContents.hostWebContents',
  'WebContents.devToolsWebContents',
]);
