import { itemLatex } from '../../state/item.js';
import { withChanges } from '../../state/json.js';
import { advance, beginning, valueAt } from '../../state/slider-play.js';
import { playChanges, sliderOf, withSliderValue } from '../../state/slider.js';

/** @typedef {import('../../state/document.js').Entry} Entry */
/** @typedef {import('../../state/slider.js').Slider} Slider */

/**
 * @typedef {object} Playing
 * @property {import('../../state/slider-play.js').Motion} motion
 * @property {Slider} track
 * @property {string} latex the line in the state when it started
 * @property {string} shown the current line
 */

/** After a long pause the motion continues from where it was. */
const LONGEST_FRAME_MS = 250;

const REDUCED_MOTION = '(prefers-reduced-motion: reduce)';

/**
 * Animates sliders. The state holds which sliders play and where one was paused, but not the values in between, which
 * would otherwise be sent sixty times a second. The current values are overlaid on the edited list, and are written
 * into it when a slider stops: one edit, one undo step.
 */
export class SliderPlayer {
  #editing;
  #refresh;
  /** @type {Map<string, Playing>} by key */
  #playing = new Map();
  /** @type {Set<string>} sliders started by the student; with reduced motion, no others play */
  #started = new Set();
  #frame = 0;
  #time = 0;

  /**
   * @param {import('../editing.js').Editing} editing
   * @param {() => void} refresh shows the graph in the next frame without reporting an edit
   */
  constructor(editing, refresh) {
    this.#editing = editing;
    this.#refresh = refresh;
  }

  /**
   * @param {readonly Entry[]} entries entries of the document
   * @returns {readonly Entry[]} with the current values of playing sliders
   */
  moved(entries) {
    if (this.#playing.size === 0) return entries;
    return entries.map((entry) => {
      const playing = this.#playing.get(entry.key);
      // A number typed in the meantime is the new starting point.
      if (!playing || itemLatex(entry.item) !== playing.latex) return entry;
      return { key: entry.key, item: withChanges(entry.item, { latex: playing.shown }) };
    });
  }

  /** Starts and stops sliders according to the state, after the list has been interpreted. */
  follow() {
    const { document, scene, readOnly } = this.#editing;
    const isReduced = matchMedia(REDUCED_MOTION).matches;
    const before = this.#playing;
    this.#playing = new Map();
    for (const entry of document.entries) {
      const slider = sliderOf(entry, scene.meanings);
      if (!slider?.play.isPlaying || readOnly || (isReduced && !this.#started.has(entry.key))) continue;
      this.#playing.set(entry.key, playingOf(slider, itemLatex(entry.item), before.get(entry.key)));
    }
    if (this.#playing.size === 0) this.#rest();
    else if (this.#frame === 0) {
      this.#time = performance.now();
      this.#frame = requestAnimationFrame(this.#step);
    }
  }

  /**
   * @param {string} key
   * @returns {boolean}
   */
  isRunning(key) {
    return this.#playing.has(key);
  }

  /**
   * Plays or pauses a slider.
   *
   * @param {string} key
   */
  toggle(key) {
    if (this.isRunning(key)) this.pause(key);
    else {
      this.#started.add(key);
      this.#note(key, { isPlaying: true });
    }
    this.#editing.changed();
  }

  /**
   * Stops a slider and writes its value into the state.
   *
   * @param {string} key
   */
  pause(key) {
    const playing = this.#playing.get(key);
    if (!playing) return;
    this.#playing.delete(key);
    this.#started.delete(key);
    this.#note(key, { isPlaying: false, direction: playing.motion.direction });
    this.#editing.document.update(key, { latex: playing.shown });
  }

  destroy() {
    this.#rest();
  }

  /**
   * @param {string} key
   * @param {Partial<import('../../state/slider.js').Play>} play
   */
  #note(key, play) {
    const { document } = this.#editing;
    const entry = document.entries[document.indexOf(key)];
    if (entry) document.note(key, playChanges(entry.item, play));
  }

  #rest() {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
  }

  #step = (/** @type {number} */ now) => {
    const elapsed = Math.min(LONGEST_FRAME_MS, Math.max(0, now - this.#time));
    this.#time = now;
    this.#frame = requestAnimationFrame(this.#step);
    const over = [];
    let isMoved = false;
    for (const [key, playing] of this.#playing) {
      const { isOver, ...motion } = advance(playing.motion, playing.track, elapsed);
      const shown = withSliderValue(playing.latex, valueAt(motion.position, playing.track), playing.track);
      isMoved ||= shown !== playing.shown;
      Object.assign(playing, { motion, shown });
      if (isOver) over.push(key);
    }
    for (const key of over) this.pause(key);
    if (over.length > 0) this.#editing.changed();
    else if (isMoved) this.#refresh();
  };
}

/**
 * @param {Slider} slider
 * @param {string} latex
 * @param {Playing | undefined} before
 * @returns {Playing}
 */
function playingOf(slider, latex, before) {
  if (before?.latex !== latex) return { motion: beginning(slider), track: slider, latex, shown: latex };
  // An endless slider's track, and so its speed, would grow with its value.
  const isEndless = slider.play.mode === 'PLAY_INDEFINITELY' && before.track.play.mode === 'PLAY_INDEFINITELY';
  const { min, max } = isEndless ? before.track : slider;
  return { ...before, track: { ...slider, min, max } };
}
