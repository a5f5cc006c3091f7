import { Grapher } from './ui/grapher.js';

/**
 * @typedef {object} GrapherOptions
 * @property {unknown} [state] a Desmos state, of which every key that is not edited comes back as it came; null or `{}`
 *   begins an empty graph
 * @property {boolean} [readOnly] looking around is possible, changing is not
 * @property {(state: Record<string, unknown>) => void} [onChange] called after edits, at most once a frame; opening,
 *   resizing and looking around while read-only are no edits
 */

/**
 * A grapher on a page.
 *
 * @typedef {object} GrapherHandle
 * @property {() => Record<string, unknown>} getState the state as it is now, a copy that is the caller's own
 * @property {(state: unknown) => void} setState shows another state; that is no edit
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
    setReadOnly: (readOnly) => grapher.setReadOnly(readOnly),
    focus: () => grapher.focus(),
    destroy: () => grapher.destroy(),
  };
}
