/**
 * What the museum's own answers look like. A captive portal, a filter, a proxy or a page "back soon" answers in the museum's
 * place, with any status and any content; what does not look like an answer of the API is none, and nothing is concluded from
 * it. Pure.
 */

/** @typedef {(value: any) => boolean} Shape whether a value, parsed from JSON, is an answer of that kind */

const HASH = /^[0-9a-f]{64}$/;

/** The statuses with which the API refuses. It never asks for a password (401), and a gateway's faults are not its own. */
const REFUSALS = Object.freeze([400, 403, 404, 405, 406, 411, 412, 413, 415, 429, 500, 503]);

/** @type {Shape} */
const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

/** @type {Shape} */
const isText = (value) => typeof value === 'string';

/** @type {Shape} */
const isCount = (value) => Number.isSafeInteger(value) && value >= 0;

/** @type {Shape} */
const isNumber = (value) => isCount(value) && value > 0;

/** @param {Shape} shape @returns {Shape} */
const listOf = (shape) => (value) => Array.isArray(value) && value.every(shape);

/** @param {Shape} shape @returns {Shape} */
const optional = (shape) => (value) => value === undefined || shape(value);

/** @param {Record<string, Shape>} shapes of the fields that are looked at @returns {Shape} */
const withFields = (shapes) => (value) => isObject(value) && Object.entries(shapes).every(([name, shape]) => shape(value[name]));

/** The tile's fields that every document of one has. */
const TILE = {
  concept_type: isText,
  position_x: Number.isSafeInteger,
  position_y: Number.isSafeInteger,
  width: Number.isSafeInteger,
  height: Number.isSafeInteger,
  desmos_state: (/** @type {unknown} */ value) => value !== undefined,
  description: isText,
  completed: (/** @type {unknown} */ value) => typeof value === 'boolean',
  version: isNumber,
};

/** What a round brings of a tile: the whole of it, or that it was taken down. */
const TOLD = { id: isNumber, concept_type: isText, version: isNumber, conflicts: optional(listOf(isNumber)), common: optional(isCount) };
const isDeleted = withFields({ ...TOLD, deleted: (value) => value === true });
const isThere = withFields({ ...TOLD, ...TILE, deleted: (value) => value === undefined });

const isResult = withFields({
  change_id: isText,
  status: (value) => ['saved', 'conflict', 'error'].includes(value),
  id: optional(isNumber),
  version: optional(isCount),
  conflict: optional(isNumber),
});

const isRound = withFields({
  account: isNumber,
  cursor: isCount,
  epoch: isText,
  set_back: optional((value) => value === true),
  results: listOf(isResult),
  tiles: listOf((value) => isDeleted(value) || isThere(value)),
  preferences: optional(isObject),
});

/**
 * A round with the server: a server that was set back takes nothing, else it answers each change.
 *
 * @param {string[]} ids of the changes that were sent
 * @returns {Shape}
 */
export function roundOf(ids) {
  return (value) => isRound(value) && (value.set_back || ids.every((id) => value.results.some((/** @type {any} */ result) => result.change_id === id)));
}

/** Something was done. */
export const isDone = withFields({ message: isText });

/** A code was made. */
export const isCodeMade = withFields({ message: isText, delivery: optional(isText) });

/** Somebody has signed in. */
export const isSignedIn = withFields({ message: isText, is_new_user: (value) => typeof value === 'boolean', email: optional(isText) });

/** Who is signed in. */
export const isProfile = withFields({ email: (value) => isText(value) && value.includes('@'), is_authenticated: (value) => value === true });

/** A photo in the museum's store. */
export const isImage = withFields({ sha256: (value) => HASH.test(value), url: isText, size: isNumber });

/** How far a photo has come that is sent in parts. */
export const isUpload = withFields({ part_size: isNumber, positions: listOf(isCount), image: (value) => value === null || isImage(value) });

/** The photos that the server does not have. */
export const isMissing = withFields({ missing: listOf((value) => HASH.test(value)) });

/** Where somebody is signed in. */
export const isSessions = listOf(withFields({
  id: isNumber, device: isText, this_device: (value) => typeof value === 'boolean', last_seen_at: (value) => !Number.isNaN(Date.parse(value)),
}));

/** How many sessions were ended. */
export const isEnded = withFields({ ended: isCount });

/** A tile. */
export const isTile = withFields(TILE);

/** A version of a tile. */
export const isVersion = withFields({ ...TILE, saved_at: (value) => !Number.isNaN(Date.parse(value)) });

/** The versions of a tile, without their graphs. */
export const isHistory = listOf(isVersion);

/**
 * Whether an answer with an error's status is the API's own: an object with words for people, or with those for each field of
 * the request that is not right.
 *
 * @param {number} status
 * @param {any} value
 */
export function isOwnError(status, value) {
  if (!REFUSALS.includes(status) || !isObject(value)) return false;
  if (isText(value.detail) || isText(value.error)) return true;
  const fields = Object.values(value);
  return status === 400 && fields.length > 0 && fields.every(listOf(isText));
}
