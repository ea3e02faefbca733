/* global self */
self.addEventListener('install', () => self.skipWaiting());
