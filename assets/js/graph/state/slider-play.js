/**
 * The motion of a playing slider.
 *
 * @typedef {{position: number, direction: 1 | -1}} Motion `position` moves continuously; the slider's value is the
 *   nearest step
 */

/** @typedef {Pick<import('./slider.js').Slider, 'value' | 'min' | 'max' | 'step' | 'play'>} Track */

/**
 * Returns the start of the motion: the slider's value, or the other end if it would end at once.
 *
 * @param {Track} track
 * @returns {Motion}
 */
export function beginning({ value, min, max, play: { mode, direction } }) {
  if (mode === 'PLAY_INDEFINITELY') return { position: value, direction };
  const [start, end] = direction === 1 ? [min, max] : [max, min];
  const isOver = mode === 'PLAY_ONCE' && (end - value) * direction <= 0;
  return { position: isOver ? start : Math.min(max, Math.max(min, value)), direction };
}

/**
 * @param {Motion} motion
 * @param {Track} track
 * @param {number} elapsed milliseconds
 * @returns {Motion & {isOver: boolean}}
 */
export function advance({ position, direction }, { min, max, play: { mode, period } }, elapsed) {
  const span = max - min;
  const way = (span * elapsed) / period;
  // The distance travelled from the end where it began.
  const before = direction === 1 ? position - min : max - position;
  const come = before + way;
  const at = (/** @type {number} */ distance) => (direction === 1 ? min + distance : max - distance);
  switch (mode) {
    case 'PLAY_INDEFINITELY':
      return { position: position + direction * way, direction, isOver: false };
    case 'PLAY_ONCE':
      return { position: at(Math.min(span, come)), direction, isOver: come >= span };
    case 'LOOP_FORWARD':
      return { position: at(come <= span ? come : come % span), direction, isOver: false };
    default: {
      const turned = come % (2 * span);
      const isBack = turned > span;
      return {
        position: at(isBack ? 2 * span - turned : turned),
        direction: isBack ? /** @type {1 | -1} */ (-direction) : direction,
        isOver: false,
      };
    }
  }
}

/**
 * @param {number} position
 * @param {Track} track
 * @returns {number} the slider's value at that position
 */
export function valueAt(position, { min, max, step, play: { mode } }) {
  if (step === 0) return position;
  const stepped = min + Math.round((position - min) / step) * step;
  return mode !== 'PLAY_INDEFINITELY' && stepped > max ? stepped - step : stepped;
}
