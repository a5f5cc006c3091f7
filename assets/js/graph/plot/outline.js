/**
 * The outline of an area that is put together from cells: what two cells share falls away, so that the area can be
 * filled at once, without seams.
 */
export class Outline {
  /** @type {Map<number, Turn[]>} by x: sides of cells that run upward (1) or downward (-1) from some y on */
  #upright = new Map();
  /** @type {Map<number, Turn[]>} by y */
  #level = new Map();
  /** @type {number[][]} x, y, x, y: sides that no other cell has */
  #slanted = [];

  /**
   * Adds a cell.
   *
   * @param {number[]} corners x, y, x, y, … counterclockwise; a side that another cell has too is upright or level
   */
  add(corners) {
    for (let i = 0; i < corners.length; i += 2) {
      const [x, y] = [corners[i], corners[i + 1]];
      const [u, v] = [corners[(i + 2) % corners.length], corners[(i + 3) % corners.length]];
      if (x === u) addSide(this.#upright, x, y, v);
      else if (y === v) addSide(this.#level, y, x, u);
      else this.#slanted.push([x, y, u, v]);
    }
  }

  /** @returns {number[][]} closed polygons x, y, x, y, …, the area to their left */
  polygons() {
    const sides = [...this.#slanted];
    for (const [x, turns] of this.#upright) for (const [from, to] of remains(turns)) sides.push([x, from, x, to]);
    for (const [y, turns] of this.#level) for (const [from, to] of remains(turns)) sides.push([from, y, to, y]);
    return chained(sides);
  }
}

/** @typedef {{at: number, by: number}} Turn how the number of sides along a line changes, going upward */

/** @param {Map<number, Turn[]>} lines @param {number} line @param {number} from @param {number} to */
function addSide(lines, line, from, to) {
  const by = from < to ? 1 : -1;
  const turns = [{ at: Math.min(from, to), by }, { at: Math.max(from, to), by: -by }];
  const known = lines.get(line);
  if (known === undefined) lines.set(line, turns);
  else known.push(...turns);
}

/** @param {Turn[]} turns @returns {[number, number][]} sides that are left, from and to */
function remains(turns) {
  turns.sort((a, b) => a.at - b.at);
  /** @type {[number, number][]} */
  const sides = [];
  let [sum, since] = [0, 0];
  for (let i = 0; i < turns.length;) {
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

/** @param {number[][]} sides each of which begins where another ends @returns {number[][]} */
function chained(sides) {
  /** @type {Map<string, number[][]>} */
  const from = new Map();
  for (const side of sides) {
    const key = `${side[0]},${side[1]}`;
    const known = from.get(key);
    if (known === undefined) from.set(key, [side]);
    else known.push(side);
  }
  const polygons = [];
  for (const first of from.values()) {
    for (let side = first.pop(); side !== undefined; side = first.pop()) {
      const polygon = [];
      for (; side !== undefined; side = from.get(`${side[2]},${side[3]}`)?.pop()) polygon.push(side[0], side[1]);
      polygons.push(polygon);
    }
  }
  return polygons;
}
