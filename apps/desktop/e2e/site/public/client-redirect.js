/* global document, location */
location.replace(document.querySelector('#moved').dataset.to);
