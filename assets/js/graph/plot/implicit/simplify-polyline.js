/**
 * Polylines with fewer points: a wild curve is followed in steps of less than a pixel, all of which would be drawn again
 * in each picture.
 */

/** How far what is left out may lie off, in pixels; a curve may lie as far off its chord besides. */
const TOLERANCE = 0.1;

/**
 * @param {number[]} line x, y, …
 * @param {number} unitX what is a pixel wide
 * @param {number} unitY what is a pixel high
 * @returns {number[]} its ends, and what of the rest is not as good as on the way between two points that are kept
 */
export function thinned(line, unitX, unitY) {
  if (line.length <= 4) return line;
  const result = [line[0], line[1]];
  const sector = new Sector();
  let [x, y] = [line[0], line[1]];
  for (let k = 2; k < line.length; k += 2) {
    if (sector.takes((line[k] - x) / unitX, (line[k + 1] - y) / unitY)) continue;
    [x, y] = [line[k - 2], line[k - 1]];
    result.push(x, y);
    sector.reset();
    sector.takes((line[k] - x) / unitX, (line[k + 1] - y) / unitY);
  }
  result.push(line[line.length - 2], line[line.length - 1]);
  return result;
}

/** The directions in which a line may leave a point, to pass near all points that it took. */
class Sector {
  #isFree = true;
  /** Its left and its right side, and how far away the last point was. */
  #lx = 0;
  #ly = 0;
  #rx = 0;
  #ry = 0;
  #far = 0;

  reset() {
    this.#isFree = true;
    this.#far = 0;
  }

  /** @param {number} dx @param {number} dy @returns {boolean} whether a line to that point passes near all before; if so, it is taken */
  takes(dx, dy) {
    const far = Math.sqrt(dx * dx + dy * dy);
    // A line that comes back is two.
    if (far < this.#far) return false;
    if (!this.#isFree && (this.#rx * dy - this.#ry * dx < 0 || dx * this.#ly - dy * this.#lx < 0)) return false;
    this.#far = far;
    if (far <= TOLERANCE) return true;
    const sine = TOLERANCE / far;
    const cosine = Math.sqrt(1 - sine * sine);
    const [lx, ly] = [dx * cosine - dy * sine, dy * cosine + dx * sine];
    const [rx, ry] = [dx * cosine + dy * sine, dy * cosine - dx * sine];
    if (this.#isFree || lx * this.#ly - ly * this.#lx > 0) [this.#lx, this.#ly] = [lx, ly];
    if (this.#isFree || this.#rx * ry - this.#ry * rx > 0) [this.#rx, this.#ry] = [rx, ry];
    this.#isFree = false;
    return true;
  }
}
