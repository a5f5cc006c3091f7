import { Drag } from '../parts/drag.js';

/** Zoom per pixel of the wheel; most mice send 100 at a time. */
const WHEEL_RATE = 0.0018;

/** A pinch on a touchpad arrives as a wheel event with the Control key, in much smaller steps. */
const TOUCHPAD_PINCH_RATE = 0.01;

/** The largest zoom of a single wheel event. */
const WHEEL_LIMIT = 2;

const LINE_PX = 16;
const PAGE_PX = 400;

/**
 * Handles gestures on the plane and what is on it by mouse, pen and touch: drag, pinch, wheel, tap.
 *
 * @param {HTMLElement} target must have the style `touch-action: none`
 * @param {import('../parts/drag.js').PlaneMoves} moves
 */
export function listenToGestures(target, moves) {
  const drag = new Drag(moves);

  target.addEventListener('pointerdown', (event) => {
    if (event.button !== 0 || !drag.begin(event.pointerId, pixelOf(event), pointerOf(event))) return;
    capture(target, event.pointerId);
  });
  target.addEventListener('pointermove', (event) => {
    if (!drag.move(event.pointerId, pixelOf(event)) && event.pointerType !== 'touch') moves.hover(pixelOf(event));
  });
  target.addEventListener('pointerleave', () => moves.hover(null));
  target.addEventListener('pointerup', (event) => drag.end(event.pointerId, true));
  for (const lost of /** @type {const} */ (['pointercancel', 'lostpointercapture'])) {
    target.addEventListener(lost, (event) => drag.end(event.pointerId, false));
  }

  target.addEventListener(
    'wheel',
    (event) => {
      event.preventDefault();
      const factor = wheelFactor(event);
      if (factor !== 1) moves.zoom(pixelOf(event), factor);
    },
    { passive: false },
  );
  listenToSafarisPinch(target, (at, factor) => {
    if (!drag.isHeld) moves.zoom(at, factor);
  });
}

/**
 * Handles a pinch on a Mac's touchpad in Safari, which sends gesture events instead of wheel events and would otherwise
 * zoom the page. (On an iPad they come in addition to touch events.)
 *
 * @param {HTMLElement} target
 * @param {(at: import('./tools.js').Pixel, factor: number) => void} zoom
 */
function listenToSafarisPinch(target, zoom) {
  let before = 1;
  for (const type of ['gesturestart', 'gesturechange']) {
    target.addEventListener(type, (event) => {
      const pinch = /** @type {MouseEvent & {scale: number}} */ (event); // `scale` is relative to the start of the gesture.
      pinch.preventDefault();
      if (type === 'gesturechange') zoom(pixelOf(pinch), pinch.scale / before);
      before = pinch.scale;
    });
  }
}

/**
 * @param {WheelEvent} event
 * @returns {number}
 */
function wheelFactor(event) {
  const unit =
    event.deltaMode === WheelEvent.DOM_DELTA_LINE
      ? LINE_PX
      : event.deltaMode === WheelEvent.DOM_DELTA_PAGE
        ? PAGE_PX
        : 1;
  const rate = event.ctrlKey && Math.abs(event.deltaY) < 50 ? TOUCHPAD_PINCH_RATE : WHEEL_RATE;
  const factor = Math.exp(-event.deltaY * unit * rate);
  return Math.min(WHEEL_LIMIT, Math.max(1 / WHEEL_LIMIT, factor));
}

/**
 * @param {PointerEvent} event
 * @returns {import('./tools.js').Pointer}
 */
function pointerOf({ pointerType, shiftKey }) {
  return { kind: pointerType === 'touch' || pointerType === 'pen' ? pointerType : 'mouse', shiftKey };
}

/**
 * @param {MouseEvent} event
 * @returns {import('./tools.js').Pixel}
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
    // A pointer that is already gone cannot be captured: the drag ends by itself.
  }
}
