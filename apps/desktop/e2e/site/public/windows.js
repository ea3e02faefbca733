/* global document, window */
const last = document.querySelector('#last');
const tryToOpen = () => {
  window.open('/page/3', 'extra', 'width=480,height=400');
  last.value = 'tried';
};
document.querySelector('#open').addEventListener('click', tryToOpen);
// Longer than a second after the click: no gesture of the person stands behind it any more.
document.querySelector('#later').addEventListener('click', () => setTimeout(tryToOpen, 1500));
