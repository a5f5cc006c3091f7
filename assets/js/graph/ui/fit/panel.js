import { button, element, setAttribute } from '../parts/dom.js';
import { ENOUGH, FAMILY_NAMES, adviceText, equationText, qualityText } from './words.js';

/** Offers that are shown at first. */
const FIRST = 4;

/**
 * @typedef {import('../../math/fit/fit.js').Fit} Fit
 *
 * @typedef {object} FitActions
 * @property {(family: string | null) => void} chooseFamily null: all are to be tried
 * @property {(family: string) => void} chooseOffer
 * @property {() => void} takePoints those of a table
 * @property {() => void} removePoint
 * @property {() => void} clear
 * @property {() => void} restrict the curve on trial is drawn along the points alone, or on the whole plane again
 * @property {() => void} add
 * @property {() => void} close
 */

/**
 * What stands in the place of the list while a curve is fitted: what to do, the offers, and the way into the list.
 */
export class FitPanel {
  #actions;
  #advice = element('p', { class: 'graph-fit-advice' });
  #family = element('select', { class: 'graph-fit-select' });
  #offers = element('div', { class: 'graph-fit-offers', role: 'radiogroup', 'aria-label': 'Curves that suit the points' });
  #asRegression = element('input', { type: 'checkbox', class: 'graph-fit-check' });
  #onSpan = element('input', { type: 'checkbox', class: 'graph-fit-check' });
  #all;
  #take;
  #remove;
  #clear;
  #add;
  /** @type {readonly Fit[]} */
  #fits = [];
  /** @type {string | null} */
  #chosen = null;
  #showsAll = false;
  element;

  /** @param {FitActions} actions */
  constructor(actions) {
    this.#actions = actions;
    this.#take = textButton('Use the points of the table', () => actions.takePoints());
    this.#remove = textButton('Remove point', () => actions.removePoint());
    this.#clear = textButton('Remove all', () => actions.clear());
    this.#all = textButton('Show more', () => this.#showAll());
    this.#add = textButton('Add to the list', () => actions.add(), 'graph-fit-button graph-fit-main');
    this.#family.append(element('option', { value: '' }, 'All families'));
    for (const [family, name] of Object.entries(FAMILY_NAMES)) this.#family.append(element('option', { value: family }, name));
    this.#family.addEventListener('change', () => actions.chooseFamily(this.#family.value || null));
    // A regression goes on beyond its points, so it is one or the other.
    this.#asRegression.addEventListener('change', () => this.#uncheck(this.#asRegression, this.#onSpan));
    this.#onSpan.addEventListener('change', () => this.#uncheck(this.#onSpan, this.#asRegression));
    this.element = element(
      'section', { class: 'graph-fit', 'aria-label': 'Fit a curve' },
      element('div', { class: 'graph-fit-head' }, element('p', { class: 'graph-fit-title' }, 'Fit a curve'), this.#advice),
      element('div', { class: 'graph-fit-tools' }, this.#take, this.#remove, this.#clear),
      element('label', { class: 'graph-fit-label' }, 'Try ', this.#family),
      this.#offers,
      this.#all,
      element('label', { class: 'graph-fit-label' }, this.#onSpan, 'Only from the first point to the last'),
      element('label', { class: 'graph-fit-label' }, this.#asRegression, 'Let the curve follow the points (a regression)'),
      element('div', { class: 'graph-fit-tools graph-fit-end' }, this.#add, textButton('Close', () => actions.close())),
    );
    this.element.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') actions.close();
    });
    this.show([], null, { count: 0, canTake: false });
  }

  /** Whether the curve is to be a regression that follows the points. */
  get asRegression() {
    return this.#asRegression.checked;
  }

  /** Whether the curve is to be restricted to where the points lie. */
  get onSpan() {
    return this.#onSpan.checked;
  }

  /**
   * @param {HTMLInputElement} changed
   * @param {HTMLInputElement} other
   */
  #uncheck(changed, other) {
    if (changed.checked) other.checked = false;
    this.#actions.restrict();
  }

  /**
   * @param {readonly Fit[]} fits the best first
   * @param {string | null} chosen the family of the one that is looked at
   * @param {{count: number, canTake: boolean}} points how many there are, and whether a table has some
   */
  show(fits, chosen, { count, canTake }) {
    this.#fits = fits;
    this.#chosen = chosen;
    this.#advice.textContent = count >= ENOUGH && fits.length === 0 ? NOTHING : adviceText(count);
    this.#take.hidden = !canTake || count > 0;
    // A button that would be gone after its press would take the focus with it.
    for (const each of [this.#remove, this.#clear]) setAttribute(each, 'aria-disabled', String(count === 0));
    setAttribute(this.#add, 'aria-disabled', String(chosen === null));
    this.#showOffers();
  }

  #showOffers() {
    const shown = this.#showsAll ? this.#fits : this.#fits.slice(0, FIRST);
    this.#offers.replaceChildren(...shown.map((fit) => this.#offer(fit)));
    this.#offers.hidden = shown.length === 0;
    this.#all.hidden = shown.length === this.#fits.length;
  }

  #showAll() {
    this.#showsAll = true;
    this.#showOffers();
    /** @type {HTMLElement | undefined} */ (this.#offers.querySelectorAll('input')[FIRST])?.focus();
  }

  /** @param {Fit} fit */
  #offer(fit) {
    const radio = element('input', { type: 'radio', name: 'graph-fit-offer', class: 'graph-fit-check', checked: fit.family === this.#chosen });
    radio.addEventListener('change', () => {
      this.#chosen = fit.family;
      this.#actions.chooseOffer(fit.family);
    });
    return element(
      'label', { class: 'graph-fit-offer' }, radio,
      element(
        'span', { class: 'graph-fit-words' },
        element('span', { class: 'graph-fit-name' }, FAMILY_NAMES[fit.family]),
        element('span', { class: 'graph-fit-equation' }, equationText(fit)),
        element('span', { class: 'graph-fit-quality' }, qualityText(fit)),
      ),
    );
  }
}

const NOTHING = 'No curve of this kind goes through these points. Try another kind, or move the points.';

/**
 * @param {string} text
 * @param {() => void} onClick
 * @param {string} [className]
 */
function textButton(text, onClick, className = 'graph-fit-button') {
  return button(className, text, onClick, text);
}
