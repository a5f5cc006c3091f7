import { button, element } from '../../parts/dom.js';
import { toPlain } from '../../input/to-plain.js';

/** A formula being typed is not a mistake yet: an error waits until typing has paused this long. */
const PATIENCE_MS = 700;

/** The line under a formula: its value or its error, with the offer of sliders for undefined names. */
export class RowMessage {
  element = element('div', { class: 'graph-message', hidden: true });
  #addSliders;
  #announce;
  #timer = 0;
  #shown = '';

  /**
   * @param {(names: readonly string[]) => void} addSliders
   * @param {(text: string) => void} announce announces text to screen readers
   */
  constructor(addSliders, announce) {
    this.#addSliders = addSliders;
    this.#announce = announce;
  }

  /**
   * @param {import('../../explore/describe-graph.js').Message | null} message
   * @param {{patient: boolean, canEdit: boolean}} how `patient` while the line is being edited
   */
  show(message, { patient, canEdit }) {
    clearTimeout(this.#timer);
    const identity = JSON.stringify([message, canEdit]);
    if (identity === this.#shown) return;
    if (message && message.tone !== 'value' && patient) {
      this.#put(null, false);
      this.#timer = window.setTimeout(() => {
        this.#shown = identity;
        this.#put(message, canEdit);
        this.#keepInSight();
        this.#announce(message.text);
      }, PATIENCE_MS);
      return;
    }
    this.#shown = identity;
    this.#put(message, canEdit);
    if (patient) this.#keepInSight();
  }

  destroy() {
    clearTimeout(this.#timer);
  }

  /**
   * @param {import('../../explore/describe-graph.js').Message | null} message
   * @param {boolean} canEdit
   */
  #put(message, canEdit) {
    if (!message) this.#shown = '';
    this.element.hidden = !message;
    this.element.dataset.tone = message?.tone ?? '';
    this.element.replaceChildren();
    if (!message) return;
    this.element.append(element('span', { class: 'graph-message-text' }, message.text));
    if (canEdit && message.missing.length > 0) this.element.append(this.#offer(message.missing));
  }

  /**
   * Scrolls so that the message about the edited line is visible above the keypad; if there is no space for both, the
   * line wins.
   */
  #keepInSight() {
    if (this.element.hidden) return;
    this.element.scrollIntoView({ block: 'nearest' });
    const { activeElement } = document;
    if (activeElement?.closest('.graph-row')?.contains(this.element))
      activeElement.scrollIntoView({ block: 'nearest' });
  }

  /** @param {readonly string[]} names */
  #offer(names) {
    const offer = element('span', { class: 'graph-offer', role: 'group', 'aria-label': 'Add sliders' }, 'Add slider: ');
    for (const name of names) {
      const plain = toPlain(name);
      offer.append(button('graph-offer-button', `Add slider: ${plain}`, () => this.#addSliders([name]), plain));
    }
    if (names.length > 1) {
      offer.append(button('graph-offer-button', 'Add all sliders', () => this.#addSliders(names), 'all'));
    }
    return offer;
  }
}
