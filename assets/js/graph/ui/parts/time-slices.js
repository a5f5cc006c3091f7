/** The longest time the page may be blocked without a visible delay. */
const SLICE_MS = 6;

/**
 * Runs long work in slices, so that the page stays responsive.
 *
 * @template T
 * @param {Generator<unknown, T, void>} work yields after each part
 * @param {(result: T) => void} onDone
 * @returns {() => void} a function that stops it
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
