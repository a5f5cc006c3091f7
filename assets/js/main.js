/** Starts the museum: creates its parts and shows the page named by the address. */
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

/** Prefix for data on the device: one host may serve several museums. */
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
// Fetch the dialog when the pointer or focus reaches its button, so that it opens at once.
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
// On a new device, load the thumbnail renderer while the tiles are being fetched.
if (account.signedIn) void import('./graph/thumbnail.js').catch(() => undefined);
whenIdle(() => {
  import('./pages/offline.js')
    .then(({ keepOffline }) => keepOffline({ store, place: notices, name }))
    .catch((error) => console.info('The museum could not be kept for times without a network.', error));
});

/** Fetches the dialog of the account button, which most visits do not need. */
function fetchAccountDialog() {
  return account.signedIn ? import('./pages/account-dialog.js') : import('./pages/sign-in-dialog.js');
}

/** Opens the account dialog, or the sign-in dialog when signed out. */
async function openAccount() {
  try {
    const module = await fetchAccountDialog();
    if ('AccountDialog' in module) (accountDialog ??= new module.AccountDialog({ account, client, store })).open();
    else (signIn ??= new module.SignInDialog({ account })).open(account.email);
  } catch (error) {
    console.info('The dialog could not be fetched.', error);
    showNotice(notices, 'This could not be loaded. Check the network and press the button again.');
  }
}

/** Shows the notice about orphaned work, or removes it if there is none. */
async function offerOrphanedWork() {
  const types = await orphanedWork.types();
  if (types.length === 0 && !hasAsked) return;
  hasAsked = true;
  (await import('./pages/orphaned-work-notice.js')).askAboutOrphanedWork({ orphanedWork, types, place: notices });
}

/**
 * Saves the drafts whenever the page is hidden or left, since it may be closed without further events. If they cannot
 * be saved, the browser asks before it closes the page. On the first edit, persistent storage is requested.
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
