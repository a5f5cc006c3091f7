import { button, element } from '../../parts/dom.js';
import { toPlain } from '../../input/to-plain.js';

/** Half-typed formulas are no mistakes: a complaint waits until the typing rests for so long. */
const PATIENCE_MS = 700;

/**
 * The line under a formula: its value, or what stands in its way, with the offer of sliders for names that mean
 * nothing yet.
 */
export class RowMessage {
  element = element('div', { class: 'graph-message', hidden: true });
  #addSliders;
  #announce;
  #timer = 0;
  #shown = '';

  /**
   * @param {(names: readonly string[]) => void} addSliders
   * @param {(text: string) => void} announce tells those who do not see
   */
  constructor(addSliders, announce) {
    this.#addSliders = addSliders;
    this.#announce = announce;
  }

  /**
   * @param {import('../../explore/describe-graph.js').Message | null} message
   * @param {{patient: boolean, canEdit: boolean}} how `patient` while the line is being typed in
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
   * What is said about the line that is typed in, at the end of a long list or right over a keypad, is not to lie beyond; but
   * where there is no room for both, it is the line that is to be seen.
   */
  #keepInSight() {
    if (this.element.hidden) return;
    this.element.scrollIntoView({ block: 'nearest' });
    const { activeElement } = document;
    if (activeElement?.closest('.graph-row')?.contains(this.element)) activeElement.scrollIntoView({ block: 'nearest' });
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
