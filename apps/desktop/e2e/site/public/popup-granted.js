/* global document, window */
const { code, site } = document.querySelector('#granted').dataset;
window.opener.postMessage({ code }, site);
window.close();
