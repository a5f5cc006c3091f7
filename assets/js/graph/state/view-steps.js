import { isRecord, withChanges } from './json.js';
import { readViewport } from './settings.js';

/**
 * The viewport in the undo history. Looking around is not an edit: a step leaves the viewport alone, unless moving it
 * was the step itself.
 *
 * @typedef {import('./document.js').Content} Content
 */

const VIEWPORT_STASH = '__v12ViewportLatexStash';

/**
 * @param {Content} content
 * @param {import('./settings.js').Viewport} viewport
 * @returns {Content}
 */
export function withView(content, viewport) {
  const graph = isRecord(content.root.graph) ? content.root.graph : {};
  /** @type {Record<string, unknown>} */
  const changes = { viewport: withChanges(graph.viewport, viewport) };
  // States on their way to version 12 carry the same four numbers a second time, as LaTeX; left behind, the older pair
  // would win there.
  if (isRecord(graph[VIEWPORT_STASH])) {
    const latex = Object.fromEntries(Object.entries(viewport).map(([side, value]) => [side, String(value)]));
    changes[VIEWPORT_STASH] = withChanges(graph[VIEWPORT_STASH], latex);
  }
  return { ...content, root: { ...content.root, graph: withChanges(graph, changes) } };
}

/**
 * @param {Content} target the content after a step
 * @param {Content} current the content before it
 * @returns {{target: Content, current: Content}} both with the viewports they should have
 */
export function keepView(target, current) {
  const graph = isRecord(current.root.graph) ? current.root.graph : {};
  const view = readViewport(graph);
  if (target.view) {
    const { view: goal, ...rest } = target;
    return { target: withView(rest, goal), current: { ...current, view } };
  }
  const other = readViewport(target.root.graph);
  const isSame = ['xmin', 'xmax', 'ymin', 'ymax'].every((side) => Reflect.get(view, side) === Reflect.get(other, side));
  return { target: isSame ? target : withView(target, view), current };
}
