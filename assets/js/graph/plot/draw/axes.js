import { crisp, fillLines } from './crisp-lines.js';
import { LABEL_GAP, LABEL_SIZE, drawLabel, originOf } from './numbers.js';

/** @typedef {import('./draw.js').View} View */

const ARROW_LENGTH = 9;
const ARROW_HALF_WIDTH = 4.5;
const NAME_SIZE = 14;

/**
 * @param {CanvasRenderingContext2D} context
 * @param {View} view
 */
export function drawAxes(context, view) {
  const { axes, theme, size } = view;
  const width = crisp(1.5 * Math.min(1, view.lineScale), view.pixelRatio);
  fillLines(context, view, { xs: view.showYAxis ? [0] : [], ys: view.showXAxis ? [0] : [], color: theme.axis, width });
  const origin = originOf(view);
  if (view.showXAxis && origin.isYSeen) {
    if (axes.x.arrows !== 'NONE') drawArrow(context, size.width, origin.y, 1, 0);
    if (axes.x.arrows === 'BOTH') drawArrow(context, 0, origin.y, -1, 0);
  }
  if (view.showYAxis && origin.isXSeen) {
    if (axes.y.arrows !== 'NONE') drawArrow(context, origin.x, 0, 0, -1);
    if (axes.y.arrows === 'BOTH') drawArrow(context, origin.x, size.height, 0, 1);
  }
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {number} x tip of the arrow
 * @param {number} y
 * @param {number} right direction of the arrow
 * @param {number} down
 */
function drawArrow(context, x, y, right, down) {
  const [u, v] = [x - right * ARROW_LENGTH, y - down * ARROW_LENGTH];
  context.beginPath();
  context.moveTo(x, y);
  context.lineTo(u - down * ARROW_HALF_WIDTH, v + right * ARROW_HALF_WIDTH);
  context.lineTo(u + down * ARROW_HALF_WIDTH, v - right * ARROW_HALF_WIDTH);
  context.fill();
}

/**
 * Draws the names of the axes: at the upper end of the y-axis and above the right end of the x-axis; if an axis is
 * outside the view, at the nearest edge.
 *
 * @param {CanvasRenderingContext2D} context
 * @param {View} view
 */
export function drawAxisNames(context, view) {
  const { axes, size, theme } = view;
  const origin = originOf(view);
  context.font = `600 ${NAME_SIZE}px ${theme.font}`;
  if (view.showXAxis && axes.x.name !== '') {
    context.textAlign = 'right';
    context.textBaseline = 'bottom';
    drawLabel(
      context,
      axes.x.name,
      size.width - LABEL_GAP - ARROW_LENGTH,
      Math.max(origin.y - LABEL_GAP, NAME_SIZE + LABEL_GAP),
      view,
    );
  }
  if (view.showYAxis && axes.y.name !== '') {
    context.textAlign = 'left';
    context.textBaseline = 'top';
    const room = size.width - LABEL_GAP - context.measureText(axes.y.name).width;
    drawLabel(
      context,
      axes.y.name,
      Math.min(origin.x + LABEL_GAP + ARROW_HALF_WIDTH, Math.max(LABEL_GAP, room)),
      LABEL_GAP,
      view,
    );
  }
  context.font = `${LABEL_SIZE}px ${theme.font}`;
}
