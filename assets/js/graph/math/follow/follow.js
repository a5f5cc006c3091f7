/**
 * Tracing of curves: the point near a pointer, and the next point along the curve.
 *
 * @typedef {import('../../lang/types.js').Meaning} Meaning
 * @typedef {{x: number, y: number}} Point in plane units
 *
 * @typedef {object} Seen the view of the plane
 * @property {import('../../plot/viewport.js').Viewport} viewport
 * @property {Point} pixel width and height of a pixel in plane units
 *
 * @typedef {object} Position a position on a curve; x or y is NaN where undefined
 * @property {number} t position along the curve: a coordinate, a parameter, or the index of a point
 * @property {number} x
 * @property {number} y
 *
 * @typedef {object} Follower the follower of one curve
 * @property {(at: Point, seen: Seen) => number} distance approximate distance from a point, in pixels; Infinity if it
 *   is far
 * @property {(at: Point, seen: Seen) => Position | null} near the position meant by a pointer there
 * @property {(from: Position, pixels: number, seen: Seen) => Position} along about so many pixels further, backward if
 *   negative; the same position at an end
 */

import { FunctionFollower } from './function.js';
import { PathFollower } from './path.js';
import { PointsFollower } from './points.js';
import { RelationFollower } from './relation.js';
import { partsOf } from '../interest/interest.js';

/**
 * @param {Meaning} meaning
 * @param {{min: number, max: number}} domain range of the parameter, if it has one
 * @returns {Follower[]} one for each curve
 */
export function followersOf(meaning, domain) {
  if (meaning.kind === 'point') return [new PointsFollower(meaning.points)];
  if (meaning.kind === 'polar') return meaning.paths.map((path) => new PathFollower(path, domain));
  if (meaning.kind === 'parametric') return meaning.curves.map((path) => new PathFollower(path, domain));
  const { graphs, relations } = partsOf(meaning);
  return [
    ...graphs.map((graph) => new FunctionFollower(graph)),
    ...relations.map((relation) => new RelationFollower(relation)),
  ];
}
