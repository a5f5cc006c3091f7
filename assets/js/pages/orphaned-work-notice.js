/**
 * The notice about work of an earlier account of the same address, which exists only on this device. Before it is
 * removed, a file of it is offered, and a second question names the works.
 */
import { element, icon } from '../lib/dom.js';
import { museumFile } from '../museum/museum-file.js';
import { makeDialog } from './dialog.js';
import { showNotice, works } from './notices.js';

/** @typedef {import('../sync/orphaned-work.js').OrphanedWork} OrphanedWork */

const NOT_WRITTEN = 'This browser could not write just now. Nothing is lost. Please try again.';

/** @type {(() => void) | undefined} */
let putAway;

/**
 * @param {{orphanedWork: OrphanedWork, types: string[], place: HTMLElement}} parts `types` of the orphaned works,
 *   `place` for notices
 */
export function askAboutOrphanedWork({ orphanedWork, types, place }) {
  putAway?.();
  if (types.length === 0) return;
  const hang = (/** @type {(words: string) => void} */ say) => void orphanedWork.hang().catch(() => say(NOT_WRITTEN));
  putAway = showNotice(
    place,
    `There is a new account for your address. Work of the earlier account is only on this device: ${works(types)}.`,
    { name: 'Add it to my museum', press: hang },
    { name: 'Save it as a file', press: () => void download(orphanedWork) },
    { name: 'Remove it…', press: () => askAgain(orphanedWork, types) },
  );
}

/**
 * @param {OrphanedWork} orphanedWork
 * @param {string[]} types
 */
function askAgain(orphanedWork, types) {
  const { dialog, heading, body } = makeDialog();
  const told = element('p', { role: 'status' });
  const names = works(types, Infinity);
  const remove = () =>
    void orphanedWork.drop().then(
      () => dialog.close(),
      () => {
        told.textContent = NOT_WRITTEN;
      },
    );
  const keep = element('button', { class: 'button', type: 'button', on: { click: () => dialog.close() } }, 'Keep it');
  heading.textContent = 'Remove it from this device?';
  body.append(
    element(
      'p',
      {},
      `This deletes ${names}: the graphs, the notes and the photos of your earlier account. There is no other copy, and this cannot be undone.`,
    ),
    element(
      'p',
      {},
      element(
        'button',
        { class: 'button', type: 'button', on: { click: () => void download(orphanedWork) } },
        icon('download'),
        'Save it as a file first',
      ),
    ),
    told,
    element(
      'div',
      { class: 'dialog__actions' },
      element('button', { class: 'button button--grave', type: 'button', on: { click: remove } }, `Delete ${names}`),
      keep,
    ),
  );
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  keep.focus();
}

/** @param {OrphanedWork} orphanedWork */
async function download(orphanedWork) {
  const now = new Date();
  const url = URL.createObjectURL(
    new Blob([museumFile(await orphanedWork.tiles(), await orphanedWork.photos(), now)], { type: 'application/json' }),
  );
  element('a', { href: url, download: `math-museum-${now.toISOString().slice(0, 10)}.mathmuseums` }).click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
