/**
 * The interface between a grapher and its parts (photos, movable points, curve fitting).
 *
 * @typedef {object} Editing
 * @property {import('../state/document.js').GraphDocument} document the open document; replaced by `setState`
 * @property {import('../state/scene.js').Scene} scene the meaning of the list when it was last shown
 * @property {boolean} readOnly
 * @property {HTMLElement} host the grapher's element, for overlays
 * @property {string | null} family the family that a fit offers first
 * @property {import('./plane/plane.js').Plane} plane
 * @property {{resolve: import('./photo/view.js').ResolveImage, keep: (photo: Blob) => Promise<string>}} images storage
 *   of photos
 * @property {() => void} changed call after an edit: it is shown in the next frame and reported
 * @property {() => void} restructured call after an edit that adds or removes rows: it is shown at once and reported
 * @property {(text: string) => void} announce announces text to screen readers
 * @property {(key: string) => void} goToRow focuses a row that a tool has just added, without opening the keypad
 * @property {string | null} selected the key of the selected entry: the row that had the focus last, or whose curve was
 *   touched last
 * @property {string | null} selectedCurve the key of the touched curve; for a table, of its column
 * @property {(key: string | null) => void} select selects an entry, or a curve and its entry, without moving the focus
 * @property {(offer: import('./list/bar.js').Offer) => void} offer adds a command to the "Add" menu of the list
 *
 * @typedef {object} Part a part of a grapher, constructed with its `Editing`
 * @property {() => void} [show] called when the graph or `readOnly` has changed
 * @property {() => void} [selected] called when the selection has changed
 * @property {() => void} [destroy]
 */

export {};
