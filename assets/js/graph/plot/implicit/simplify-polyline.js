/**
 * Simplifies polylines: a wild curve is followed in steps of less than a pixel, all of which would be drawn in each
 * frame.
 */

/** Greatest distance in pixels of a dropped point from the result; a curve may be as far off its chord in addition. */
const TOLERANCE = 0.1;

/**
 * @param {number[]} line x, y, …
 * @param {number} unitX width of a pixel in plane units
 * @param {number} unitY height of a pixel in plane units
 * @returns {number[]} its ends, and those points that are not within tolerance of the line between two kept points
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

/** The directions in which a line may leave a point and still pass near all points absorbed so far. */
class Sector {
  #isFree = true;
  /** The left and right side of the sector, and the distance of the last point. */
  #lx = 0;
  #ly = 0;
  #rx = 0;
  #ry = 0;
  #far = 0;

  reset() {
    this.#isFree = true;
    this.#far = 0;
  }

  /**
   * @param {number} dx
   * @param {number} dy
   * @returns {boolean} whether a line to that point passes near all previous points; if so, the point is absorbed
   */
  takes(dx, dy) {
    const far = Math.sqrt(dx * dx + dy * dy);
    // A line that comes back is two lines.
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
