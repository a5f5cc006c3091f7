import { createGrapher } from '../../../js/graph/index.js';
import { UndoHistory } from '../../../js/graph/state/undo-history.js';

/**
 * What the tests reach into: the grapher, and every state it has reported.
 *
 * @typedef {{grapher: import('../../../js/graph/index.js').GrapherHandle, reported: Record<string, unknown>[]}} Probe
 */

const host = /** @type {HTMLElement} */ (document.querySelector('#graph'));

/** @type {Record<string, unknown>[]} */
const reported = [];
const parameters = new URLSearchParams(location.search);
UndoHistory.PAUSE_MS = Number(parameters.get('pause') ?? UndoHistory.PAUSE_MS);
const state = JSON.parse(parameters.get('state') ?? 'null');
const grapher = createGrapher(host, {
  state,
  readOnly: parameters.has('readonly'),
  family: parameters.get('family') ?? undefined,
  onChange: (changed) => reported.push(changed),
});
Object.assign(globalThis, { probe: { grapher, reported } });
