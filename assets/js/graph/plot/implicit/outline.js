import { Points } from './points.js';

/**
 * The outline of an area assembled from cells. Sides shared by two cells cancel, so that the area can be filled at
 * once, without seams.
 */
export class Outline {
  /** @type {Map<number, Turn[]>} by x: vertical sides that run up (1) or down (-1) from a y */
  #upright = new Map();
  /** @type {Map<number, Turn[]>} by y */
  #level = new Map();
  /** @type {number[]} x, y, x, y of each side that no other cell shares */
  #slanted = [];

  /**
   * Adds a cell.
   *
   * @param {number[]} corners x, y, x, y, … counterclockwise; sides shared with another cell are vertical or horizontal
   */
  add(corners) {
    for (let i = 0; i < corners.length; i += 2) {
      const [x, y] = [corners[i], corners[i + 1]];
      const [u, v] = [corners[(i + 2) % corners.length], corners[(i + 3) % corners.length]];
      if (x === u) addSide(this.#upright, x, y, v);
      else if (y === v) addSide(this.#level, y, x, u);
      else this.#slanted.push(x, y, u, v);
    }
  }

  /**
   * @returns {Generator<void, number[][]>} returns, after pauses, closed polygons x, y, x, y, … with the area on their
   *   left
   */
  *polygons() {
    const sides = this.#slanted.slice();
    for (const [x, turns] of this.#upright) {
      for (const [from, to] of remains(turns)) sides.push(x, from, x, to);
      yield;
    }
    for (const [y, turns] of this.#level) {
      for (const [from, to] of remains(turns)) sides.push(from, y, to, y);
      yield;
    }
    return chained(sides);
  }
}

/** @typedef {{at: number, by: number}} Turn change of the number of sides along a line, going up */

/** @param {Map<number, Turn[]>} lines @param {number} line @param {number} from @param {number} to */
function addSide(lines, line, from, to) {
  const by = from < to ? 1 : -1;
  const turns = [
    { at: Math.min(from, to), by },
    { at: Math.max(from, to), by: -by },
  ];
  const known = lines.get(line);
  if (known === undefined) lines.set(line, turns);
  else known.push(...turns);
}

/** @param {Turn[]} turns @returns {[number, number][]} the remaining sides, from and to */
function remains(turns) {
  turns.sort((a, b) => a.at - b.at);
  /** @type {[number, number][]} */
  const sides = [];
  let [sum, since] = [0, 0];
  for (let i = 0; i < turns.length; ) {
    const { at } = turns[i];
    let change = 0;
    for (; i < turns.length && turns[i].at === at; i++) change += turns[i].by;
    if (change === 0) continue;
    if (sum > 0) sides.push([since, at]);
    else if (sum < 0) sides.push([at, since]);
    sum += change;
    since = at;
  }
  return sides;
}

/** @param {number[]} sides x, y, x, y of each side, which begins where another ends @returns {number[][]} */
function chained(sides) {
  const count = sides.length / 4;
  const points = new Points(count);
  // By the first side that begins at a point: the last one left there. By side: the previous one there.
  const last = new Int32Array(count).fill(-1);
  const before = new Int32Array(count);
  for (let i = 0; i < count; i++) {
    const point = points.first(sides[4 * i], sides[4 * i + 1], i);
    before[i] = last[point];
    last[point] = i;
  }
  const take = (/** @type {number} */ point) => {
    const side = point < 0 ? -1 : last[point];
    if (side >= 0) last[point] = before[side];
    return side;
  };
  const polygons = [];
  for (let point = 0; point < count; point++) {
    for (let side = take(point); side >= 0; side = take(point)) {
      const polygon = [];
      for (; side >= 0; side = take(points.find(sides[4 * side + 2], sides[4 * side + 3])))
        polygon.push(sides[4 * side], sides[4 * side + 1]);
      polygons.push(polygon);
    }
  }
  return polygons;
}
