/** @typedef {import('./shrink.js').ReadyPhoto} ReadyPhoto */
/** @typedef {import('./shrink.js').PhotoProblem} PhotoProblem */

/** How long to wait for the worker to start: long enough for a slow school network. */
const BEGINS_WITHIN_MS = 10_000;

/** A photo that takes longer has run out of memory. */
const DONE_WITHIN_MS = 60_000;

/** The reason why a file could not be turned into a photo. */
export class PhotoError extends Error {
  /** @param {PhotoProblem} problem */
  constructor(problem) {
    super(`This file is no photo that can be shown: ${problem}.`);
    this.problem = problem;
  }
}

/**
 * Turns a file into a photo, in a worker, or in the page if the browser lacks the worker features.
 *
 * @param {Blob} file
 * @returns {Promise<ReadyPhoto>}
 * @throws {PhotoError}
 */
export async function readPhoto(file) {
  const ready = await inWorker(file).catch(async (error) => {
    console.info('The photo is opened in the page itself.', error);
    const { shrinkInPage } = await import('./shrink-in-page.js');
    return shrinkInPage(file);
  });
  if ('problem' in ready) throw new PhotoError(ready.problem);
  return ready;
}

/**
 * @param {Blob} file
 * @returns {Promise<ReadyPhoto | {problem: PhotoProblem}>}
 */
function inWorker(file) {
  if (typeof Worker === 'undefined' || typeof OffscreenCanvas === 'undefined')
    return Promise.reject(new Error('No worker can draw.'));
  const worker = new Worker(new URL('./worker.js', import.meta.url), { type: 'module' });
  return new Promise((resolve, reject) => {
    const giveUp = () => reject(new Error('The worker does not answer.'));
    let timer = setTimeout(giveUp, BEGINS_WITHIN_MS);
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      reject(new Error(event.message || 'The worker did not begin.'));
    });
    worker.addEventListener('message', ({ data }) => {
      clearTimeout(timer);
      if (data === 'begun') {
        timer = setTimeout(giveUp, DONE_WITHIN_MS);
        worker.postMessage(file);
      } else if ('ready' in data) resolve(data.ready);
      else reject(new Error(data.error));
    });
  }).finally(() => worker.terminate());
}
