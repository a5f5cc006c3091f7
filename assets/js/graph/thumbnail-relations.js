/** Loads what draws equations and inequalities on the first thumbnail that has one: most graphs have none. */

/** @typedef {import('./plot/draw/draw.js').View['relations']} DrawnRelations */

/** @type {typeof import('./plot/implicit/relations.js').Relations | undefined} */
let Relations;

/** @type {Promise<void> | null} */
let loading = null;

/** @type {DrawnRelations} draws nothing */
const NONE = { begin: () => undefined, isWhole: true, lines: () => [], area: () => [] };

/**
 * Loads what the graph needs, if it is not loaded yet.
 *
 * @param {import('./state/scene.js').Scene} scene
 * @returns {Promise<void> | null} settles when it is loaded or has failed; null if there is nothing to wait for
 */
export function fetchRelations({ drawables }) {
  if (Relations || !drawables.some(({ meaning: { kind } }) => kind === 'implicit' || kind === 'inequality'))
    return null;
  loading ??= import('./plot/implicit/relations.js').then(
    (module) => {
      ({ Relations } = module);
    },
    (error) => {
      loading = null; // The network may be back next time.
      console.info('Equations and areas of thumbnails could not be drawn.', error);
    },
  );
  return loading;
}

/**
 * @param {number} operations budget for the whole picture
 * @returns {DrawnRelations}
 */
export function relationsOnce(operations) {
  return Relations ? new Relations(operations) : NONE;
}
