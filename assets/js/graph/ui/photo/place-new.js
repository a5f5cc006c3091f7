/** A new photo takes up so much of what is seen, so that its corners and what is around it are seen, too. */
const PART = 0.7;

/**
 * Where a new photo lies: upright, as large as fits, in the middle of what is seen or where it was dropped.
 *
 * @param {{width: number, height: number}} picture in pixels
 * @param {{viewport: import('../../plot/viewport.js').Viewport, size: import('../../plot/viewport.js').Size}} view
 * @param {{x: number, y: number}} [at] a point of the plane
 * @returns {import('../../state/image.js').Placement}
 */
export function placeNew(picture, { viewport: { xmin, xmax, ymin, ymax }, size }, at) {
  const scale = PART * Math.min(size.width / picture.width, size.height / picture.height);
  return {
    center: at ?? { x: (xmin + xmax) / 2, y: (ymin + ymax) / 2 },
    width: (picture.width * scale * (xmax - xmin)) / size.width,
    height: (picture.height * scale * (ymax - ymin)) / size.height,
    angle: 0,
  };
}
