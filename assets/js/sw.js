/**
 * The service worker: keeps the whole museum on the device, so that it opens without a network. The server puts the list of
 * what to keep before this script (see worker.go). What lies below api/ and auth/ is never touched.
 *
 * A new version is kept beside the one in use, and takes over when somebody asks for it or when no page is open. The page
 * itself comes from the network where there is one; the files that a page needs are those of its own version.
 */

/**
 * @typedef {{version: string, prefix: string, files: string[]}} Precache
 * @typedef {Event & {waitUntil: (work: Promise<unknown>) => void}} LifeEvent
 * @typedef {Event & {request: Request, respondWith: (answer: Promise<Response>) => void, waitUntil: (work: Promise<unknown>) => void}} AskEvent
 */

/**
 * What a service worker finds in `self`; the types of pages do not know it.
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

/** The folder of the museum, which is the address of its page. */
const BASE = new URL('./', location.href).href;

/** All sites of a host share their caches; these are this museum's. */
const OWN_CACHES = `mathmuseums:${new URL(BASE).pathname}:`;
const CACHE = OWN_CACHES + version;

/** On a network that is there and brings nothing, the page is not waited for any longer. */
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

/** Keeps everything or fails; the browser tries again later. */
async function fill() {
  const answer = await fetch(BASE, { cache: 'no-cache' });
  const text = await answer.clone().text();
  if (!answer.ok || answer.redirected || !text.includes(prefix)) throw new Error('The page is of another version than its worker.');
  const cache = await caches.open(CACHE);
  await Promise.all(files.map(async (name) => {
    const url = `${BASE}${prefix}${name}`;
    const kept = await fetch(url);
    if (!isOwn(kept)) throw new Error(`Something else came in the place of ${name}.`);
    await cache.put(url, kept);
  }));
  await cache.put(BASE, answer);
}

/**
 * Whether an answer is a file of the museum: a filter or a network's sign-in page answers with a page of its own, which would be
 * kept for as long as this version is.
 *
 * @param {Response} answer
 */
function isOwn(answer) {
  return answer.status === 200 && !answer.redirected && !/^text\/html\b/i.test(answer.headers.get('Content-Type') ?? '');
}

/**
 * The page from the network; the kept one where there is none, or a server at fault.
 *
 * @param {Request} request
 */
async function page(request) {
  const fresh = fetch(request);
  const answer = await Promise.race([fresh.catch(() => undefined), new Promise((resolve) => setTimeout(resolve, PATIENCE))]);
  if (answer instanceof Response && answer.status < 500) return answer;
  return (await caches.match(BASE, { cacheName: CACHE, ignoreVary: true })) ?? fresh;
}

/**
 * Their addresses name their version, so whatever is kept fits.
 *
 * @param {Request} request
 */
async function file(request) {
  return (await caches.match(request, { ignoreVary: true })) ?? fetch(request);
}

/** Drops former versions, once no other page can still be of one. */
async function tidy() {
  const { installing, waiting } = worker.registration;
  if (installing || waiting || (await worker.clients.matchAll({ type: 'window' })).length > 1) return;
  await drop((name) => name !== CACHE);
}

/** The server keeps nothing offline, as while it is worked on. */
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
