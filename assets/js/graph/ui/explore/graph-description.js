import { partsOf } from '../../math/interest/interest.js';
import { isHidden, itemKind, itemText } from '../../state/item.js';
import { entryKeyOf } from '../../state/table-scene.js';
import { describePoints, describeShape } from './describe-curve.js';
import { labelWords, loneLabels } from './describe-label.js';
import { colorName, describeView } from './describe-graph.js';
import { button, element } from '../parts/dom.js';
import { toSpoken } from '../input/to-spoken.js';

/** @typedef {import('../../state/scene.js').Drawable} Drawable */

/** Curves that are described one by one. */
const MOST_CURVES = 12;

/**
 * Returns the description of the whole graph in words.
 *
 * @param {import('../editing.js').Editing} editing
 * @param {import('./curve-finder.js').CurveFinder} finder
 * @param {(drawable: Drawable) => readonly import('../../math/interest/interest.js').Interest[]} pointsOf
 * @param {() => void} close
 * @returns {HTMLElement[]}
 */
export function descriptionOf(editing, finder, pointsOf, close) {
  const {
    scene,
    document: { entries },
    plane,
  } = editing;
  const curves = scene.drawables.slice(0, MOST_CURVES).map((drawable) => {
    const number = entries.findIndex(({ key }) => key === entryKeyOf(drawable.key)) + 1;
    const heading = `${number}. ${toSpoken(drawable.latex)}`;
    const label = scene.labels.find(({ key }) => key === drawable.key);
    const words = label ? labelWords(label, drawable.latex) : '';
    const sentences = [
      `Drawn in ${colorName(drawable.style.color)}.`,
      ...(words ? [`Labelled ${words}.`] : []),
      ...sentencesOf(drawable, finder, pointsOf(drawable), plane.size),
    ];
    return element(
      'section',
      {},
      element('h3', {}, heading),
      ...sentences.map((sentence) => element('p', {}, sentence)),
    );
  });
  const more = scene.drawables.length - curves.length;
  const photos = entries
    .filter(({ item }) => itemKind(item) === 'image' && !isHidden(item))
    .map(({ item }) => itemText(item, 'description') || itemText(item, 'name') || 'without a description');
  return [
    element('h2', {}, 'The graph in words'),
    element('p', {}, `${curves.length === 0 ? 'Empty graph. ' : ''}In view: ${describeView(plane.viewport)}`),
    ...curves,
    ...(more > 0 ? [element('p', {}, `And ${more} more.`)] : []),
    ...loneLabels(scene).map((label) => element('p', {}, `Label: ${labelWords(label)}.`)),
    ...photos.map((text) => element('p', {}, `Photo: ${text}.`)),
    button('graph-deed', 'Close', close, 'Close'),
  ];
}

/**
 * @param {Drawable} drawable
 * @param {import('./curve-finder.js').CurveFinder} finder
 * @param {readonly import('../../math/interest/interest.js').Interest[]} points
 * @param {import('../../plot/viewport.js').Size} size
 * @returns {string[]}
 */
function sentencesOf({ meaning }, finder, points, size) {
  const { graphs } = partsOf(meaning);
  const shape =
    graphs.length === 1
      ? describeShape(graphs[0], points, finder.seen, size)
      : graphs.length > 1
        ? [`${graphs.length} curves.`]
        : [];
  if (meaning.kind === 'inequality') shape.unshift('A region, bounded by this curve.');
  return [...shape, ...describePoints(points, finder.seen)];
}
