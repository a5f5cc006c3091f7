import { fitBitmap } from './plot/canvas.js';
import { drawGraph } from './plot/draw.js';
import { PAPER } from './plot/paper.js';
import { Relations } from './plot/relations.js';
import { squareAxes } from './plot/viewport.js';
import { GraphDocument } from './state/document.js';
import { sceneOf } from './state/scene.js';

/** The width of a plane that a state is made on; a thumbnail is that plane seen from further away. */
const FULL_WIDTH = 800;

/** Lines thinner than this part of their width are lost on a poster. */
const THINNEST = 0.75;

/** Operations for the equations and inequalities of one thumbnail: a few milliseconds. */
const WORK = 2e6;

/**
 * Draws a small picture of a graph, without numbers: at once, without loading anything.
 *
 * @param {HTMLCanvasElement} canvas
 * @param {unknown} state a Desmos state
 * @param {{width: number, height: number, pixelRatio?: number}} box in CSS pixels
 */
export function drawThumbnail(canvas, state, { width, height, pixelRatio = 1 }) {
  const context = canvas.getContext('2d');
  if (!context || !(width > 0 && height > 0)) return;
  const graph = new GraphDocument(state);
  const { settings, viewport } = graph;
  const size = { width, height };
  fitBitmap(canvas, size, pixelRatio);
  drawGraph(context, sceneOf(graph.entries, settings).drawables, {
    ...settings,
    xAxisNumbers: false,
    yAxisNumbers: false,
    viewport: settings.squareAxes ? squareAxes(viewport, size) : viewport,
    size,
    pixelRatio,
    theme: PAPER,
    lineScale: Math.min(1, Math.max(THINNEST, width / FULL_WIDTH)),
    relations: new Relations(WORK),
  });
}
