/** The page of a tile: its graph, the notes, and the completed mark. */
import { element, icon } from '../lib/dom.js';
import { sameJson } from '../lib/json.js';
import { Pressed } from '../lib/pressed.js';
import { loadStyles } from '../lib/stylesheet.js';
import { FAMILIES } from '../museum/families.js';
import { photoSource } from './photo-source.js';
import { POSTER_ADDRESS, tileAddress } from './router.js';
import { TileVersions } from './tile-versions.js';

/** @typedef {import('../sync/store.js').TileStore} TileStore */
/** @typedef {import('../sync/tile-view.js').TileView} TileView */
/** @typedef {import('../museum/families.js').Family} Family */
/** @typedef {import('../museum/tile.js').Field} Field */

/** Loads the style sheet of the page, and begins to load the grapher. */
export async function loadTilePage() {
  void import('../graph/index.js').catch(() => undefined);
  await loadStyles(['tile']);
}

export class TilePage {
  title;
  heading;
  element;
  #store;
  #type;
  #host = element('div', { class: 'tile-page__graph' });
  #frame = element('section', { class: 'tile-page__frame' }, this.#host);
  #notes = element('textarea', {
    class: 'field__input placard__notes',
    id: 'notes',
    placeholder: 'Write what you found',
    rows: 6,
  });
  #completed = element('input', { class: 'check__box', type: 'checkbox', id: 'completed' });
  #status = element('p', { class: 'placard__status' });
  /** The state shown here, which may be behind the store while it is being edited. @type {TileView} */
  #view;
  /** @type {{setState(state: any): void, rebase(state: any): void, report(): void, destroy(): void} | undefined} */
  #grapher;
  #past;
  #pressed = new Pressed(this.#host, () => this.#show());
  #gone = false;
  #unsubscribe;
  #unsubscribeStatus;

  /** @param {import('./tile-versions.js').Parts & {family: Family}} parts */
  constructor({ family, ...parts }) {
    const { store } = parts;
    this.#store = store;
    this.#past = new TileVersions(parts, family.type);
    this.#type = family.type;
    this.#view = store.view(family.type);
    this.title = family.name;
    this.heading = element('h1', { tabindex: '-1' }, family.name);
    this.#frame.setAttribute('aria-label', `Graph: ${family.name}`);
    this.element = this.#lay(family);
    this.#unsubscribe = store.onChange((event) => {
      if (event.kind === 'opened') this.#show({ whatever: true });
      if (event.kind === 'arrived' && event.type === this.#type) this.#show();
    });
    this.#unsubscribeStatus = store.onStatus(() => this.#showStatus());
    this.#listen();
    this.#show();
  }

  opened() {
    void this.#openGrapher();
  }

  #turnedElsewhere = () => this.#show();

  closed() {
    this.#gone = true;
    window.removeEventListener('blur', this.#turnedElsewhere);
    this.#pressed.stop();
    this.#past.closed();
    this.#unsubscribe();
    this.#unsubscribeStatus();
    this.#grapher?.destroy();
  }

  frameOf() {
    return this.#frame;
  }

  /** @param {Family} family */
  #lay(family) {
    return element(
      'article',
      { class: 'tile-page' },
      head(family, this.heading),
      this.#past.notice,
      element(
        'div',
        { class: 'tile-page__work' },
        this.#frame,
        element(
          'div',
          { class: 'placard' },
          element(
            'div',
            { class: 'field' },
            element('label', { class: 'field__label', for: 'notes' }, 'Notes'),
            this.#notes,
          ),
          element(
            'label',
            { class: 'check placard__completed', for: 'completed' },
            this.#completed,
            'Mark as complete',
          ),
          this.#status,
          this.#past.button,
        ),
      ),
      neighbours(family),
    );
  }

  #listen() {
    this.#notes.addEventListener('input', () => this.#edit({ description: this.#notes.value }));
    this.#completed.addEventListener('change', () => this.#edit({ completed: this.#completed.checked }));
    // What arrived during an edit is shown when the focus moves on.
    this.element.addEventListener('focusout', () => setTimeout(() => this.#show()));
    window.addEventListener('blur', this.#turnedElsewhere);
  }

  /** @param {import('../sync/tile-fields.js').Patch} patch */
  #edit(patch) {
    this.#view.edit(patch);
  }

  /**
   * Shows the store's current state. A part that is being edited is left alone, unless another museum was opened.
   *
   * @param {{whatever?: boolean}} [options]
   */
  #show({ whatever = false } = {}) {
    if (this.#gone) return;
    this.#grapher?.report(); // flush the last edits, which are based on what was shown before
    const drawn = this.#view.tile.desmos_state;
    const isHeld = (/** @type {HTMLElement} */ part) => part === this.#host && this.#pressed.any;
    const isFree = (/** @type {HTMLElement} */ part) =>
      whatever || (!isHeld(part) && (!document.hasFocus() || !part.contains(document.activeElement)));
    /** @type {[Field, HTMLElement][]} */
    const parts = [
      ['description', this.#notes],
      ['desmos_state', this.#host],
    ];
    this.#view.refresh(['completed', ...parts.filter(([, part]) => isFree(part)).map(([field]) => field)]);
    const { completed, description, desmos_state: state } = this.#view.tile;
    this.#completed.checked = completed;
    if (this.#notes.value !== description) this.#notes.value = description;
    if (whatever) this.#grapher?.setState(state);
    else if (!sameJson(drawn, state)) this.#grapher?.rebase(state);
    this.#showStatus();
  }

  #showStatus() {
    const { tone, text } = this.#store.status(this.#type);
    this.#status.textContent = text;
    this.#status.dataset.tone = tone;
  }

  async #openGrapher() {
    this.#host.replaceChildren(element('p', { class: 'tile-page__waiting' }, 'Opening the graph…'));
    try {
      const { createGrapher } = await import('../graph/index.js');
      if (this.#gone) return;
      this.#host.replaceChildren();
      this.#view.refresh(['desmos_state']);
      this.#grapher = createGrapher(this.#host, {
        state: this.#view.tile.desmos_state,
        family: this.#type,
        resolveImage: photoSource(this.#store),
        onChange: (state) => this.#edit({ desmos_state: state }),
      });
    } catch (error) {
      console.warn('The grapher could not be opened.', error);
      this.#host.replaceChildren(this.#couldNotOpen());
    }
  }

  #couldNotOpen() {
    return element(
      'div',
      { class: 'tile-page__waiting' },
      element('p', {}, 'The graph could not be opened. Your work is safe, and you can write notes meanwhile.'),
      element('button', { class: 'button', type: 'button', on: { click: () => location.reload() } }, 'Reload the page'),
    );
  }
}

/**
 * @param {Family} family
 * @param {HTMLElement} heading
 */
function head(family, heading) {
  return element(
    'header',
    { class: 'tile-page__head' },
    element(
      'div',
      { class: 'tile-page__back no-print' },
      element('a', { class: 'back', href: POSTER_ADDRESS }, icon('back'), 'Back to the museum'),
    ),
    heading,
    element('p', { class: 'tile-page__about' }, element('span', { class: 'formula' }, family.form), family.hint),
  );
}

/** @param {Family} family */
function neighbours(family) {
  const index = FAMILIES.indexOf(family);
  const before = FAMILIES[(index + FAMILIES.length - 1) % FAMILIES.length];
  const after = FAMILIES[(index + 1) % FAMILIES.length];
  return element(
    'nav',
    { class: 'tile-page__neighbours no-print', 'aria-label': 'Other works' },
    element('a', { class: 'back', href: tileAddress(before) }, icon('back'), before.name),
    element('a', { class: 'back', href: tileAddress(after) }, after.name, icon('forward')),
  );
}
