/* global document, location, window */
const button = document.querySelector('#by-popup');
const identity = button.dataset.identity;

button.addEventListener('click', () => {
  window.open(identity, 'beacon', 'width=480,height=560');
});

window.addEventListener('message', ({ origin, data }) => {
  if (origin !== new URL(identity).origin) return;
  location.assign(`/signin/callback?code=${encodeURIComponent(data.code)}`);
});
