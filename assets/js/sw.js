/**
 * The service worker: stores the whole museum on the device, so that it opens offline. The server prepends the list of
 * files to store to this script (see worker.go). Requests below api/ and auth/ are never handled.
 *
 * A new version is stored beside the one in use, and takes over when a page requests it or when no page is open. The
 * page itself is fetched from the network if possible; its files are those of its own version.
 */

/**
 * @typedef {{version: string, prefix: string, files: string[]}} Precache
 * @typedef {Event & {waitUntil: (work: Promise<unknown>) => void}} LifeEvent
 * @typedef {Event & {request: Request, respondWith: (answer: Promise<Response>) => void, waitUntil: (work: Promise<unknown>) => void}} AskEvent
 */

/**
 * The part of `self` that is used; the types for pages do not include service workers.
 *
 * @typedef {object} WorkerScope
 * @property {Precache} precache
 * @property {ServiceWorkerRegistration} registration
 * @property {{claim: () => Promise<void>, matchAll: (options: {type: 'window'}) => Promise<unknown[]>}} clients
 * @property {() => Promise<void>} skipWaiting
 * @property {(kind: string, listener: (event: any) => void) => void} addEventListener
 */

const worker = /** @type {WorkerScope} */ (/** @type {unknown} */ (self));
const { version, prefix, files } = worker.precache;

/** The museum's folder, which is the address of its page. */
const BASE = new URL('./', location.href).href;

/** Prefix of this museum's caches: all sites of a host share their caches. */
const OWN_CACHES = `mathmuseums:${new URL(BASE).pathname}:`;
const CACHE = OWN_CACHES + version;

/** Milliseconds after which the cached page is used although there is a network. */
const PATIENCE = 4_000;

worker.addEventListener('install', (/** @type {LifeEvent} */ event) => {
  event.waitUntil(version === '' ? worker.skipWaiting() : fill());
});

worker.addEventListener('activate', (/** @type {LifeEvent} */ event) => {
  event.waitUntil(version === '' ? retire() : Promise.all([worker.clients.claim(), tidy()]));
});

worker.addEventListener('fetch', (/** @type {AskEvent} */ event) => {
  const { request } = event;
  if (version === '' || request.method !== 'GET') return;
  if (request.mode === 'navigate' && bare(request.url) === BASE) {
    event.respondWith(page(request));
    event.waitUntil(tidy());
  } else if (request.url.startsWith(`${BASE}static/`)) {
    event.respondWith(file(request));
  }
});

worker.addEventListener('message', (/** @type {MessageEvent} */ event) => {
  if (event.data === 'take over') void worker.skipWaiting();
  if (event.data === 'prefix') event.ports[0].postMessage(prefix);
});

/** Stores all files or fails; the browser retries later. */
async function fill() {
  const answer = await fetch(BASE, { cache: 'no-cache' });
  const text = await answer.clone().text();
  if (!answer.ok || answer.redirected || !text.includes(prefix))
    throw new Error('The page is of another version than its worker.');
  const cache = await caches.open(CACHE);
  await Promise.all(
    files.map(async (name) => {
      const url = `${BASE}${prefix}${name}`;
      const kept = await fetch(url);
      if (!isOwn(kept)) throw new Error(`Something else came in the place of ${name}.`);
      await cache.put(url, kept);
    }),
  );
  await cache.put(BASE, answer);
}

/**
 * Whether an answer is a file of the museum. A filter or a network's sign-in page may answer with its own page, which
 * would stay in the cache as long as this version.
 *
 * @param {Response} answer
 */
function isOwn(answer) {
  return (
    answer.status === 200 && !answer.redirected && !/^text\/html\b/i.test(answer.headers.get('Content-Type') ?? '')
  );
}

/**
 * Returns the page from the network, or the cached one if the network or the server fails.
 *
 * @param {Request} request
 */
async function page(request) {
  const fresh = fetch(request);
  const answer = await Promise.race([
    fresh.catch(() => undefined),
    new Promise((resolve) => setTimeout(resolve, PATIENCE)),
  ]);
  if (answer instanceof Response && answer.status < 500) return answer;
  return (await caches.match(BASE, { cacheName: CACHE, ignoreVary: true })) ?? fresh;
}

/**
 * Returns a file from the cache or the network. Addresses name their version, so a cached file is always the right one.
 *
 * @param {Request} request
 */
async function file(request) {
  return (await caches.match(request, { ignoreVary: true })) ?? fetch(request);
}

/** Deletes earlier versions once no page can be using them. */
async function tidy() {
  const { installing, waiting } = worker.registration;
  if (installing || waiting || (await worker.clients.matchAll({ type: 'window' })).length > 1) return;
  await drop((name) => name !== CACHE);
}

/** Unregisters the worker if the server has no files for offline use, as in development. */
async function retire() {
  await drop(() => true);
  await worker.registration.unregister();
}

/** @param {(name: string) => boolean} which */
async function drop(which) {
  const names = (await caches.keys()).filter((name) => name.startsWith(OWN_CACHES) && which(name));
  await Promise.all(names.map((name) => caches.delete(name)));
}

/** @param {string} url */
function bare(url) {
  return url.replace(/[?#].*$/, '');
}
