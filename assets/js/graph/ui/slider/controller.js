import { itemLatex } from '../../state/item.js';
import { limitChanges, playChanges, sliderOf, withSliderValue } from '../../state/slider.js';

/** Applies the actions of sliders to the document. */
export class SliderController {
  #editing;
  #player;
  /** @type {{end: () => void} | null} the undo step that lasts while a slider is dragged */
  #hold = null;

  /**
   * @param {import('../editing.js').Editing} editing
   * @param {import('./player.js').SliderPlayer} player
   */
  constructor(editing, player) {
    this.#editing = editing;
    this.#player = player;
  }

  /**
   * @param {string} key
   * @returns {boolean} whether it is playing
   */
  isRunning(key) {
    return this.#player.isRunning(key);
  }

  /** @param {string} key key of a slider whose drag has started */
  hold(key) {
    this.#player.pause(key);
    this.#hold = this.#editing.document.openStep();
  }

  release() {
    this.#hold?.end();
    this.#hold = null;
  }

  /**
   * @param {string} key
   * @param {number} value
   */
  slide(key, value) {
    this.#player.pause(key);
    const entry = this.#entry(key);
    const slider = entry && sliderOf(entry, this.#editing.scene.meanings);
    if (slider) this.#update(key, { latex: withSliderValue(itemLatex(entry.item), value, slider) }, `slide ${key}`);
  }

  /**
   * @param {string} key
   * @param {Partial<import('../../state/slider.js').Limits>} limits in LaTeX
   */
  limit(key, limits) {
    this.#update(key, limitChanges(this.#entry(key)?.item, limits), `limit ${key}`);
  }

  /** @param {string} key key of a slider to play or pause */
  toggle(key) {
    this.#player.toggle(key);
  }

  /**
   * @param {string} key
   * @param {Partial<import('../../state/slider.js').Play>} play
   */
  setPlay(key, play) {
    this.#update(key, playChanges(this.#entry(key)?.item, play));
  }

  /** @param {string} key */
  #entry(key) {
    const { document } = this.#editing;
    return document.entries[document.indexOf(key)];
  }

  /**
   * @param {string} key
   * @param {Record<string, unknown>} changes
   * @param {string} [tag]
   */
  #update(key, changes, tag) {
    this.#editing.document.update(key, changes, tag);
    this.#editing.changed();
  }
}
