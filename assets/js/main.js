/**
 * Opens the museum: puts the parts together and shows the page that the address names.
 */
import { whenIdle } from './lib/timing.js';
import { Account } from './sync/account.js';
import { OrphanedWork } from './sync/orphaned-work.js';
import { Client } from './sync/server/client.js';
import { openDevice } from './sync/device/device.js';
import { UnloadJournal } from './sync/device/unload-journal.js';
import { ServerEvents } from './sync/server/events.js';
import { MemoryDevice } from './sync/device/memory-device.js';
import { TileStore } from './sync/store.js';
import { Synchroniser } from './sync/synchroniser.js';
import { Tabs } from './sync/device/tabs.js';
import { TabLock } from './sync/device/tab-lock.js';
import { Header } from './pages/header.js';
import { adoptionWords, showNotice } from './pages/notices.js';
import { PageHost } from './pages/page-host.js';

/** Several museums may be served from one host; each keeps its own things on the device. */
const name = `mathmuseums:${new URL(document.baseURI).pathname}`;

const device = await openDevice(name).catch(() => new MemoryDevice());
const tabs = new Tabs(name);
const tabLock = new TabLock({ name, device, tabs });
const client = new Client(document.baseURI);
const store = new TileStore({ device, tabs, journal: new UnloadJournal(name) });
const account = new Account({ client, device, store, tabs, tabLock });
const orphanedWork = new OrphanedWork({ device, store });
const synchroniser = new Synchroniser({ client, store, device, tabLock, account, orphanedWork });
const events = new ServerEvents({ url: new URL('api/events/', document.baseURI), tabLock, account, synchroniser });

await store.recover();
await account.restore();
new Header({ account, store, synchroniser, onAccount: () => void openAccount() });
// On the way to the button its dialog comes already, so that nobody waits who presses it.
for (const sign of ['pointerenter', 'focus']) {
  document.getElementById('account')?.addEventListener(sign, () => void fetchAccountDialog().catch(() => undefined));
}

const main = /** @type {HTMLElement} */ (document.getElementById('main'));
const notices = /** @type {HTMLElement} */ (document.getElementById('notices'));

const pageHost = new PageHost(main, { client, store, synchroniser });

await pageHost.show(location.hash);
document.documentElement.dataset.ready = '';
window.addEventListener('hashchange', () => void pageHost.show(location.hash));
document.querySelector('.skip-link')?.addEventListener('click', (event) => {
  event.preventDefault();
  main.focus();
});

account.onChange(() => void synchroniser.round({ pull: true }));
account.onAdoption((adoption) => {
  const words = adoptionWords(adoption);
  if (words !== '') showNotice(notices, words);
});
/** @type {import('./pages/account-dialog.js').AccountDialog | undefined} */
let accountDialog;
/** @type {import('./pages/sign-in-dialog.js').SignInDialog | undefined} */
let signIn;
let hasAsked = false;
orphanedWork.onChange(() => void offerOrphanedWork());
void offerOrphanedWork();
keepWhatWasTyped();
synchroniser.start({ isPushing: () => events.isOpen });
events.start();
// On a new device what draws the works comes while they are on their way.
if (account.signedIn) void import('./graph/thumbnail.js').catch(() => undefined);
whenIdle(() => {
  import('./pages/offline.js')
    .then(({ keepOffline }) => keepOffline({ store, place: notices, name }))
    .catch((error) => console.info('The museum could not be kept for times without a network.', error));
});

/** Fetches the dialog that the account button opens: most visits need none. */
function fetchAccountDialog() {
  return account.signedIn ? import('./pages/account-dialog.js') : import('./pages/sign-in-dialog.js');
}

/** Opens the dialog for who is signed in, or the one for signing in. */
async function openAccount() {
  try {
    const module = await fetchAccountDialog();
    if ('AccountDialog' in module) (accountDialog ??= new module.AccountDialog({ account, client, store })).open();
    else (signIn ??= new module.SignInDialog({ account })).open(account.email);
  } catch (error) {
    console.info('The dialog could not be fetched.', error);
    showNotice(notices, 'This could not be fetched. Check the network and press the button again.');
  }
}

/** Asks about works of an earlier account of the same address, if there are some, and puts the question away if there are none. */
async function offerOrphanedWork() {
  const types = await orphanedWork.types();
  if (types.length === 0 && !hasAsked) return;
  hasAsked = true;
  (await import('./pages/orphaned-work-notice.js')).askAboutOrphanedWork({ orphanedWork, types, place: notices });
}

/**
 * The page may be closed without another word, so what was typed is written whenever it is left. Where it cannot be written,
 * the browser asks before it closes. And it is asked once not to clear away what it keeps.
 */
function keepWhatWasTyped() {
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') store.leave();
  });
  window.addEventListener('pagehide', () => store.leave());
  window.addEventListener('beforeunload', (event) => {
    if (store.problem !== 'none' || (!store.keeps && store.pending)) event.preventDefault();
  });
  const stop = store.onChange((event) => {
    if (event.kind !== 'edit') return;
    stop();
    void navigator.storage?.persist?.();
  });
}
