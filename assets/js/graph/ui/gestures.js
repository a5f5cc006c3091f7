/**
 * What gestures ask of the plane; pixels are counted from its top left corner.
 *
 * @typedef {object} PlaneMoves
 * @property {(dx: number, dy: number) => void} pan by pixels
 * @property {(at: {x: number, y: number}, factor: number) => void} zoom about a pixel
 */

/** A tap is never quite still: less than this is no drag. */
const SLOP_PX = 3;

/** Zoom for one pixel of the wheel, which most mice turn by 100 at a time. */
const WHEEL_RATE = 0.0018;

/** A pinch on a touchpad comes as a wheel with the control key, in far smaller steps. */
const TOUCHPAD_PINCH_RATE = 0.01;

/** No single turn of a wheel zooms further than this. */
const WHEEL_LIMIT = 2;

const LINE_PX = 16;
const PAGE_PX = 400;

/**
 * Lets mouse, pen and fingers move the plane: drag to pan, two fingers to pinch, wheel to zoom.
 *
 * @param {HTMLElement} target its style must say `touch-action: none`
 * @param {PlaneMoves} moves
 */
export function listenToGestures(target, moves) {
  /** @type {Map<number, {x: number, y: number}>} */
  const pointers = new Map();
  let moved = 0;

  target.addEventListener('pointerdown', (event) => {
    if (event.button !== 0 || pointers.size === 2) return;
    if (pointers.size === 0) moved = 0;
    capture(target, event.pointerId);
    pointers.set(event.pointerId, pixelOf(event));
  });

  target.addEventListener('pointermove', (event) => {
    const before = pointers.get(event.pointerId);
    if (!before) return;
    const now = pixelOf(event);
    moved += Math.hypot(now.x - before.x, now.y - before.y);
    if (moved < SLOP_PX) return;
    pointers.set(event.pointerId, now);
    const other = [...pointers].find(([id]) => id !== event.pointerId)?.[1];
    if (other) pinch(moves, before, now, other);
    else moves.pan(now.x - before.x, now.y - before.y);
  });

  const release = (/** @type {PointerEvent} */ event) => pointers.delete(event.pointerId);
  target.addEventListener('pointerup', release);
  target.addEventListener('pointercancel', release);
  target.addEventListener('lostpointercapture', release);

  target.addEventListener('wheel', (event) => {
    event.preventDefault();
    const factor = wheelFactor(event);
    if (factor !== 1) moves.zoom(pixelOf(event), factor);
  }, { passive: false });
}

/**
 * One finger of two has moved: the middle between them pans, their distance zooms.
 *
 * @param {PlaneMoves} moves
 * @param {{x: number, y: number}} before
 * @param {{x: number, y: number}} now
 * @param {{x: number, y: number}} other
 */
function pinch(moves, before, now, other) {
  const distanceBefore = Math.hypot(before.x - other.x, before.y - other.y);
  const distanceNow = Math.hypot(now.x - other.x, now.y - other.y);
  moves.pan((now.x - before.x) / 2, (now.y - before.y) / 2);
  if (distanceBefore < 1 || distanceNow < 1) return;
  moves.zoom({ x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 }, distanceNow / distanceBefore);
}

/**
 * @param {WheelEvent} event
 * @returns {number}
 */
function wheelFactor(event) {
  const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE_PX : event.deltaMode === WheelEvent.DOM_DELTA_PAGE ? PAGE_PX : 1;
  const rate = event.ctrlKey && Math.abs(event.deltaY) < 50 ? TOUCHPAD_PINCH_RATE : WHEEL_RATE;
  const factor = Math.exp(-event.deltaY * unit * rate);
  return Math.min(WHEEL_LIMIT, Math.max(1 / WHEEL_LIMIT, factor));
}

/**
 * @param {MouseEvent} event
 * @returns {{x: number, y: number}}
 */
function pixelOf(event) {
  const box = /** @type {Element} */ (event.currentTarget).getBoundingClientRect();
  return { x: event.clientX - box.left, y: event.clientY - box.top };
}

/**
 * Keeps a drag going outside the plane.
 *
 * @param {HTMLElement} target
 * @param {number} pointerId
 */
function capture(target, pointerId) {
  try {
    target.setPointerCapture(pointerId);
  } catch {
    // A pointer that is gone already cannot be held: the drag ends by itself.
  }
}
