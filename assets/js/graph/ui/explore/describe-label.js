import { labelText } from '../../plot/draw/label.js';
import { toPlain } from '../input/to-plain.js';

/** Descriptions of the labels beside points. */

/** Labels of one line that are listed one by one. */
const MOST_LABELS = 6;

/**
 * @param {import('../../state/label.js').Label} label
 * @param {string} [latex] what has already been said about the points
 * @returns {string} `keystone`, or several separated by semicolons; empty if they repeat the formula
 */
export function labelWords(label, latex = '') {
  const texts = [...new Set(label.points.map((point, i) => labelText(label, point, i).trim()))].filter(Boolean);
  if (texts.length === 1 && bare(texts[0]) === bare(toPlain(latex))) return '';
  const more = texts.length - MOST_LABELS;
  return [...texts.slice(0, MOST_LABELS), ...(more > 0 ? [`${more} more`] : [])].join('; ');
}

/**
 * @param {{drawables: readonly import('../../state/scene.js').Drawable[], labels: readonly
 *   import('../../state/label.js').Label[]}} scene
 * @returns {import('../../state/label.js').Label[]} the labels whose points are hidden
 */
export function loneLabels({ drawables, labels }) {
  const drawn = new Set(drawables.map(({ key }) => key));
  return labels.filter(({ key }) => !drawn.has(key));
}

/** @param {string} text @returns {string} without characters that vary between notations */
function bare(text) {
  return text.replaceAll(/\s/g, '').replaceAll('\u2212', '-');
}
