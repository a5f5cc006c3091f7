import { button, element } from '../parts/dom.js';
import { icon } from '../parts/icons.js';

/**
 * The sources of photos: file, camera, clipboard and drag and drop.
 *
 * @typedef {object} PhotoSourceActions
 * @property {(files: readonly File[], at?: {x: number, y: number}) => void} add `at` is where they were dropped on the
 *   screen
 * @property {(text: string) => void} tell shows a message when there is nothing to add
 */

/** Offered in the file dialog; other files are opened too, or refused with a reason. */
const ACCEPT = 'image/*,.heic,.heif';

/** A button that opens a small panel with the sources of photos. */
export class PhotoSources {
  #file = element('input', {
    type: 'file',
    accept: ACCEPT,
    multiple: true,
    hidden: true,
    tabindex: -1,
    'aria-hidden': 'true',
  });
  #camera = element('input', {
    type: 'file',
    accept: 'image/*',
    capture: 'environment',
    hidden: true,
    tabindex: -1,
    'aria-hidden': 'true',
  });
  #panel;
  #button;
  element;

  /**
   * @param {PhotoSourceActions} actions
   * @param {{nothingToPaste: string, mayNotPaste: string}} words
   */
  constructor({ add, tell }, words) {
    for (const input of [this.#file, this.#camera]) {
      input.addEventListener('change', () => {
        add([...(input.files ?? [])]);
        input.value = ''; // So that the same file can be chosen again.
      });
    }
    this.#button = button(
      'graph-bar-button',
      'Add a photo',
      () => this.#toggle(this.#panel.hasAttribute('hidden')),
      icon('photo'),
    );
    this.#button.setAttribute('aria-expanded', 'false');
    this.#panel = element(
      'div',
      { class: 'graph-photo-panel', role: 'group', 'aria-label': 'Add a photo', hidden: true },
      this.#choice('photo', 'Choose a picture', () => this.#file.click()),
      ...(hasCamera() ? [this.#choice('camera', 'Take a photo', () => this.#camera.click())] : []),
      ...(canPaste() ? [this.#choice('paste', 'Paste a picture', () => void paste(add, tell, words))] : []),
      ...(hasMouse() ? [element('p', { class: 'graph-photo-hint' }, 'You can also drop a picture on the graph.')] : []),
    );
    this.element = element('div', { class: 'graph-photo-add' }, this.#button, this.#panel, this.#file, this.#camera);
    this.element.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || this.#panel.hidden) return;
      event.stopPropagation();
      this.#toggle(false);
      this.#button.focus();
    });
    this.element.addEventListener('focusout', ({ relatedTarget }) => {
      if (relatedTarget instanceof Node && !this.element.contains(relatedTarget)) this.#toggle(false);
    });
  }

  /** Opens the panel and focuses it. */
  open() {
    this.#toggle(true);
  }

  close() {
    this.#toggle(false);
  }

  /** @param {boolean} isOpen */
  #toggle(isOpen) {
    this.#panel.hidden = !isOpen;
    this.#button.setAttribute('aria-expanded', String(isOpen));
    if (isOpen) /** @type {HTMLElement} */ (this.#panel.firstElementChild).focus();
  }

  /**
   * @param {Parameters<typeof icon>[0]} picture
   * @param {string} text
   * @param {() => void} choose
   */
  #choice(picture, text, choose) {
    const choice = element('button', { type: 'button', class: 'graph-photo-choice' }, icon(picture), text);
    choice.addEventListener('click', () => {
      this.#toggle(false);
      choose();
    });
    return choice;
  }
}

/** Reports whether the device has a camera; on others `capture` opens the ordinary file dialog. */
function hasCamera() {
  return matchMedia('(any-pointer: coarse)').matches;
}

function hasMouse() {
  return matchMedia('(any-pointer: fine)').matches;
}

function canPaste() {
  return typeof navigator.clipboard?.read === 'function';
}

/**
 * @param {PhotoSourceActions['add']} add
 * @param {PhotoSourceActions['tell']} tell
 * @param {{nothingToPaste: string, mayNotPaste: string}} words
 */
async function paste(add, tell, words) {
  /** @type {File[]} */
  const files = [];
  try {
    for (const item of await navigator.clipboard.read()) {
      const type = item.types.find((each) => each.startsWith('image/'));
      if (type) files.push(new File([await item.getType(type)], '', { type }));
    }
  } catch {
    tell(words.mayNotPaste);
    return;
  }
  if (files.length > 0) add(files);
  else tell(words.nothingToPaste);
}

/**
 * Returns the images among pasted or dropped data. If there is also text, as from a spreadsheet, the text is preferred.
 *
 * @param {DataTransfer | null} data
 * @returns {File[]}
 */
export function picturesIn(data) {
  if (!data || data.types.includes('text/plain')) return [];
  return [...data.files].filter(({ type, name }) => type.startsWith('image/') || /\.hei[cf]$/i.test(name));
}
