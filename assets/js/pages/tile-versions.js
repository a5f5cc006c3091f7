/** The controls of a tile's page for its versions: the button for earlier versions, and the notice about a conflict. */
import { element, icon } from '../lib/dom.js';
import { VersionClient } from '../sync/server/versions.js';
import { showNotice } from './notices.js';

/** @typedef {import('../sync/server/client.js').Client} Client */
/** @typedef {import('../sync/store.js').TileStore} TileStore */
/** @typedef {{client: Client, store: TileStore, synchroniser: {round: (options: {pull: boolean}) => Promise<void>}}} Parts */

const NOT_FETCHED = 'This could not be loaded. Your work is safe. Check the network and try again.';

export class TileVersions {
  /** Opens the earlier versions. */
  button = element(
    'button',
    {
      class: 'button button--quiet placard__history no-print',
      type: 'button',
      on: { click: () => void this.#openHistory() },
    },
    icon('history'),
    'Earlier versions',
  );
  /** Empty while there is no conflict. */
  notice = element('div', { class: 'no-print', role: 'status', hidden: true });
  #versionClient;
  #store;
  #type;
  /** @type {{close: () => void} | undefined} */
  #dialog;
  #closeNotice = () => {};
  #gone = false;
  #unsubscribe;

  /**
   * @param {Parts} parts
   * @param {string} type
   */
  constructor(parts, type) {
    this.#versionClient = new VersionClient(parts);
    this.#store = parts.store;
    this.#type = type;
    this.#unsubscribe = parts.store.onChange((event) => {
      if (event.kind === 'opened') this.#put();
      if (event.kind === 'opened' || event.type === type) this.#show();
    });
    this.#show();
  }

  /** Cleans up when the page is left. */
  closed() {
    this.#gone = true;
    this.#unsubscribe();
    this.#put();
  }

  #put() {
    this.#dialog?.close();
    this.#closeNotice();
  }

  #show() {
    const isOpen = this.#store.conflicts(this.#type).length > 0;
    if (isOpen !== this.notice.hidden) return;
    this.notice.hidden = !isOpen;
    this.notice.replaceChildren(
      ...(isOpen
        ? [
            element(
              'div',
              { class: 'conflict-notice' },
              element('p', {}, 'You changed this on two devices. Both versions are kept; choose one when you like.'),
              element(
                'button',
                { class: 'button', type: 'button', on: { click: () => void this.#openConflict() } },
                'Look at both',
              ),
            ),
          ]
        : []),
    );
  }

  async #openHistory() {
    await this.#open(async () => {
      const { HistoryDialog, loadHistoryDialog } = await import('./history-dialog.js');
      await loadHistoryDialog();
      return new HistoryDialog({
        versionClient: this.#versionClient,
        store: this.#store,
        type: this.#type,
        onRestored: (words, undo) => this.#tellRestored(words, undo),
      });
    });
  }

  async #openConflict() {
    await this.#open(async () => {
      const { ConflictDialog, loadConflictDialog } = await import('./conflict-dialog.js');
      await loadConflictDialog();
      return new ConflictDialog({
        versionClient: this.#versionClient,
        store: this.#store,
        type: this.#type,
        onSettled: () => this.#settled(),
      });
    });
  }

  /** Moves the focus, since the notice's button is gone, to the button behind which the other version can be found. */
  #settled() {
    this.#tell('Done. The other version is kept under “Earlier versions”.');
    this.button.focus();
  }

  /** @param {() => Promise<{open: () => void, close: () => void}>} make */
  async #open(make) {
    try {
      this.#closeNotice();
      const dialog = await make();
      if (this.#gone) return;
      this.#dialog = dialog;
      dialog.open();
    } catch (error) {
      console.info('A dialog could not be opened.', error);
      this.#tell(NOT_FETCHED);
    }
  }

  /**
   * @param {string} words
   * @param {number | undefined} undo the version with which this can be undone
   */
  #tellRestored(words, undo) {
    if (undo === undefined) this.#tell(words);
    else this.#tell(words, { name: 'Undo', press: (say) => void this.#undo(undo, say) });
  }

  /**
   * @param {number} version
   * @param {(words: string) => void} say
   */
  async #undo(version, say) {
    try {
      await this.#versionClient.restore(this.#type, version);
      this.#tell('Undone.');
    } catch (error) {
      const { versionError } = await import('./version-messages.js');
      say(versionError(error));
    }
  }

  /**
   * @param {string} words
   * @param {...{name: string, press: (say: (words: string) => void) => void}} actions
   */
  #tell(words, ...actions) {
    this.#closeNotice();
    this.#closeNotice = showNotice(/** @type {HTMLElement} */ (document.getElementById('notices')), words, ...actions);
  }
}
