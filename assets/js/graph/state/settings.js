import { interpret } from '../lang/index.js';
import { isRecord } from './json.js';

/**
 * The visible part of the plane, in plane units.
 *
 * @typedef {{xmin: number, xmax: number, ymin: number, ymax: number}} Viewport
 */

/**
 * The settings of the plane in a state.
 *
 * @typedef {object} Settings
 * @property {boolean} degreeMode whether angles are in degrees
 * @property {string} randomSeed seed of random()
 * @property {boolean} squareAxes whether both axes have the same scale
 * @property {boolean} showGrid
 * @property {boolean} showXAxis
 * @property {boolean} showYAxis
 * @property {boolean} xAxisNumbers
 * @property {boolean} yAxisNumbers
 * @property {boolean} polarMode whether the grid has circles and rays
 * @property {boolean} polarNumbers whether rays are labelled
 * @property {boolean} logarithmic whether an axis is logarithmic; preserved, but drawn linear
 * @property {boolean} firstQuadrant whether the grid is limited to positive x and y
 * @property {{x: AxisSettings, y: AxisSettings}} axes
 *
 * @typedef {object} AxisSettings
 * @property {string} name text at its end; '' for none
 * @property {number} step distance between numbers; 0 for automatic
 * @property {number} parts number of parts between numbers; 0 for automatic
 * @property {'NONE' | 'POSITIVE' | 'BOTH'} arrows at its ends
 */

/**
 * The viewport of a new graph. The plane shows this and, in its longer direction, more: on all but the widest screens x
 * runs from -10 to 10.
 *
 * @type {Readonly<Viewport>}
 */
export const HOME = Object.freeze({ xmin: -10, xmax: 10, ymin: -5, ymax: 5 });

/**
 * @param {unknown} graph the state's `graph`
 * @returns {Viewport} its viewport, or the home viewport if it has no usable one
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
 * @returns {Settings} missing or unreadable settings have the format's defaults
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

/**
 * @param {unknown} value a number, or LaTeX that is one, such as \frac{\pi}{2}
 * @returns {number} 0 if it is not a positive number
 */
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
