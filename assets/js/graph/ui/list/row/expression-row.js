import { safeColor } from '../../../state/color.js';
import { isHidden, itemLatex, itemText } from '../../../state/item.js';
import { isDrawn } from '../../../state/scene.js';
import { colorName, messageOf } from '../../explore/describe-graph.js';
import { button, element, setAttribute } from '../../parts/dom.js';
import { FormulaInput } from '../../input/formula-input.js';
import { icon } from '../../parts/icons.js';
import { RowFrame } from './frame.js';
import { RowMessage } from './message.js';
import { SliderInput } from '../../slider/input.js';
import { toPlain } from '../../input/to-plain.js';

/** A row for an expression: colour, formula, message and delete button. */
export class ExpressionRow {
  element;
  #frame;
  #number = 0;
  #swatch;
  #formula;
  #message;
  #slider;
  #isRunning;

  /**
   * @param {string} key
   * @param {import('../make-row.js').RowActions} actions
   */
  constructor(key, actions) {
    this.#swatch = button('graph-swatch', '', () => actions.toggle(key), element('span', { class: 'graph-disc' }));
    this.#formula = new FormulaInput({
      input: (latex) => actions.edit(key, latex),
      enter: () => actions.enter(key),
      data: (rows) => actions.tables.become(key, rows),
      note: (text) => actions.become(key, 'text', { text: text || undefined }),
      paste: (text) => actions.paste(key, text),
      backspace: () => actions.backspace(key),
      leave: (direction) => actions.leave(key, direction),
    });
    this.#message = new RowMessage(
      (names) => actions.addSliders(key, names),
      (text) => {
        actions.announce(`Expression ${this.#number}: ${text}`);
      },
    );
    const { sliders } = actions;
    this.#isRunning = () => sliders.isRunning(key);
    this.#slider = new SliderInput({
      slide: (value) => sliders.slide(key, value),
      hold: () => sliders.hold(key),
      release: () => sliders.release(),
      toggle: () => sliders.toggle(key),
      limit: (limits) => sliders.limit(key, limits),
      setPlay: (play) => sliders.setPlay(key, play),
      announce: (text) => actions.announce(text),
    });
    this.#frame = new RowFrame('graph-expression', key, actions);
    this.#frame.tab.append(this.#swatch);
    this.#frame.body.append(this.#formula.element, this.#slider.element, this.#message.element);
    this.element = this.#frame.element;
  }

  /** @param {import('../make-row.js').RowContent} content */
  show(content) {
    const {
      entry: { item },
      number,
      meaning,
      slider,
      readOnly,
    } = content;
    const name = `Expression ${number}`;
    const message = messageOf(meaning, item);
    this.#number = number;
    this.#frame.show(content, `expression ${number}`);
    this.#formula.latex = itemLatex(item);
    this.#formula.label = name;
    this.#formula.readOnly = readOnly;
    this.#showSwatch(name, content);
    this.element.classList.toggle('graph-row-error', message?.tone === 'error');
    this.#message.show(message, { patient: this.#formula.hasFocus, canEdit: !readOnly });
    this.#slider.show(slider, {
      name: toPlain(itemLatex(item)).split(' =')[0],
      isRunning: this.#isRunning(),
      readOnly,
    });
  }

  focus() {
    this.#formula.focus();
  }

  /** Focuses the slider, with its number visible. */
  focusSlider() {
    this.#slider.focus();
    this.element.scrollIntoView({ block: 'nearest' });
  }

  destroy() {
    this.#formula.destroy();
    this.#message.destroy();
    this.#frame.destroy();
  }

  /**
   * @param {string} name
   * @param {import('../make-row.js').RowContent} content
   */
  #showSwatch(name, { entry: { item }, meaning, folder, readOnly }) {
    const color = safeColor(itemText(item, 'color'));
    const isFolderHidden = folder !== undefined && isHidden(folder.item);
    const hidden = isHidden(item) || isFolderHidden;
    const drawn = meaning !== undefined && isDrawn(meaning);
    const look = !drawn ? 'none' : hidden ? 'hidden' : meaning.kind === 'point' ? 'points' : 'curve';
    const state = !drawn ? 'nothing to show' : isFolderHidden ? 'hidden with its folder' : hidden ? 'hidden' : 'shown';
    const label = `${name}, ${colorName(color)}, ${state}`;
    setAttribute(this.#swatch, 'aria-label', label);
    this.#swatch.disabled = readOnly || !drawn;
    this.#swatch.style.setProperty('--swatch', color);
    if (this.#swatch.dataset.look === look) return;
    this.#swatch.dataset.look = look;
    const picture = look === 'curve' ? icon('curve') : look === 'points' ? icon('points') : null;
    this.#swatch.firstElementChild?.replaceChildren(...(picture ? [picture] : []));
  }
}
