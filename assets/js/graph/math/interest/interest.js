/**
 * The points of interest of a curve: where it meets the axes and other curves, turns, ends or has a hole.
 *
 * @typedef {import('../../lang/types.js').Curve} Curve
 * @typedef {import('../../lang/types.js').Curve2} Curve2
 * @typedef {import('../../lang/types.js').Meaning} Meaning
 * @typedef {import('../../plot/viewport.js').Viewport} Viewport
 * @typedef {import('../../plot/viewport.js').Size} Size
 *
 * @typedef {'x-intercept' | 'y-intercept' | 'minimum' | 'maximum' | 'leftmost' | 'rightmost' | 'intersection' | 'end'
 *   | 'open-end' | 'hole' | 'point'} Kind
 *
 * @typedef {object} Interest a point, with a bound on the error of each coordinate
 * @property {number} x
 * @property {number} y
 * @property {number} errorX
 * @property {number} errorY
 * @property {Kind[]} kinds its kinds; several if they coincide
 *
 * @typedef {{of: 'x'|'y', curve: Curve}} Graph the graph of a function of that coordinate
 */

import { InterestFinder } from './interest-finder.js';
import { pathInterest } from './interest-path.js';

/** Lists may have hundreds of curves. */
const MOST_CURVES = 12;
const MOST_OTHERS = 24;

/**
 * @param {Meaning} meaning meaning of the curve
 * @param {readonly Meaning[]} others meanings that it may meet
 * @param {Viewport} viewport
 * @param {Size} size in pixels
 * @param {{min: number, max: number}} domain range of the parameter, if it has one
 * @returns {Generator<void, Interest[]>} the visible points, from left to right; yields after a little work, so that it
 *   can be spread over frames
 */
export function* interestOf(meaning, others, viewport, size, domain) {
  const finder = new InterestFinder(viewport, size);
  const { graphs, relations } = partsOf(meaning);
  const all = others.map(partsOf);
  const otherGraphs = all.flatMap((parts) => parts.graphs).slice(0, MOST_OTHERS);
  const otherRelations = all.flatMap((parts) => parts.relations).slice(0, MOST_OTHERS);
  for (const graph of graphs) {
    finder.breaks(graph);
    yield* finder.intercepts(graph);
    yield* finder.extrema(graph);
    for (const other of otherGraphs) yield* finder.meetings(graph, other);
    for (const relation of otherRelations) yield* finder.crossings(relation, graph);
  }
  for (const relation of relations) {
    yield* finder.relationIntercepts(relation);
    yield* finder.relationTurns(relation);
    for (const graph of otherGraphs) yield* finder.crossings(relation, graph);
  }
  for (const path of pathsOf(meaning)) yield* pathInterest(finder, path, domain, otherGraphs, otherRelations);
  if (meaning.kind === 'point')
    for (const { x, y } of meaning.points) finder.add('point', { x, y, errorX: 0, errorY: 0 });
  return finder.found();
}

/** @param {Meaning} meaning @returns {readonly import('../../lang/types.js').Path[]} */
function pathsOf(meaning) {
  if (meaning.kind === 'polar') return meaning.paths.slice(0, MOST_CURVES);
  return meaning.kind === 'parametric' ? meaning.curves.slice(0, MOST_CURVES) : [];
}

/**
 * @param {Meaning} meaning
 * @returns {{graphs: Graph[], relations: Curve2[]}} the curves that are drawn for it
 */
export function partsOf(meaning) {
  if (meaning.kind === 'function') {
    const { of, curves } = meaning;
    return { graphs: curves.slice(0, MOST_CURVES).map((curve) => ({ of, curve })), relations: [] };
  }
  if (meaning.kind === 'implicit') return { graphs: [], relations: meaning.curves.slice(0, MOST_CURVES) };
  if (meaning.kind !== 'inequality') return { graphs: [], relations: [] };
  const edges = meaning.regions.slice(0, MOST_CURVES).flatMap((region) => region.edges);
  return {
    graphs: edges.flatMap(({ solved }) => (solved === null ? [] : [solved])),
    relations: edges.flatMap(({ curve, solved }) => (solved === null ? [curve] : [])),
  };
}
