/* global downloads -- what preload.cjs exposes */
const list = document.querySelector('ul');
const status = document.querySelector('[role=status]');
const address = document.querySelector('input');
const rows = new Map();

function rowFor(id) {
  const row = document.createElement('li');
  const name = document.createElement('span');
  const progress = document.createElement('progress');
  const state = document.createElement('output');
  const cancel = document.createElement('button');
  cancel.textContent = 'Cancel';
  cancel.addEventListener('click', () => downloads.cancel(id));
  row.append(name, progress, state, cancel);
  list.append(row);
  return { row, name, progress, state, cancel };
}

const kilobytes = (bytes) => `${Math.ceil(bytes / 1024)} kB`;

function show({ id, name, state, received, total }) {
  if (!rows.has(id)) rows.set(id, rowFor(id));
  const row = rows.get(id);
  const isRunning = state === 'progressing';
  row.name.textContent = name;
  if (total > 0) Object.assign(row.progress, { max: total, value: received });
  row.state.value = isRunning
    ? `${kilobytes(received)} of ${total > 0 ? kilobytes(total) : 'an unknown size'}`
    : state;
  row.cancel.hidden = !isRunning;
}

downloads.onChanged(show);

document.querySelector('form').addEventListener('submit', async (event) => {
  event.preventDefault();
  try {
    await downloads.start(address.value);
    status.textContent = '';
  } catch (error) {
    status.textContent = error.message;
  }
});

document.querySelector('#folder').addEventListener('click', async () => {
  status.textContent = `Saving into ${await downloads.chooseFolder()}`;
});
