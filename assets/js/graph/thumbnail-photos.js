/**
 * The photos of thumbnails: fetched once, and kept as small as a poster needs them, so that drawing one again is done at once.
 */

/** @typedef {(url: string, isAgain?: boolean) => string | null | Promise<string | null>} ResolveImage as of the grapher's options */

/** Sharp on a poster, and a twentieth of the memory of the photo itself. */
const LONGEST_SIDE = 640;

/** Photos kept: more than a museum has. */
const MOST = 40;

/** @typedef {{picture: ImageBitmap | null, loading: Promise<void> | null}} KeptPhoto `loading` is null once it is known what there is */

/** @type {WeakMap<ResolveImage, Map<string, KeptPhoto>>} by the address in the state, the newest last */
const kept = new WeakMap();

/**
 * Fetches a photo unless it is there.
 *
 * @param {string} url as the state has it
 * @param {ResolveImage} resolve
 * @returns {Promise<void> | null} when that is done, well or not; null where nothing is to be waited for
 */
export function fetchPhoto(url, resolve) {
  const photos = kept.get(resolve) ?? new Map();
  kept.set(resolve, photos);
  const known = photos.get(url);
  if (known) return known.loading;
  /** @type {KeptPhoto} */
  const entry = { picture: null, loading: null };
  entry.loading = load(url, resolve).then((picture) => {
    Object.assign(entry, { picture, loading: null });
  }, () => {
    photos.delete(url); // perhaps the network is back the next time
  });
  photos.set(url, entry);
  const [oldest] = photos.keys();
  if (photos.size > MOST) photos.delete(oldest);
  return entry.loading;
}

/**
 * @param {string} url as the state has it
 * @param {ResolveImage} resolve
 * @returns {ImageBitmap | null} null for what is not there, or cannot be shown
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
  const size = { resizeWidth: Math.max(1, Math.round(width * scale)), resizeHeight: Math.max(1, Math.round(height * scale)) };
  return createImageBitmap(image, { ...size, resizeQuality: 'medium' });
}
