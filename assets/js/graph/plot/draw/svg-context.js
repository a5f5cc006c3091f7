/** The part of a 2D canvas context that drawing uses, written as SVG: lines stay sharp at any size. */

const SVG = 'http://www.w3.org/2000/svg';

/** @typedef {import('../viewport.js').Size} Size */

/** The properties kept by save and restored by restore. */
const STATE = /** @type {const} */ ([
  'fillStyle',
  'strokeStyle',
  'lineWidth',
  'lineCap',
  'lineJoin',
  'globalAlpha',
  'font',
  'textAlign',
  'textBaseline',
]);

/** @type {Record<string, string>} */
const ANCHORS = { center: 'middle', right: 'end', end: 'end' };

/** Distance of the text baseline below its top and middle, relative to the font size. */
/** @type {Record<string, number>} */
const BASELINES = { top: 0.8, hanging: 0.8, middle: 0.35, bottom: -0.2 };

/** Decimal places of coordinates: a hundredth of a pixel. */
const DIGITS = 2;

/** A stand-in for a 2D context with exactly the features that the plane uses. */
export class SvgContext {
  fillStyle = '#000';
  strokeStyle = '#000';
  lineWidth = 1;
  lineCap = 'butt';
  lineJoin = 'miter';
  globalAlpha = 1;
  font = '10px sans-serif';
  textAlign = 'start';
  textBaseline = 'alphabetic';
  element;
  #measure;
  /** @type {string[]} */
  #path = [];
  /** @type {readonly number[]} */
  #dashes = [];
  #matrix = new DOMMatrix();
  /** @type {{values: unknown[], dashes: readonly number[], matrix: DOMMatrix}[]} */
  #saved = [];

  /**
   * @param {Size} size
   * @param {CanvasRenderingContext2D} measure a context to measure text with
   */
  constructor({ width, height }, measure) {
    this.#measure = measure;
    this.element = document.createElementNS(SVG, 'svg');
    this.element.setAttribute('viewBox', `0 0 ${round(width)} ${round(height)}`);
    this.element.setAttribute('width', round(width));
    this.element.setAttribute('height', round(height));
  }

  /** @returns {string} the whole picture as an SVG file */
  get source() {
    return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(this.element)}\n`;
  }

  save() {
    this.#saved.push({
      values: STATE.map((name) => this[name]),
      dashes: this.#dashes,
      matrix: DOMMatrix.fromMatrix(this.#matrix),
    });
  }

  restore() {
    const saved = this.#saved.pop();
    if (!saved) return;
    Object.assign(this, Object.fromEntries(STATE.map((name, i) => [name, saved.values[i]])));
    this.#dashes = saved.dashes;
    this.#matrix = saved.matrix;
  }

  /** Device pixels mean nothing here: coordinates are CSS pixels. */
  setTransform() {
    this.#matrix = new DOMMatrix();
  }

  /** @param {...number} matrix */
  transform(...matrix) {
    this.#matrix.multiplySelf(new DOMMatrix(matrix));
  }

  /** @param {number} x @param {number} y */
  translate(x, y) {
    this.#matrix.translateSelf(x, y);
  }

  /** @param {number} angle */
  rotate(angle) {
    this.#matrix.rotateSelf((angle * 180) / Math.PI);
  }

  /** @param {readonly number[]} dashes */
  setLineDash(dashes) {
    this.#dashes = [...dashes];
  }

  beginPath() {
    this.#path = [];
  }

  /** @param {number} x @param {number} y */
  moveTo(x, y) {
    this.#path.push(`M${round(x)} ${round(y)}`);
  }

  /** @param {number} x @param {number} y */
  lineTo(x, y) {
    this.#path.push(`${this.#path.length === 0 ? 'M' : 'L'}${round(x)} ${round(y)}`);
  }

  /** @param {number} x @param {number} y @param {number} width @param {number} height */
  rect(x, y, width, height) {
    this.#path.push(`M${round(x)} ${round(y)}h${round(width)}v${round(height)}h${round(-width)}Z`);
  }

  /** @param {number} x @param {number} y @param {number} radius @param {number} from @param {number} to */
  arc(x, y, radius, from, to) {
    const at = (/** @type {number} */ angle) =>
      `${round(x + radius * Math.cos(angle))} ${round(y + radius * Math.sin(angle))}`;
    const radii = `A${round(radius)} ${round(radius)} 0`;
    // An SVG arc cannot be a full circle, so it is drawn as two.
    const middle = (from + to) / 2;
    const isLarge = Math.abs(to - from) / 2 > Math.PI ? 1 : 0;
    const sweep = to >= from ? 1 : 0;
    this.#path.push(
      `${this.#path.length === 0 ? 'M' : 'L'}${at(from)}${radii} ${isLarge} ${sweep} ${at(middle)}${radii} ${isLarge} ${sweep} ${at(to)}`,
    );
  }

  /** @param {string} [rule] */
  fill(rule = 'nonzero') {
    this.#add('path', {
      d: this.#path.join(''),
      fill: this.fillStyle,
      'fill-rule': rule,
      'fill-opacity': this.globalAlpha,
    });
  }

  stroke() {
    this.#add('path', { d: this.#path.join(''), fill: 'none', ...this.#line() });
  }

  /** There is nothing below. */
  clearRect() {}

  /** @param {number} x @param {number} y @param {number} width @param {number} height */
  fillRect(x, y, width, height) {
    this.#add('rect', {
      x: round(x),
      y: round(y),
      width: round(width),
      height: round(height),
      fill: this.fillStyle,
      'fill-opacity': this.globalAlpha,
    });
  }

  /** @param {string} text @param {number} x @param {number} y */
  fillText(text, x, y) {
    this.#write(text, x, y, { fill: this.fillStyle, 'fill-opacity': this.globalAlpha });
  }

  /** @param {string} text @param {number} x @param {number} y */
  strokeText(text, x, y) {
    this.#write(text, x, y, { fill: 'none', ...this.#line() });
  }

  /** @param {string} text */
  measureText(text) {
    this.#measure.font = this.font;
    return this.#measure.measureText(text);
  }

  /**
   * Adds an embedded picture.
   *
   * @param {string} url data URL of the picture
   * @param {number} width
   * @param {number} height
   */
  image(url, width, height) {
    this.#add('image', {
      href: url,
      width: round(width),
      height: round(height),
      preserveAspectRatio: 'none',
      opacity: this.globalAlpha,
    });
  }

  #line() {
    return {
      stroke: this.strokeStyle,
      'stroke-width': round(this.lineWidth),
      'stroke-linecap': this.lineCap,
      'stroke-linejoin': this.lineJoin,
      'stroke-opacity': this.globalAlpha,
      ...(this.#dashes.length > 0 ? { 'stroke-dasharray': this.#dashes.map(round).join(' ') } : {}),
    };
  }

  /** @param {string} text @param {number} x @param {number} y @param {Record<string, string | number>} paint */
  #write(text, x, y, paint) {
    const [, size, family] = /([\d.]+)px\s+(.*)$/.exec(this.font) ?? ['', '10', 'sans-serif'];
    const base = y + Number(size) * (BASELINES[this.textBaseline] ?? 0);
    const node = this.#add('text', {
      x: round(x),
      y: round(base),
      'font-size': size,
      'font-family': family,
      'text-anchor': ANCHORS[this.textAlign] ?? 'start',
      ...paint,
    });
    if (/\bitalic\b/.test(this.font)) node.setAttribute('font-style', 'italic');
    const [weight] = /\b\d00\b/.exec(this.font) ?? [];
    if (weight) node.setAttribute('font-weight', weight);
    node.textContent = text;
  }

  /** @param {string} name @param {Record<string, string | number>} attributes */
  #add(name, attributes) {
    const node = document.createElementNS(SVG, name);
    for (const [attribute, value] of Object.entries(attributes)) node.setAttribute(attribute, String(value));
    if (!this.#matrix.isIdentity) {
      const { a, b, c, d, e, f } = this.#matrix;
      node.setAttribute('transform', `matrix(${[a, b, c, d, e, f].join(' ')})`);
    }
    this.element.append(node);
    return node;
  }
}

/** @param {number} value @returns {string} */
function round(value) {
  return String(Number(value.toFixed(DIGITS)));
}
