import { EventEmitter } from 'node:events';
import { Menu, WebContentsView } from 'electron';

/**
 * The tabs of one window. Emits `changed` with the new state, and `found` with how far a search in the page has come.
 * Each tab is a view below the toolbar; the selected one is visible.
 */
export class Tabs extends EventEmitter {
  #window;
  #views = [];
  #selected;
  #toolbarHeight = 76;

  constructor(window) {
    super();
    this.#window = window;
    window.on('resize', () => this.layOut());
  }

  /** The web contents of the selected tab, if there is one. */
  get contents() {
    return this.#selected?.webContents;
  }

  /** What the toolbar shows. */
  get state() {
    const { contents } = this;
    return {
      tabs: this.#views.map((view) => ({
        id: view.webContents.id,
        title: view.webContents.getTitle() || 'New tab',
        isLoading: view.webContents.isLoading(),
        isSelected: view === this.#selected,
      })),
      address: contents?.getURL() ?? '',
      canGoBack: contents?.navigationHistory.canGoBack() ?? false,
      canGoForward: contents?.navigationHistory.canGoForward() ?? false,
    };
  }

  /** Opens a tab and selects it; without an address it is empty and waits for one. */
  open(url) {
    const view = new WebContentsView();
    this.#views.push(view);
    this.#window.contentView.addChildView(view);
    this.#follow(view.webContents);
    this.select(view.webContents.id);
    if (url !== undefined) this.load(url);
    return view;
  }

  select(id) {
    const view = this.#find(id);
    if (!view) return;
    this.#selected = view;
    for (const each of this.#views) each.setVisible(each === view);
    this.layOut();
    view.webContents.focus();
    this.#changed();
  }

  /** Selects the tab `by` places further, around the ends. */
  step(by) {
    const count = this.#views.length;
    const at = this.#views.indexOf(this.#selected);
    this.select(this.#views[(at + by + count) % count]?.webContents.id);
  }

  /** Closes a tab, or the selected one; with the last one the window closes. */
  close(id = this.contents?.id) {
    const view = this.#find(id);
    if (!view) return;
    const at = this.#views.indexOf(view);
    this.#views.splice(at, 1);
    this.#window.contentView.removeChildView(view);
    view.webContents.close();
    if (this.#views.length === 0) this.#window.close();
    else if (view === this.#selected) this.select((this.#views[at] ?? this.#views[at - 1]).webContents.id);
    else this.#changed();
  }

  /** Loads an address in the selected tab. A load that fails shows why, and one that another replaces says nothing. */
  async load(url) {
    const { contents } = this;
    contents.focus();
    try {
      await contents.loadURL(url);
    } catch (error) {
      if (error.code === 'ERR_ABORTED' || contents.isDestroyed()) return;
      const text = encodeURIComponent(`<title>No page</title><h1>No page</h1><p>${error.code}`);
      await contents.loadURL(`data:text/html,${text}`);
    }
  }

  find(text, options) {
    if (text === '') this.stopFinding();
    else this.contents?.findInPage(text, { forward: options.forward, findNext: !options.isNext });
  }

  stopFinding() {
    this.contents?.stopFindInPage('clearSelection');
  }

  /** The toolbar takes its height from the window, the selected tab the rest. */
  layOut(toolbarHeight = this.#toolbarHeight) {
    this.#toolbarHeight = toolbarHeight;
    const [width, height] = this.#window.getContentSize();
    this.#selected?.setBounds({ x: 0, y: toolbarHeight, width, height: Math.max(0, height - toolbarHeight) });
  }

  #find(id) {
    return this.#views.find((view) => view.webContents.id === id);
  }

  #follow(contents) {
    const changes = ['page-title-updated', 'did-navigate', 'did-navigate-in-page', 'did-stop-loading'];
    for (const event of ['did-start-loading', ...changes]) contents.on(event, () => this.#changed());
    contents.on('found-in-page', (_event, { activeMatchOrdinal, matches }) =>
      this.emit('found', { active: activeMatchOrdinal, matches }),
    );
    contents.setWindowOpenHandler(({ url }) => {
      this.open(url);
      return { action: 'deny' };
    });
    contents.on('context-menu', (_event, { linkURL, selectionText }) =>
      this.#showMenu(linkURL, selectionText),
    );
  }

  #showMenu(linkURL, selectionText) {
    const link = [{ label: 'Open Link in New Tab', click: () => this.open(linkURL) }, { type: 'separator' }];
    Menu.buildFromTemplate([
      ...(linkURL === '' ? [] : link),
      { label: 'Copy', enabled: selectionText !== '', click: () => this.contents?.copy() },
      { label: 'Reload', click: () => this.contents?.reload() },
    ]).popup({ window: this.#window });
  }

  #changed() {
    if (!this.#window.isDestroyed()) this.emit('changed', this.state);
  }
}
