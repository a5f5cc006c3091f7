/** The photos of thumbnails: fetched once and kept at poster size, so that redrawing is immediate. */

/**
 * @typedef {(url: string, isAgain?: boolean) => string | null | Promise<string | null>} ResolveImage as in the options
 *   of the grapher
 */

/** Sharp on a poster, with a twentieth of the memory of the photo itself. */
const LONGEST_SIDE = 640;

/** Photos kept in memory: more than a museum has. */
const MOST = 40;

/**
 * @typedef {{picture: ImageBitmap | null, loading: Promise<void> | null}} KeptPhoto `loading` is null once the result
 *   is known
 */

/** @type {WeakMap<ResolveImage, Map<string, KeptPhoto>>} by address in the state, newest last */
const kept = new WeakMap();

/**
 * Fetches a photo that is not in memory yet.
 *
 * @param {string} url address in the state
 * @param {ResolveImage} resolve
 * @returns {Promise<void> | null} settles when the photo is loaded or has failed; null if there is nothing to wait for
 */
export function fetchPhoto(url, resolve) {
  const photos = kept.get(resolve) ?? new Map();
  kept.set(resolve, photos);
  const known = photos.get(url);
  if (known) return known.loading;
  /** @type {KeptPhoto} */
  const entry = { picture: null, loading: null };
  entry.loading = load(url, resolve).then(
    (picture) => {
      Object.assign(entry, { picture, loading: null });
    },
    () => {
      photos.delete(url); // The network may be back next time.
    },
  );
  photos.set(url, entry);
  const [oldest] = photos.keys();
  if (photos.size > MOST) photos.delete(oldest);
  return entry.loading;
}

/**
 * @param {string} url address in the state
 * @param {ResolveImage} resolve
 * @returns {ImageBitmap | null} null if it is missing or cannot be shown
 */
export function fetchedPhoto(url, resolve) {
  return kept.get(resolve)?.get(url)?.picture ?? null;
}

/**
 * @param {string} url
 * @param {ResolveImage} resolve
 * @returns {Promise<ImageBitmap | null>}
 */
async function load(url, resolve) {
  const source = await resolve(url);
  if (source === null) return null;
  const image = new Image();
  image.decoding = 'async';
  image.src = source;
  await image.decode().catch(async (error) => {
    const other = await resolve(url, true);
    if (other === null || other === source) throw error;
    image.src = other;
    await image.decode();
  });
  const { naturalWidth: width, naturalHeight: height } = image;
  const scale = Math.min(1, LONGEST_SIDE / Math.max(width, height));
  const size = {
    resizeWidth: Math.max(1, Math.round(width * scale)),
    resizeHeight: Math.max(1, Math.round(height * scale)),
  };
  return createImageBitmap(image, { ...size, resizeQuality: 'medium' });
}
