/** One version of a work in a comparison: its picture, the lines of its graph, and its notes. */
import { element } from '../lib/dom.js';
import { difference, onlyHere } from '../museum/text-difference.js';
import { shownPhoto } from '../museum/photo.js';
import { hasGraph } from '../museum/tile.js';
import { outline } from '../graph/list-text.js';
import { drawThumbnail } from '../graph/thumbnail.js';

/** @typedef {import('../museum/text-difference.js').Stretch} Stretch */
/** @typedef {Pick<import('../museum/tile.js').Tile, 'desmos_state' | 'description'>} Content */

/**
 * @param {object} parts
 * @param {string} parts.title
 * @param {string} [parts.about] when and where it was saved
 * @param {Content} parts.content
 * @param {Content} [parts.other] the version to compare with: what only this one has is marked
 * @param {HTMLElement} [parts.action] a button at the end
 */
export function makeVersionPanel({ title, about, content, other, action }) {
  return element(
    'section',
    { class: 'version-panel', 'aria-label': title },
    element(
      'div',
      { class: 'version-panel__head' },
      element('h3', { class: 'version-panel__title' }, title),
      about && element('p', { class: 'version-panel__about' }, about),
    ),
    paper(content.desmos_state),
    lines(content.desmos_state, other?.desmos_state),
    notes(content.description, other?.description),
    action,
  );
}

/** @param {any} state */
function paper(state) {
  if (!hasGraph(state))
    return element('div', { class: 'version-panel__paper version-panel__paper--empty' }, 'No graph');
  const canvas = element('canvas', { class: 'version-panel__drawing', 'aria-hidden': 'true' });
  const made = element('div', { class: 'version-panel__paper' }, canvas);
  new ResizeObserver(() => {
    const { width, height } = made.getBoundingClientRect();
    void drawThumbnail(canvas, state, { width, height, pixelRatio: window.devicePixelRatio, resolveImage: shownPhoto });
  }).observe(made);
  return made;
}

/**
 * @param {any} state
 * @param {any} [other] without it nothing is marked
 */
function lines(state, other) {
  const own = outline(state);
  if (own.length === 0) return null;
  const marked = other === undefined ? [] : onlyHere(own, outline(other));
  return element(
    'ul',
    { class: 'version-panel__lines', role: 'list', 'aria-label': 'In the graph' },
    ...own.map((text, i) => element('li', {}, marked[i] ? mark(text) : text)),
  );
}

/**
 * @param {string} text
 * @param {string} [other]
 */
function notes(text, other) {
  if (text.trim() === '') return element('p', { class: 'version-panel__about' }, 'No notes');
  /** @type {Stretch[]} */
  const stretches = other === undefined ? [{ text, differs: false }] : difference(text, other).left;
  return element(
    'p',
    { class: 'version-panel__notes' },
    ...stretches.flatMap((each) => (each.differs ? markWords(each.text) : [each.text])),
  );
}

/**
 * Marks a stretch of the notes, without white space at its ends.
 *
 * @param {string} text
 */
function markWords(text) {
  const words = text.trim();
  const start = text.indexOf(words);
  return words === '' ? [text] : [text.slice(0, start), mark(words), text.slice(start + words.length)];
}

/** @param {string} text */
function mark(text) {
  return element('mark', { class: 'version-panel__mark' }, unseen('only here: '), text, unseen(' (up to here)'));
}

/** @param {string} words */
function unseen(words) {
  return element('span', { class: 'visually-hidden' }, words);
}
