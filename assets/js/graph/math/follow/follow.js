/**
 * Going along curves: what is near to a pointer, and what comes next.
 *
 * @typedef {import('../../lang/types.js').Meaning} Meaning
 * @typedef {{x: number, y: number}} Point on the plane
 *
 * @typedef {object} Seen of the plane
 * @property {import('../../plot/viewport.js').Viewport} viewport
 * @property {Point} pixel its width and height, in units of the plane
 *
 * @typedef {object} Position on a curve; x or y is NaN where it is not defined
 * @property {number} t what is counted along the curve: a coordinate, a parameter, a number of a point
 * @property {number} x
 * @property {number} y
 *
 * @typedef {object} Follower of one curve
 * @property {(at: Point, seen: Seen) => number} distance about how far it is from a point, in pixels; Infinity if it is far
 * @property {(at: Point, seen: Seen) => Position | null} near what a pointer there means
 * @property {(from: Position, pixels: number, seen: Seen) => Position} along about so many pixels further, backward if negative;
 *   the same where it ends
 */

import { FunctionFollower } from './function.js';
import { PathFollower } from './path.js';
import { PointsFollower } from './points.js';
import { RelationFollower } from './relation.js';
import { partsOf } from '../interest/interest.js';

/**
 * @param {Meaning} meaning
 * @param {{min: number, max: number}} domain of the parameter, if it has one
 * @returns {Follower[]} one for each curve of it
 */
export function followersOf(meaning, domain) {
  if (meaning.kind === 'point') return [new PointsFollower(meaning.points)];
  if (meaning.kind === 'polar') return meaning.paths.map((path) => new PathFollower(path, domain));
  if (meaning.kind === 'parametric') return meaning.curves.map((path) => new PathFollower(path, domain));
  const { graphs, relations } = partsOf(meaning);
  return [...graphs.map((graph) => new FunctionFollower(graph)), ...relations.map((relation) => new RelationFollower(relation))];
}
