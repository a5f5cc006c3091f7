/** @typedef {import('../plane/tools.js').Pixel} Pixel */
/** @typedef {import('../plane/tools.js').Pointer} Pointer */
/** @typedef {import('../plane/tools.js').Grab} Grab */

/**
 * What gestures do to the plane; pixels are relative to its top left corner.
 *
 * @typedef {object} PlaneMoves
 * @property {(dx: number, dy: number) => void} pan by pixels
 * @property {(at: Pixel, factor: number) => void} zoom about a pixel
 * @property {(at: Pixel, pointer: Pointer) => Grab | null} grab null if a drag should move the plane
 * @property {(at: Pixel, pointer: Pointer) => void} tap
 * @property {(at: Pixel | null) => void} hover null when the mouse has left
 */

/** A press with less movement than this, in pixels, is a tap. */
const SLOP_PX = { mouse: 3, pen: 5, touch: 8 };

/** A gesture from the first pointer down to the last pointer up: what it moves, or that it was a tap. */
export class Drag {
  #moves;
  /** @type {Map<number, Pixel>} */
  #fingers = new Map();
  /** @type {Pointer} */
  #pointer = { kind: 'mouse', shiftKey: false };
  #start = { x: 0, y: 0 };
  #moved = 0;
  /** @type {Grab | null} */
  #grab = null;
  /** One of two fingers has dropped the grabbed thing; the other must not move the plane unexpectedly. */
  #isGrabOver = false;
  #isNoTap = false;

  /** @param {PlaneMoves} moves */
  constructor(moves) {
    this.#moves = moves;
  }

  /** @returns {boolean} whether a pointer is down */
  get isHeld() {
    return this.#fingers.size > 0;
  }

  /**
   * @param {number} id
   * @param {Pixel} at
   * @param {Pointer} pointer
   * @returns {boolean} whether the pointer is part of the gesture
   */
  begin(id, at, pointer) {
    if (this.#fingers.size === 2) return false;
    if (this.#fingers.size === 0) {
      this.#pointer = pointer;
      this.#start = at;
      this.#moved = 0;
      this.#isNoTap = false;
      this.#grab = this.#moves.grab(at, pointer);
    } else {
      this.#isNoTap = true;
      this.#yieldToPinch();
    }
    this.#fingers.set(id, at);
    return true;
  }

  /**
   * @param {number} id
   * @param {Pixel} now
   * @returns {boolean} whether the pointer is part of the gesture
   */
  move(id, now) {
    const before = this.#fingers.get(id);
    if (!before) return false;
    this.#moved += Math.hypot(now.x - before.x, now.y - before.y);
    if (this.#isStill) return true;
    this.#fingers.set(id, now);
    const other = [...this.#fingers].find(([otherId]) => otherId !== id)?.[1];
    if (this.#grab) this.#pull(this.#grab, now, other);
    else if (this.#isGrabOver) return true;
    else if (other) pinch(this.#moves, before, now, other);
    else this.#moves.pan(now.x - before.x, now.y - before.y);
    return true;
  }

  /**
   * @param {number} id
   * @param {boolean} isLifted released rather than cancelled
   */
  end(id, isLifted) {
    if (!this.#fingers.delete(id)) return;
    const grab = this.#grab;
    this.#grab = null;
    const isTap = isLifted && this.#isStill && !this.#isNoTap;
    if (grab) {
      this.#isGrabOver = this.#fingers.size > 0;
      if (isLifted && !this.#isStill) grab.end();
      else grab.cancel();
    }
    if (this.#fingers.size === 0) this.#isGrabOver = false;
    if (isTap) this.#moves.tap(this.#start, this.#pointer);
  }

  get #isStill() {
    return this.#moved < SLOP_PX[this.#pointer.kind];
  }

  /** Two fingers on something too small for both are meant for the plane. */
  #yieldToPinch() {
    if (!this.#grab || this.#grab.pinch || !this.#isStill) return;
    this.#grab.cancel();
    this.#grab = null;
  }

  /**
   * @param {Grab} grab
   * @param {Pixel} now
   * @param {Pixel | undefined} other
   */
  #pull(grab, now, other) {
    if (!other) grab.move(now);
    else if (grab.pinch) {
      const [first, second] = this.#fingers.values();
      grab.pinch([first, second]);
    }
  }
}

/**
 * One of two fingers has moved: their midpoint pans, their distance zooms.
 *
 * @param {PlaneMoves} moves
 * @param {Pixel} before
 * @param {Pixel} now
 * @param {Pixel} other
 */
function pinch(moves, before, now, other) {
  const distanceBefore = Math.hypot(before.x - other.x, before.y - other.y);
  const distanceNow = Math.hypot(now.x - other.x, now.y - other.y);
  moves.pan((now.x - before.x) / 2, (now.y - before.y) / 2);
  if (distanceBefore < 1 || distanceNow < 1) return;
  moves.zoom({ x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 }, distanceNow / distanceBefore);
}
