// Keeps the page for use without a network. `trashsort_page` writes two lines above this one:
//   const VERSION = '…';      changes whenever any file changes, so that browsers notice
//   const FILES = ['./', …];  all files but the two large ones, which engine-worker.js keeps itself
const SCOPE = self.registration.scope;
const CACHE = `trashsort-page ${SCOPE} ${VERSION}`;

self.addEventListener('install', (event) => {
  const requests = FILES.map((path) => new Request(path, { cache: 'no-cache' })); // ask the host whether they changed
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(requests)));
});

self.addEventListener('activate', (event) => {
  event.waitUntil(
    (async () => {
      for (const name of await caches.keys()) {
        if (name.startsWith(`trashsort-page ${SCOPE} `) && name !== CACHE) await caches.delete(name);
      }
      await self.clients.claim();
    })(),
  );
});

// With these headers a browser lets the network use several threads; many hosts cannot be told to send them.
function isolated(response) {
  const headers = new Headers(response.headers);
  headers.set('Cross-Origin-Opener-Policy', 'same-origin');
  headers.set('Cross-Origin-Embedder-Policy', 'require-corp');
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
}

// Answer from the cache; what is not in it, such as the large files on the first visit, comes from the network.
self.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method !== 'GET' || !request.url.startsWith(SCOPE)) return;
  event.respondWith(
    (async () => {
      const cache = await caches.open(CACHE);
      const kept = await cache.match(request.mode === 'navigate' ? './' : request);
      return kept ? isolated(kept) : fetch(request);
    })(),
  );
});
