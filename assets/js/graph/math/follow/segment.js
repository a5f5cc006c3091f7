/**
 * @param {import('./follow.js').Point} p
 * @param {import('./follow.js').Point} a
 * @param {import('./follow.js').Point} b
 * @param {import('./follow.js').Seen} seen
 * @returns {number} the distance of p from the segment from a to b, in pixels
 */
export function distanceToSegment(p, a, b, { pixel }) {
  const [ax, ay] = [(a.x - p.x) / pixel.x, (a.y - p.y) / pixel.y];
  const [dx, dy] = [(b.x - a.x) / pixel.x, (b.y - a.y) / pixel.y];
  const length = dx * dx + dy * dy;
  const share = length === 0 ? 0 : Math.min(1, Math.max(0, -(ax * dx + ay * dy) / length));
  const distance = Math.hypot(ax + share * dx, ay + share * dy);
  return distance === distance ? distance : Infinity;
}
