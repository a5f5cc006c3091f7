import { PROBLEM_WORDS, WORDS } from './words.js';

/**
 * A new photo, kept, under the address by which the state is to name it.
 *
 * @typedef {{url: string, name: string, width: number, height: number, moved: boolean}} TakenPhoto `moved`: it was an animation,
 *   of which this is the first picture
 */

/** Why a file was not taken; the message is for people. */
class PhotoRefused extends Error {}

/**
 * Makes a photo of a file and keeps it.
 *
 * @param {File} file
 * @param {(photo: Blob) => Promise<string>} keep
 * @returns {Promise<TakenPhoto>}
 * @throws {PhotoRefused}
 */
export async function takePhoto(file, keep) {
  const { readPhoto, PhotoError } = await import('./reader.js').catch(() => {
    throw new PhotoRefused(WORDS.notLoaded);
  });
  try {
    const { blob, ...ready } = await readPhoto(file);
    return { ...ready, url: await keep(blob), name: file.name };
  } catch (error) {
    if (error instanceof PhotoError) throw new PhotoRefused(PROBLEM_WORDS[error.problem]);
    console.warn('The photo could not be kept.', error);
    throw new PhotoRefused(WORDS.notKept);
  }
}
