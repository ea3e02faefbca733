/* global browser -- what preload.cjs exposes */
const element = (id) => document.getElementById(id);
const address = element('address');
const findBar = element('find');
const text = element('text');

function tabFor({ id, title, isLoading, isSelected }) {
  const tab = document.createElement('button');
  tab.role = 'tab';
  tab.ariaSelected = String(isSelected);
  tab.ariaBusy = String(isLoading);
  tab.textContent = title;
  tab.title = title;
  tab.addEventListener('click', () => browser.select(id));
  const close = document.createElement('button');
  close.ariaLabel = `Close ${title}`;
  close.textContent = '×';
  close.addEventListener('click', () => browser.close(id));
  const both = document.createElement('div');
  both.className = 'tab';
  both.append(tab, close);
  return both;
}

function show({ tabs, address: url, canGoBack, canGoForward }) {
  element('tabs').replaceChildren(...tabs.map(tabFor));
  element('back').disabled = !canGoBack;
  element('forward').disabled = !canGoForward;
  if (document.activeElement !== address) address.value = url;
}

function showFind(open) {
  findBar.hidden = !open;
  if (open) text.select();
  else browser.closeFind();
}

element('go').addEventListener('submit', (event) => {
  event.preventDefault();
  address.blur();
  browser.load(address.value);
});
address.addEventListener('focus', () => address.select());
for (const name of ['back', 'forward', 'reload', 'open']) {
  element(name).addEventListener('click', () => browser[name]());
}

text.addEventListener('input', () => browser.find(text.value, true, false));
findBar.addEventListener('submit', (event) => {
  event.preventDefault();
  browser.find(text.value, true, true);
});
element('previous').addEventListener('click', () => browser.find(text.value, false, true));
element('done').addEventListener('click', () => showFind(false));
findBar.addEventListener('keydown', ({ key }) => {
  if (key === 'Escape') showFind(false);
});

browser.onChanged(show);
browser.onFindOpened(() => showFind(true));
browser.onFound(({ active, matches }) => {
  element('count').value = `${active} of ${matches}`;
});
browser.onAddressFocused(() => {
  address.focus();
  address.select();
});

const header = document.querySelector('header');
new ResizeObserver(() => browser.setHeight(header.offsetHeight)).observe(header);
show(await browser.state());
