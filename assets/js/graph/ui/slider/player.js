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
 * @property {string} latex the line in the state, from which it has begun
 * @property {string} shown the line as it is at this moment
 */

/** A page that was held up goes on from where it was, not from where it would be. */
const LONGEST_FRAME_MS = 250;

const REDUCED_MOTION = '(prefers-reduced-motion: reduce)';

/**
 * Moves the sliders that play. That one plays is kept in the state, and so is where it was paused; where it happens to be
 * in between is no work of anybody's, and would only be sent about sixty times a second. So the values of each moment
 * lie above the list that is edited, and become part of it when the slider stops: a single edit, and a single step of
 * undo.
 */
export class SliderPlayer {
  #editing;
  #refresh;
  /** @type {Map<string, Playing>} by key */
  #playing = new Map();
  /** @type {Set<string>} those that the student has started; where less motion is wanted, no other one plays */
  #started = new Set();
  #frame = 0;
  #time = 0;

  /**
   * @param {import('../editing.js').Editing} editing
   * @param {() => void} refresh shows the graph with the next frame, and reports nothing
   */
  constructor(editing, refresh) {
    this.#editing = editing;
    this.#refresh = refresh;
  }

  /**
   * @param {readonly Entry[]} entries of the document
   * @returns {readonly Entry[]} as they are at this moment
   */
  moved(entries) {
    if (this.#playing.size === 0) return entries;
    return entries.map((entry) => {
      const playing = this.#playing.get(entry.key);
      // A number that is typed anew in the meantime is where it goes on from.
      if (!playing || itemLatex(entry.item) !== playing.latex) return entry;
      return { key: entry.key, item: withChanges(entry.item, { latex: playing.shown }) };
    });
  }

  /** Begins and ends what the state says, after the list has been understood. */
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
   * Plays, or pauses.
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
   * Stops a slider where it is, which becomes part of the state.
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
  // The track of one that goes on without end would grow with its value, and with the track its speed.
  const isEndless = slider.play.mode === 'PLAY_INDEFINITELY' && before.track.play.mode === 'PLAY_INDEFINITELY';
  const { min, max } = isEndless ? before.track : slider;
  return { ...before, track: { ...slider, min, max } };
}
