/** Frequencies at the lower and upper edge of the plane: two octaves that small speakers can play. */
const LOWEST_HZ = 220;
const HIGHEST_HZ = 880;
const VOLUME = 0.12;
/** Changes are smoothed over this time, or they would click. */
const GLIDE_S = 0.02;
/** A tone that no longer changes ends after this time. */
const REST_MS = 600;

/** Whether sound is on, until the page is left. */
let isWanted = false;

/**
 * The page's audio output while sound is on. Safari allows it to start only on a click or key press, not while a finger
 * moves along a curve, so it is created when sound is switched on, and kept.
 *
 * @type {{context: AudioContext, oscillator: OscillatorNode, volume: GainNode} | null}
 */
let sound = null;

/** A tone whose pitch follows the height of a curve. */
export class Tone {
  #timer = 0;

  /** @returns {boolean} */
  get isOn() {
    return isWanted;
  }

  /** @param {boolean} isOn */
  set isOn(isOn) {
    isWanted = isOn;
    if (isOn) sound ??= open();
    else this.#close();
  }

  /** @param {number} height from 0 (lower edge of the plane) to 1; NaN is silent */
  play(height) {
    if (!isWanted) return;
    if (!(height >= -1 && height <= 2)) {
      this.#fade();
      return;
    }
    const { context, oscillator, volume } = (sound ??= open());
    if (context.state !== 'running') context.resume().catch(() => {});
    const share = Math.min(1, Math.max(0, height));
    oscillator.frequency.setTargetAtTime(LOWEST_HZ * (HIGHEST_HZ / LOWEST_HZ) ** share, context.currentTime, GLIDE_S);
    volume.gain.setTargetAtTime(VOLUME, context.currentTime, GLIDE_S);
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => this.#fade(), REST_MS);
  }

  /** Ends the tone until it is played again. */
  stop() {
    clearTimeout(this.#timer);
    sound?.volume.gain.cancelScheduledValues(0).setValueAtTime(0, 0);
    sound?.context.suspend().catch(() => {});
  }

  #close() {
    clearTimeout(this.#timer);
    sound?.context.close().catch(() => {});
    sound = null;
  }

  #fade() {
    clearTimeout(this.#timer);
    sound?.volume.gain.setTargetAtTime(0, sound.context.currentTime, GLIDE_S);
  }
}

function open() {
  const context = new AudioContext();
  const oscillator = new OscillatorNode(context, { type: 'triangle', frequency: LOWEST_HZ });
  const volume = new GainNode(context, { gain: 0 });
  oscillator.connect(volume).connect(context.destination);
  oscillator.start();
  return { context, oscillator, volume };
}
