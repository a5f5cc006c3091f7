import { Grapher } from './ui/grapher.js';

/** @typedef {import('./ui/grapher.js').GrapherOptions} GrapherOptions */

/**
 * A grapher on a page.
 *
 * @typedef {object} GrapherHandle
 * @property {() => Record<string, unknown>} getState the state as it is now, as a copy
 * @property {(state: unknown) => void} setState shows another graph; this is not an edit and clears the undo history
 * @property {(state: unknown) => void} rebase replaces the graph with a version that others have edited, and keeps the
 *   undo history
 * @property {() => void} report reports a pending edit at once; call it before replacing the state
 * @property {(readOnly: boolean) => void} setReadOnly
 * @property {() => void} focus focuses the last expression
 * @property {() => void} destroy reports a pending edit and empties the element
 */

/**
 * Creates a grapher that fills an element; the element needs a height.
 *
 * @param {HTMLElement} element
 * @param {GrapherOptions} [options]
 * @returns {GrapherHandle}
 */
export function createGrapher(element, options = {}) {
  const grapher = new Grapher(element, options);
  return {
    getState: () => grapher.getState(),
    setState: (state) => grapher.setState(state),
    rebase: (state) => grapher.rebase(state),
    report: () => grapher.report(),
    setReadOnly: (readOnly) => grapher.setReadOnly(readOnly),
    focus: () => grapher.focus(),
    destroy: () => grapher.destroy(),
  };
}
