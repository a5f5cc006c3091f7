import { drawAxes, drawAxisNames } from './axes.js';
import { drawGrid } from './grid.js';
import { LABEL_SIZE, drawNumbers } from './numbers.js';
import { drawPolarGrid, drawRayNames } from './polar-grid.js';
import { ticks } from './ticks.js';

/** @typedef {import('./draw.js').View} View */
/** @typedef {{x: import('./ticks.js').Ticks, y: import('./ticks.js').Ticks}} AxisTicks */

/** Approximate number of labels along the shorter side of a plane, if they are far enough apart. */
const NUMBERS_ACROSS = 6;
const SPACING = /** @type {const} */ ([44, 75]);
/** The least space between two labels in pixels. */
const ROOM = 14;
/** How many times the step is increased for labels that are too long for it. */
const MOST_WIDENINGS = 3;

/**
 * Draws the grid, axes and labels of the axes.
 *
 * @param {CanvasRenderingContext2D} context in CSS pixels
 * @param {View} view
 */
export function drawPlane(context, view) {
  context.font = `${LABEL_SIZE}px ${view.theme.font}`;
  context.lineJoin = 'round';
  context.setLineDash([]);
  const axes = axisTicks(context, view);
  if (view.showGrid) (view.polarMode ? drawPolarGrid : drawGrid)(context, view, axes);
  drawAxes(context, view);
  drawNumbers(context, view, axes);
  if (view.showGrid && view.polarMode && view.polarNumbers) drawRayNames(context, view, axes);
  drawAxisNames(context, view);
}

/** @param {CanvasRenderingContext2D} context @param {View} view @returns {AxisTicks} */
function axisTicks(context, { viewport, size, axes, degreeMode }) {
  const { xmin, xmax, ymin, ymax } = viewport;
  const spacing = Math.min(SPACING[1], Math.max(SPACING[0], Math.min(size.width, size.height) / NUMBERS_ACROSS));
  const x = { ...axes.x, degrees: degreeMode };
  let across = ticks(xmin, xmax, size.width, { ...x, spacing });
  // Numbers far from the origin are long.
  for (let i = 0; i < MOST_WIDENINGS; i++) {
    const widest = Math.max(
      0,
      ...[across.major[0], across.major.at(-1)].map((tick) => context.measureText(tick?.label ?? '').width),
    );
    if (widest + ROOM <= (across.step / (xmax - xmin)) * size.width) break;
    across = ticks(xmin, xmax, size.width, { ...x, spacing: widest + ROOM });
  }
  return { x: across, y: ticks(ymin, ymax, size.height, { ...axes.y, spacing }) };
}
