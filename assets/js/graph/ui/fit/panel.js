import { FAMILIES } from '../../math/fit/family-forms.js';
import { button, element, setAttribute } from '../parts/dom.js';
import { ENOUGH, FAMILY_NAMES, adviceText, equationText, qualityText } from './words.js';

/** Offers shown at first. */
const FIRST = 4;

/**
 * @typedef {import('../../math/fit/fit.js').Fit} Fit
 *
 * @typedef {object} FitActions
 * @property {(family: string | null) => void} chooseFamily null tries all families
 * @property {(family: string) => void} chooseOffer
 * @property {() => void} takePoints takes the points of a table
 * @property {() => void} removePoint
 * @property {() => void} clear
 * @property {() => void} restrict switches the preview between the range of the points and the whole plane
 * @property {() => void} add
 * @property {() => void} close
 */

/**
 * The panel that replaces the list while a curve is fitted: instructions, offers, and the buttons that add a fit to the
 * list.
 */
export class FitPanel {
  #actions;
  #advice = element('p', { class: 'graph-fit-advice' });
  #family = element('select', { class: 'graph-fit-select' });
  #offers = element('div', {
    class: 'graph-fit-offers',
    role: 'radiogroup',
    'aria-label': 'Curves that suit the points',
  });
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
    for (const family of FAMILIES) this.#family.append(element('option', { value: family }, FAMILY_NAMES[family]));
    this.#family.addEventListener('change', () => actions.chooseFamily(this.#family.value || null));
    // A regression extends beyond its points, so the two options exclude each other.
    this.#asRegression.addEventListener('change', () => this.#uncheck(this.#asRegression, this.#onSpan));
    this.#onSpan.addEventListener('change', () => this.#uncheck(this.#onSpan, this.#asRegression));
    this.element = element(
      'section',
      { class: 'graph-fit', 'aria-label': 'Fit a curve' },
      element(
        'div',
        { class: 'graph-fit-head' },
        element('p', { class: 'graph-fit-title' }, 'Fit a curve'),
        this.#advice,
      ),
      element('div', { class: 'graph-fit-tools' }, this.#take, this.#remove, this.#clear),
      element('label', { class: 'graph-fit-label' }, 'Try ', this.#family),
      this.#offers,
      this.#all,
      element('label', { class: 'graph-fit-label' }, this.#onSpan, 'Only from the first point to the last'),
      element(
        'label',
        { class: 'graph-fit-label' },
        this.#asRegression,
        'Let the curve follow the points (a regression)',
      ),
      element(
        'div',
        { class: 'graph-fit-tools graph-fit-end' },
        this.#add,
        textButton('Close', () => actions.close()),
      ),
    );
    this.element.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') actions.close();
    });
    this.show([], null, { count: 0, canTake: false });
  }

  /** Whether to add a regression that follows the points. */
  get asRegression() {
    return this.#asRegression.checked;
  }

  /** Whether to restrict the curve to the range of the points. */
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
   * @param {readonly Fit[]} fits best first
   * @param {string | null} chosen the family of the chosen fit
   * @param {{count: number, canTake: boolean}} points their number, and whether a table has points to take
   */
  show(fits, chosen, { count, canTake }) {
    this.#fits = fits;
    this.#chosen = chosen;
    this.#advice.textContent = count >= ENOUGH && fits.length === 0 ? NOTHING : adviceText(count);
    this.#take.hidden = !canTake || count > 0;
    // Hiding a button after its press would lose the focus.
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
    const radio = element('input', {
      type: 'radio',
      name: 'graph-fit-offer',
      class: 'graph-fit-check',
      checked: fit.family === this.#chosen,
    });
    radio.addEventListener('change', () => {
      this.#chosen = fit.family;
      this.#actions.chooseOffer(fit.family);
    });
    return element(
      'label',
      { class: 'graph-fit-offer' },
      radio,
      element(
        'span',
        { class: 'graph-fit-words' },
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
