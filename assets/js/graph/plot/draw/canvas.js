/**
 * Keeps a canvas as large as its place in the page and as sharp as the screen, and draws it anew at most once a frame,
 * and only when asked to or when its size changed. What a drawing left undone is gone on with in frames between drawings.
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
  /** Whether it is to be drawn in the next frame. */
  #isStale = false;
  #size = { width: 0, height: 0 };

  /**
   * @param {HTMLCanvasElement} canvas sized by CSS
   * @param {(context: CanvasRenderingContext2D, size: import('../viewport.js').Size, pixelRatio: number) => boolean} paint says
   *   whether all of it has been drawn
   * @param {() => boolean} goOn works on what has not been drawn; says whether there is more to see by now
   * @param {(size: import('../viewport.js').Size) => void} resized told before the canvas is drawn in a new size
   */
  constructor(canvas, paint, goOn, resized) {
    this.#canvas = canvas;
    // Not opaque: photos lie beneath the canvas, where they move faster than drawn on it.
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

  /** Asks for a drawing in the next frame. */
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
    // At once, for a canvas is blank after a change of its size.
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
 * Gives the bitmap the size of its box in device pixels; a bitmap of the right size is left alone, for setting it
 * blanks it.
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
