/**
 * The shapes of the API's answers. A captive portal, filter, proxy or maintenance page may answer in the museum's
 * place, with any status and content. An answer without the API's shape counts as no answer. Pure.
 */

/** @typedef {(value: any) => boolean} Shape reports whether a parsed JSON value is an answer of that kind */

const HASH = /^[0-9a-f]{64}$/;

/** The statuses of the API's refusals. It never answers 401, and gateway errors are not its own. */
const REFUSALS = Object.freeze([400, 403, 404, 405, 406, 411, 412, 413, 415, 429, 500, 503, 507]);

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

/** @param {Record<string, Shape>} shapes of the fields that are checked @returns {Shape} */
const withFields = (shapes) => (value) =>
  isObject(value) && Object.entries(shapes).every(([name, shape]) => shape(value[name]));

/** The tile's fields that every document of a tile has. */
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

/** A tile in a sync answer: complete, or deleted. */
const TOLD = {
  id: isNumber,
  concept_type: isText,
  version: isNumber,
  conflicts: optional(listOf(isNumber)),
  common: optional(isCount),
};
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
 * A sync answer: a restored server takes nothing, any other answers each change.
 *
 * @param {string[]} ids of the changes that were sent
 * @returns {Shape}
 */
export function roundOf(ids) {
  return (value) =>
    isRound(value) &&
    (value.set_back || ids.every((id) => value.results.some((/** @type {any} */ result) => result.change_id === id)));
}

/** An answer without data. */
export const isDone = withFields({ message: isText });

/** A sign-in code was sent. */
export const isCodeMade = withFields({ message: isText, delivery: optional(isText) });

/** The user was signed in. */
export const isSignedIn = withFields({
  message: isText,
  is_new_user: (value) => typeof value === 'boolean',
  email: optional(isText),
});

/** The profile of the signed-in user. */
export const isProfile = withFields({
  email: (value) => isText(value) && value.includes('@'),
  is_authenticated: (value) => value === true,
});

/** A stored photo. */
export const isImage = withFields({ sha256: (value) => HASH.test(value), url: isText, size: isNumber });

/** The progress of a photo that is uploaded in parts. */
export const isUpload = withFields({
  part_size: isNumber,
  positions: listOf(isCount),
  image: (value) => value === null || isImage(value),
});

/** The photos that the server does not have. */
export const isMissing = withFields({ missing: listOf((value) => HASH.test(value)) });

/** @type {Shape} */
const isTime = (value) => !Number.isNaN(Date.parse(value));

/** The sessions of an account. */
export const isSessions = listOf(
  withFields({
    id: isNumber,
    device: isText,
    this_device: (value) => typeof value === 'boolean',
    signed_in_at: isTime,
    last_seen_at: isTime,
  }),
);

/** The number of ended sessions. */
export const isEnded = withFields({ ended: isCount });

/** A tile. */
export const isTile = withFields(TILE);

/** A version of a tile. */
export const isVersion = withFields({ ...TILE, saved_at: (value) => !Number.isNaN(Date.parse(value)) });

/** The versions of a tile, without their graphs. */
export const isHistory = listOf(isVersion);

/**
 * Whether an answer with an error status is the API's own: an object with a message, or with messages for invalid
 * fields of the request.
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
