import { PROBLEM_WORDS, WORDS } from './words.js';

/**
 * Turns a file into a stored photo.
 *
 * @typedef {{url: string, name: string, width: number, height: number, moved: boolean}} TakenPhoto `moved`: the file
 *   was an animation; this is its first frame
 */

/** The reason why a file was refused; the message is for the user. */
class PhotoRefused extends Error {}

/**
 * Turns a file into a photo and stores it.
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
