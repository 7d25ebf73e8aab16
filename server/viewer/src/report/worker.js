// Keeps the page of the form, so that it opens without a network. The build writes the list of its files; another
// list is another worker, which fetches them anew.
const FILES = [/* files */];
const NAME = 'relief-report-/* version */';

const kept = new Set(FILES.map(file => new URL(file, self.location.href).pathname));
const PAGE = 'report';

self.addEventListener('install', event => {
  const all = [PAGE, ...FILES].map(file => new Request(file, { cache: 'no-cache', credentials: 'omit' }));
  event.waitUntil(caches.open(NAME).then(cache => cache.addAll(all)).then(() => self.skipWaiting()));
});

self.addEventListener('activate', event => {
  const drop = names => Promise.all(names.filter(name => name.startsWith('relief-report-') && name !== NAME).map(name => caches.delete(name)));
  event.waitUntil(caches.keys().then(drop).then(() => self.clients.claim()));
});

// The page and its files only: what is sent, and every other address, goes its own way.
self.addEventListener('fetch', event => {
  const { request } = event;
  const { pathname } = new URL(request.url);
  const page = new URL(PAGE, self.location.href).pathname;
  if (request.method !== 'GET' || !(pathname === page || kept.has(pathname))) return;
  const answer = caches.open(NAME).then(cache => cache.match(request, { ignoreSearch: true, ignoreVary: true }));
  event.respondWith(answer.then(found => found ?? fetch(request)));
});
