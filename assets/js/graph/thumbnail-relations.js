/**
 * What draws the equations and inequalities of thumbnails: fetched with the first graph that has one, for most have none.
 */

/** @typedef {import('./plot/draw/draw.js').View['relations']} DrawnRelations */

/** @type {typeof import('./plot/implicit/relations.js').Relations | undefined} */
let Relations;

/** @type {Promise<void> | null} */
let loading = null;

/** @type {DrawnRelations} draws none of them */
const NONE = { begin: () => undefined, isWhole: true, lines: () => [], area: () => [] };

/**
 * Fetches what a graph needs unless it is there.
 *
 * @param {import('./state/scene.js').Scene} scene
 * @returns {Promise<void> | null} when that is done, well or not; null where nothing is to be waited for
 */
export function fetchRelations({ drawables }) {
  if (Relations || !drawables.some(({ meaning: { kind } }) => kind === 'implicit' || kind === 'inequality')) return null;
  loading ??= import('./plot/implicit/relations.js').then((module) => {
    ({ Relations } = module);
  }, (error) => {
    loading = null; // perhaps the network is back the next time
    console.info('Equations and areas of thumbnails could not be drawn.', error);
  });
  return loading;
}

/**
 * @param {number} operations to spread over a single picture
 * @returns {DrawnRelations}
 */
export function relationsOnce(operations) {
  return Relations ? new Relations(operations) : NONE;
}
