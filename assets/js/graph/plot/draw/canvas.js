/**
 * Keeps a canvas at the size of its box and the resolution of the screen, and repaints it at most once a frame, only
 * when requested or resized. Unfinished drawings are continued in the following frames.
 */
export class CanvasView {
  #canvas;
  #context;
  #paint;
  #goOn;
  #resized;
  #observer;
  /** @type {MediaQueryList | null} */
  #resolution = null;
  #frame = 0;
  /** Whether a repaint is pending. */
  #isStale = false;
  #size = { width: 0, height: 0 };

  /**
   * @param {HTMLCanvasElement} canvas sized by CSS
   * @param {(context: CanvasRenderingContext2D, size: import('../viewport.js').Size, pixelRatio: number) => boolean}
   *   paint returns whether the drawing is complete
   * @param {() => boolean} goOn continues an unfinished drawing; returns whether there is more to show
   * @param {(size: import('../viewport.js').Size) => void} resized called before the canvas is drawn at a new size
   */
  constructor(canvas, paint, goOn, resized) {
    this.#canvas = canvas;
    // Not opaque: photos are below the canvas, where they move faster than if they were drawn on it.
    this.#context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
    this.#paint = paint;
    this.#goOn = goOn;
    this.#resized = resized;
    this.#observer = new ResizeObserver((entries) => {
      for (const { contentRect } of entries) this.#resize(contentRect.width, contentRect.height);
    });
    this.#observer.observe(canvas);
    this.#watchResolution();
  }

  /** @returns {Readonly<import('../viewport.js').Size>} in CSS pixels; 0 by 0 until laid out */
  get size() {
    return this.#size;
  }

  /** Requests a repaint in the next frame. */
  invalidate() {
    this.#isStale = true;
    this.#ask();
  }

  #ask() {
    this.#frame ||= requestAnimationFrame(() => this.#onFrame());
  }

  #onFrame() {
    this.#frame = 0;
    if (this.#isStale) this.#draw();
    else if (this.#goOn()) this.invalidate();
    else this.#ask();
  }

  destroy() {
    this.#observer.disconnect();
    this.#resolution?.removeEventListener('change', this.#onResolution);
    cancelAnimationFrame(this.#frame);
  }

  /**
   * @param {number} width
   * @param {number} height
   */
  #resize(width, height) {
    if (width === this.#size.width && height === this.#size.height) return;
    this.#size = { width, height };
    this.#resized(this.#size);
    // At once, because resizing clears a canvas.
    this.#draw();
  }

  #draw() {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    this.#isStale = false;
    const { width, height } = this.#size;
    if (width < 1 || height < 1) return;
    fitBitmap(this.#canvas, this.#size, devicePixelRatio);
    if (!this.#paint(this.#context, this.#size, devicePixelRatio)) this.#ask();
  }

  /** The ratio changes when the page is zoomed or the window moves to another screen. */
  #watchResolution() {
    this.#resolution = matchMedia(`(resolution: ${devicePixelRatio}dppx)`);
    this.#resolution.addEventListener('change', this.#onResolution, { once: true });
  }

  #onResolution = () => {
    this.#watchResolution();
    this.invalidate();
  };
}

/**
 * Gives the bitmap the size of its box in device pixels; a bitmap of the right size is left alone, because setting the
 * size clears it.
 *
 * @param {HTMLCanvasElement} canvas
 * @param {import('../viewport.js').Size} size in CSS pixels
 * @param {number} pixelRatio
 */
export function fitBitmap(canvas, { width, height }, pixelRatio) {
  const columns = Math.max(1, Math.round(width * pixelRatio));
  const rows = Math.max(1, Math.round(height * pixelRatio));
  if (canvas.width !== columns) canvas.width = columns;
  if (canvas.height !== rows) canvas.height = rows;
}
