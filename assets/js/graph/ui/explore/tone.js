/** Frequencies at the lower and the upper edge of the plane: two octaves, which small loudspeakers have. */
const LOWEST_HZ = 220;
const HIGHEST_HZ = 880;
const VOLUME = 0.12;
/** Changes glide, or they would click. */
const GLIDE_S = 0.02;
/** A tone that is not changed any more ends after this. */
const REST_MS = 600;

/** Whether tones are wanted: of the page, until it is left. */
let isWanted = false;

/**
 * The loudspeaker of the page, while tones are wanted. Safari lets one be begun by a press alone, not by a finger that moves
 * along a curve: so it is begun with the wish for it, and kept.
 *
 * @type {{context: AudioContext, oscillator: OscillatorNode, volume: GainNode} | null}
 */
let sound = null;

/** A tone that rises and falls with a curve. */
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

  /** @param {number} height from 0, the lower edge of the plane, to 1; NaN: there is nothing to be heard */
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

  /** Ends the tone, until it is played again. */
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
