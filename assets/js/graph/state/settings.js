import { interpret } from '../lang/index.js';
import { isRecord } from './json.js';

/**
 * The part of the plane that is looked at, in the plane's own units.
 *
 * @typedef {{xmin: number, xmax: number, ymin: number, ymax: number}} Viewport
 */

/**
 * What the state says of the plane itself.
 *
 * @typedef {object} Settings
 * @property {boolean} degreeMode angles are in degrees
 * @property {string} randomSeed what random() draws from
 * @property {boolean} squareAxes one unit is as long on both axes
 * @property {boolean} showGrid
 * @property {boolean} showXAxis
 * @property {boolean} showYAxis
 * @property {boolean} xAxisNumbers
 * @property {boolean} yAxisNumbers
 * @property {boolean} polarMode the grid is one of circles and rays
 * @property {boolean} polarNumbers the rays of such a grid are named
 * @property {boolean} logarithmic an axis is to grow by powers; kept, but drawn as an even one
 * @property {boolean} firstQuadrant the grid is drawn only where x and y are positive
 * @property {{x: AxisSettings, y: AxisSettings}} axes
 *
 * @typedef {object} AxisSettings
 * @property {string} name written at its end; '' for none
 * @property {number} step distance of two numbers; 0: as suits the zoom
 * @property {number} parts into how many such a step is cut by fine lines; 0: as suits it
 * @property {'NONE' | 'POSITIVE' | 'BOTH'} arrows at its ends
 */

/**
 * Where a new graph looks. A plane shows this and, in the direction in which it is longer, more: on all but the widest
 * screens x runs from -10 to 10.
 *
 * @type {Readonly<Viewport>}
 */
export const HOME = Object.freeze({ xmin: -10, xmax: 10, ymin: -5, ymax: 5 });

/**
 * @param {unknown} graph the state's `graph`
 * @returns {Viewport} its viewport, or the home viewport where it has none that can be looked at
 */
export function readViewport(graph) {
  const raw = isRecord(graph) ? graph.viewport : null;
  if (!isRecord(raw)) return { ...HOME };
  const { xmin, xmax, ymin, ymax } = raw;
  if (!isRange(xmin, xmax) || !isRange(ymin, ymax)) return { ...HOME };
  return /** @type {Viewport} */ ({ xmin, xmax, ymin, ymax });
}

/**
 * @param {unknown} graph the state's `graph`
 * @param {unknown} [randomSeed] the state's `randomSeed`
 * @returns {Settings} absent or unreadable settings are as the format has them by default
 */
export function readSettings(graph, randomSeed) {
  const raw = isRecord(graph) ? graph : {};
  return {
    degreeMode: raw.degreeMode === true,
    randomSeed: typeof randomSeed === 'string' ? randomSeed : '',
    squareAxes: raw.squareAxes !== false,
    showGrid: raw.showGrid !== false,
    showXAxis: raw.showXAxis !== false,
    showYAxis: raw.showYAxis !== false,
    xAxisNumbers: raw.xAxisNumbers !== false,
    yAxisNumbers: raw.yAxisNumbers !== false,
    polarMode: raw.polarMode === true,
    polarNumbers: raw.polarNumbers !== false,
    logarithmic: [raw.xAxisScale, raw.yAxisScale].includes('logarithmic'),
    firstQuadrant: raw.restrictGridToFirstQuadrant === true,
    axes: { x: readAxis(raw, 'x'), y: readAxis(raw, 'y') },
  };
}

/** @param {Record<string, unknown>} graph @param {'x' | 'y'} axis @returns {AxisSettings} */
function readAxis(graph, axis) {
  const [name, arrows] = [graph[`${axis}AxisLabel`], graph[`${axis}AxisArrowMode`]];
  return {
    name: typeof name === 'string' ? name : '',
    step: positive(graph[`${axis}AxisStep`]),
    parts: Math.round(positive(graph[`${axis}AxisMinorSubdivisions`])),
    arrows: arrows === 'POSITIVE' || arrows === 'BOTH' ? arrows : 'NONE',
  };
}

/** @param {unknown} value a number, or LaTeX that is one, such as \frac{\pi}{2} @returns {number} 0 where it is none */
function positive(value) {
  const number = typeof value === 'string' ? valueOf(value) : value;
  return typeof number === 'number' && Number.isFinite(number) && number > 0 ? number : 0;
}

/** @param {string} latex */
function valueOf(latex) {
  const meaning = interpret([{ id: '', latex }]).get('');
  return meaning?.kind === 'value' ? meaning.value : NaN;
}

/**
 * @param {unknown} low
 * @param {unknown} high
 */
function isRange(low, high) {
  return Number.isFinite(low) && Number.isFinite(high) && /** @type {number} */ (low) < /** @type {number} */ (high);
}
