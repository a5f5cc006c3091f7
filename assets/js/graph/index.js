import { Grapher } from './ui/grapher.js';

/** @typedef {import('./ui/grapher.js').GrapherOptions} GrapherOptions */

/**
 * A grapher on a page.
 *
 * @typedef {object} GrapherHandle
 * @property {() => Record<string, unknown>} getState the state as it is now, a copy that is the caller's own
 * @property {(state: unknown) => void} setState shows another graph; that is no edit, and there is nothing to undo
 * @property {(state: unknown) => void} rebase shows what others have made of the graph that is shown, beneath the steps that can be undone
 * @property {() => void} report reports an edit not yet reported: before another state comes that does not hold it
 * @property {(readOnly: boolean) => void} setReadOnly
 * @property {() => void} focus puts the cursor where typing goes on
 * @property {() => void} destroy reports an edit not yet reported, and leaves the element empty
 */

/**
 * Makes a grapher in an element, which it fills; the element needs a height.
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
