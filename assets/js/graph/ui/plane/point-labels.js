import { element } from '../parts/dom.js';

/** Distance of a label from its point in pixels. */
const GAP = 10;

/**
 * A label beside a point of the plane.
 *
 * @typedef {object} Label
 * @property {{x: number, y: number}} at position in plane units
 * @property {string} text
 * @property {string} about the approximate value, or ''
 */

/** Labels that stay beside their points while the plane moves, kept inside the plane. */
export class PointLabels {
  #plane;
  /** @type {Map<string, {node: HTMLElement, label: Label, width: number, height: number}>} */
  #shown = new Map();

  /** @param {import('./plane.js').Plane} plane */
  constructor(plane) {
    this.#plane = plane;
  }

  /** @param {ReadonlyMap<string, Label>} labels by a unique name */
  show(labels) {
    for (const [name, { node }] of this.#shown) {
      if (labels.has(name)) continue;
      node.remove();
      this.#shown.delete(name);
    }
    for (const [name, label] of labels) {
      const shown = this.#shown.get(name);
      if (shown && shown.label.text === label.text && shown.label.about === label.about) shown.label = label;
      else this.#make(name, label);
    }
    this.place();
  }

  /** Moves the labels to the current positions of their points. */
  place() {
    const { size } = this.#plane;
    for (const { node, label, width, height } of this.#shown.values()) {
      const { x, y } = this.#plane.toPixel(label.at);
      const isSeen = x >= 0 && y >= 0 && x <= size.width && y <= size.height;
      const left = x + GAP + width <= size.width ? x + GAP : Math.max(0, x - GAP - width);
      const top = y - GAP - height >= 0 ? y - GAP - height : Math.min(size.height - height, y + GAP);
      node.style.visibility = isSeen ? '' : 'hidden';
      node.style.transform = `translate(${Math.round(left)}px, ${Math.round(top)}px)`;
    }
  }

  /** @param {string} name @param {Label} label */
  #make(name, label) {
    this.#shown.get(name)?.node.remove();
    const about = label.about ? [element('span', { class: 'graph-point-about' }, `≈ ${label.about}`)] : [];
    const node = element('div', { class: 'graph-point-label' }, element('span', {}, label.text), ...about);
    this.#plane.over.append(node);
    this.#shown.set(name, { node, label, width: node.offsetWidth, height: node.offsetHeight });
  }
}
