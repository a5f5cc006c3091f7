/**
 * Runs in the page: whether a canvas shows a curve; background, grid and axes are nearly grey.
 *
 * @param {string} selector of the canvas
 */
export function showsCurve(selector) {
  const canvas = /** @type {HTMLCanvasElement | null} */ (document.querySelector(selector));
  if (!canvas || canvas.width === 0) return false;
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
  const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
  for (let at = 0; at < data.length; at += 4) {
    const [red, green, blue] = data.subarray(at, at + 3);
    if (Math.max(red, green, blue) - Math.min(red, green, blue) > 80) return true;
  }
  return false;
}
