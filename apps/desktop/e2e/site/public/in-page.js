/* global document, history, location, window */
const place = document.querySelector('#place');

function show() {
  place.value = history.state?.place ?? (location.hash === '' ? 'start' : 'below');
}

document.querySelector('#push').addEventListener('click', () => {
  const next = (history.state?.place ?? 0) + 1;
  history.pushState({ place: next }, '', `/in-page?place=${next}`);
  show();
});
window.addEventListener('popstate', show);
