/**
 * What the parts of a grapher (photos, points that move, a fit, …) may know of its graph, and do to it.
 *
 * @typedef {object} Editing
 * @property {import('../state/document.js').GraphDocument} document the one that is open; another after `setState`
 * @property {import('../state/scene.js').Scene} scene what the list meant when it was last shown
 * @property {boolean} readOnly
 * @property {HTMLElement} host the grapher's own element, for what lies above all of it
 * @property {string | null} family what a fit offers first
 * @property {import('./plane/plane.js').Plane} plane
 * @property {{resolve: import('./photo/view.js').ResolveImage, keep: (photo: Blob) => Promise<string>}} images where photos lie
 * @property {() => void} changed after an edit: shown with the next frame, and reported
 * @property {() => void} restructured after an edit that makes or takes away rows: shown at once, and reported
 * @property {(text: string) => void} announce says it to those who do not see it
 * @property {(key: string) => void} goToRow that has just been made by a tool. A keypad does not come up for it
 * @property {string | null} selected the key of the entry that is at hand: the row that had the focus last, or whose curve was
 *   touched last
 * @property {string | null} selectedCurve the key of what was touched of it, which of a table is a column
 * @property {(key: string | null) => void} select puts another entry at hand, or a curve and its entry; the focus stays where it is
 * @property {(offer: import('./list/bar.js').Offer) => void} offer adds an entry to the menu of what can be added to the list
 *
 * @typedef {object} Part of a grapher, made with its `Editing`
 * @property {() => void} [show] the graph, or whether it may be edited, has changed
 * @property {() => void} [selected] another entry is at hand, or none
 * @property {() => void} [destroy]
 */

export {};
