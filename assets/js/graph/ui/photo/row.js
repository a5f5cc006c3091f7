import { isHidden, itemText } from '../../state/item.js';
import { isRecord } from '../../state/json.js';
import { numberLatex } from '../../state/image.js';
import { isPlainNumber } from '../../state/number-fields.js';
import { button, element, setAttribute } from '../parts/dom.js';
import { icon } from '../parts/icons.js';
import { hostOf } from './layer.js';
import { takePhoto } from './take-photo.js';
import { WORDS } from './words.js';
import { RowFrame } from '../list/row/frame.js';
import { listenToRowKeys } from '../list/row/arrow-keys.js';

/** The range of the opacity slider; a fainter photo would be lost. */
const FADE = { min: 0.1, max: 1, step: 0.05 };

/** A row for a photo: its picture (which toggles visibility), description, opacity, and whether it can be moved. */
export class PhotoRow {
  element;
  #key;
  #actions;
  #frame;
  #picture = element('span', { class: 'graph-photo-thumb' });
  #toggle;
  #name = element('p', { class: 'graph-photo-name' });
  #description = element('input', {
    class: 'graph-photo-text',
    type: 'text',
    placeholder: WORDS.askDescription,
    autocomplete: 'off',
  });
  #fade = element('input', { class: 'graph-photo-fade', type: 'range', ...FADE });
  #fader = element(
    'div',
    { class: 'graph-photo-fader' },
    element('span', {}, 'Faint'),
    this.#fade,
    element('span', {}, 'Clear'),
  );
  #lock;
  #file = element('input', {
    type: 'file',
    accept: 'image/*,.heic,.heif',
    hidden: true,
    tabindex: -1,
    'aria-hidden': 'true',
  });
  #replace = element('button', { type: 'button', class: 'graph-offer-button' }, 'Replace');
  #tools;
  #message = element('p', { class: 'graph-message', hidden: true });
  #url = '';
  #isDraggable = false;
  #height = 0;

  /**
   * @param {string} key
   * @param {import('../list/make-row.js').RowActions} actions
   */
  constructor(key, actions) {
    this.#key = key;
    this.#actions = actions;
    this.#frame = new RowFrame('graph-photo-row', key, actions);
    this.element = this.#frame.element;
    this.#toggle = button('graph-photo-toggle', '', () => actions.toggle(key), this.#picture);
    this.#lock = element('button', { type: 'button', class: 'graph-offer-button' });
    this.#tools = element('div', { class: 'graph-photo-tools' }, this.#lock, this.#replace, this.#file);
    this.#frame.tab.append(this.#toggle);
    this.#frame.body.append(this.#name, this.#description, this.#fader, this.#tools, this.#message);
    this.#listen();
    listenToRowKeys(this.#description, key, actions);
  }

  /** @param {import('../list/make-row.js').RowContent} content */
  show(content) {
    const {
      entry: { item },
      number,
      readOnly,
    } = content;
    const name = `photo ${number}`;
    this.#frame.show(content, name);
    this.#name.textContent = itemText(item, 'name') || 'Photo';
    this.#showDescription(itemText(item, 'description'), name, readOnly);
    this.#showOpacity(item, name, readOnly);
    this.#isDraggable = isRecord(item) && item.draggable === true;
    this.#height = isRecord(item) && isPlainNumber(item.height) ? Number(item.height) : 0;
    this.#lock.textContent = this.#isDraggable ? 'Lock in place' : 'Move';
    setAttribute(this.#lock, 'aria-label', this.#isDraggable ? `Lock in place: ${name}` : `Move ${name}`);
    setAttribute(this.#replace, 'aria-label', `Replace ${name}`);
    this.#tools.hidden = readOnly;
    const hidden = isHidden(item);
    setAttribute(this.#toggle, 'aria-label', `Photo ${number}, ${hidden ? 'hidden' : 'shown'}`);
    this.#toggle.disabled = readOnly;
    this.#toggle.classList.toggle('graph-photo-off', hidden);
    void this.#showPicture(itemText(item, 'image_url'));
  }

  focus() {
    this.#description.focus();
  }

  destroy() {
    this.#frame.destroy();
  }

  #listen() {
    const [key, { update, select }] = [this.#key, this.#actions];
    this.#description.addEventListener('input', () => {
      update(key, { description: this.#description.value || undefined }, `describe ${key}`);
    });
    this.#fade.addEventListener('input', () => {
      const opacity = this.#fade.valueAsNumber;
      update(key, { opacity: opacity === 1 ? undefined : numberLatex(opacity, 0.01) }, `fade ${key}`);
    });
    this.#lock.addEventListener('click', () => {
      update(key, { draggable: !this.#isDraggable });
      select(this.#isDraggable ? null : key);
    });
    this.#replace.addEventListener('click', () => this.#file.click());
    this.#file.addEventListener('change', () => {
      const [file] = this.#file.files ?? [];
      this.#file.value = '';
      if (file) void this.#replaceBy(file);
    });
  }

  /**
   * Replaces the picture in place: same height, with the width that its aspect ratio asks for.
   *
   * @param {File} file
   */
  async #replaceBy(file) {
    this.#tell(WORDS.opening, 'value');
    try {
      const { url, name, width, height, moved } = await takePhoto(file, this.#actions.images.keep);
      const fitted =
        this.#height > 0 ? { width: numberLatex((this.#height * width) / height, this.#height / 1000) } : {};
      this.#actions.update(this.#key, { image_url: url, name, ...fitted });
      this.#tell(moved ? WORDS.moved : '', 'value');
    } catch (error) {
      this.#tell(error instanceof Error ? error.message : String(error), 'error');
    }
  }

  /**
   * @param {string} text
   * @param {'value' | 'error'} tone
   */
  #tell(text, tone) {
    this.#message.hidden = text === '';
    this.#message.dataset.tone = tone;
    this.#message.replaceChildren(element('span', { class: 'graph-message-text' }, text));
    if (text) this.#actions.announce(text);
  }

  /**
   * @param {string} description
   * @param {string} name
   * @param {boolean} readOnly
   */
  #showDescription(description, name, readOnly) {
    setAttribute(this.#description, 'aria-label', `Description of ${name} for screen readers`);
    this.#description.readOnly = readOnly;
    if (this.#description.value !== description) this.#description.value = description;
  }

  /**
   * @param {import('../../state/item.js').Item} item
   * @param {string} name
   * @param {boolean} readOnly
   */
  #showOpacity(item, name, readOnly) {
    const opacity = isRecord(item) && item.opacity !== undefined ? item.opacity : 1;
    this.#fader.hidden = !isPlainNumber(opacity);
    this.#fade.disabled = readOnly;
    setAttribute(this.#fade, 'aria-label', `Opacity of ${name}`);
    setAttribute(this.#fade, 'aria-valuetext', `${Math.round(Number(opacity) * 100)} percent`);
    if (this.#fade.valueAsNumber !== Number(opacity)) this.#fade.value = String(opacity);
  }

  /** @param {string} url */
  async #showPicture(url) {
    if (url === this.#url) return;
    this.#url = url;
    const source = await Promise.resolve(this.#actions.images.resolve(url)).catch(() => null);
    if (url !== this.#url) return;
    const image =
      source === null
        ? icon('photo')
        : element('img', { class: 'graph-photo-small', src: source, alt: '', decoding: 'async' });
    this.#picture.replaceChildren(image);
    const host = hostOf(url);
    if (source === null) this.#tell(host ? WORDS.elsewhere(host) : WORDS.noPicture, 'value');
  }
}
