/** The part of the visible plane that a new photo fills, so that its corners and surroundings stay visible. */
const PART = 0.7;

/**
 * Returns the placement of a new photo: upright, as large as fits, in the centre of the view or where it was dropped.
 *
 * @param {{width: number, height: number}} picture in pixels
 * @param {{viewport: import('../../plot/viewport.js').Viewport, size: import('../../plot/viewport.js').Size}} view
 * @param {{x: number, y: number}} [at] in plane units
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
