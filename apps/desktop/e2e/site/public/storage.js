/* global caches, document, indexedDB, window, XMLHttpRequest */

function done(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

async function openShelf() {
  const opening = indexedDB.open('shelf', 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore('marks');
  return done(opening);
}

/** An XHR with a name and a password fills the browser's memory of HTTP logins; a fetch cannot. */
function signInByHttp(name) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('GET', '/basic', true, name, 'password');
    request.onload = () => resolve(request.responseText);
    request.onerror = () => reject(new Error('The request for /basic failed.'));
    request.send();
  });
}

async function serviceWorkerSays() {
  const registration = await navigator.serviceWorker.getRegistration('/');
  const worker = registration?.active ?? registration?.waiting ?? registration?.installing;
  return worker ? new URL(worker.scriptURL).searchParams.get('mark') : null;
}

async function workerIsActive(registration) {
  const worker = registration.installing ?? registration.waiting;
  if (!worker) return;
  await new Promise((resolve) => {
    worker.addEventListener('statechange', () => worker.state === 'activated' && resolve());
  });
}

/** Leaves `mark` in each store. */
window.writeMark = async (mark) => {
  document.cookie = `mark=${mark}; Path=/; Max-Age=86400; SameSite=Lax`;
  localStorage.setItem('mark', mark);
  const shelf = await openShelf();
  await done(shelf.transaction('marks', 'readwrite').objectStore('marks').put(mark, 'mark'));
  shelf.close();
  const cache = await caches.open('marks');
  await cache.put('/mark', new Response(mark));
  await workerIsActive(await navigator.serviceWorker.register(`/sw.js?mark=${mark}`));
  await signInByHttp(mark);
};

/** What each store holds: a mark, or null where there is none. */
window.readMarks = async () => {
  const shelf = await openShelf();
  const inShelf = await done(shelf.transaction('marks').objectStore('marks').get('mark'));
  shelf.close();
  const inCache = await caches.match('/mark');
  const basic = await fetch('/basic', { credentials: 'include' });
  return {
    cookie: /(?:^|; )mark=([^;]*)/.exec(document.cookie)?.[1] ?? null,
    localStorage: localStorage.getItem('mark'),
    indexedDB: inShelf ?? null,
    cacheStorage: inCache ? await inCache.text() : null,
    serviceWorker: await serviceWorkerSays(),
    httpAuth: basic.ok ? await basic.text() : null,
  };
};
