/** So long may a page stand still without anyone seeing it. */
const SLICE_MS = 6;

/**
 * Goes through long work bit by bit, so that the page stays alive.
 *
 * @template T
 * @param {Generator<unknown, T, void>} work rests after each of its parts
 * @param {(result: T) => void} onDone
 * @returns {() => void} stops it
 */
export function inSlices(work, onDone) {
  let timer = 0;
  const slice = () => {
    const end = performance.now() + SLICE_MS;
    do {
      const { done, value } = work.next();
      if (done) {
        onDone(/** @type {T} */ (value));
        return;
      }
    } while (performance.now() < end);
    timer = window.setTimeout(slice);
  };
  timer = window.setTimeout(slice);
  return () => clearTimeout(timer);
}
