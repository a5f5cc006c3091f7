/**
 * Pans the grapher with 1, 4 and 12 curves, and with 12 curves, two equations and a region, for some seconds each, and
 * prints the script time of a frame and the frames a second. Run by hand: node bench/graph-pan.js
 */
import { GrapherLab } from '../browser/lib/grapher-page.js';

const FRAMES = 240;

/** One of each family. */
const FORMULAS = [
  'y=2x+1', 'y=x^{2}-4', 'y=x^{3}-3x', 'y=\\frac{x^{4}}{10}-x^{2}', 'y=\\sqrt{x+3}', 'y=x^{\\frac{1}{3}}',
  'y=\\left|x-2\\right|', 'y=\\frac{1}{x-1}', 'y=2^{x}', 'y=\\ln x', 'y=3\\sin2x',
  'y=\\left\\{x<0:x^{2},x\\ge0:x\\right\\}',
];
const RELATIONS = ['x^{2}+y^{2}=9', 'x^{2}-y^{2}=1', 'y<\\sin x-3'];

/**
 * Drags the plane a little each frame and times the work that is done in animation frames.
 *
 * @param {number} frames
 */
async function drag(frames) {
  const canvas = /** @type {HTMLCanvasElement} */ (document.querySelector('canvas'));
  /** @type {number[]} */
  const times = [];
  const request = window.requestAnimationFrame;
  window.requestAnimationFrame = (work) =>
    request((now) => {
      const start = performance.now();
      work(now);
      times[times.length - 1] += performance.now() - start;
    });
  const { left, top } = canvas.getBoundingClientRect();
  /** @param {string} type @param {number} step */
  const point = (type, step) => {
    const clientX = left + 300 + 80 * Math.sin(step / 20);
    const clientY = top + 300 + 60 * Math.cos(step / 30);
    const init = { pointerId: 1, button: 0, isPrimary: true, clientX, clientY, bubbles: true };
    canvas.dispatchEvent(new PointerEvent(type, init));
  };
  point('pointerdown', 0);
  const begin = performance.now();
  for (let step = 1; step <= frames; step++) {
    times.push(0);
    const start = performance.now();
    point('pointermove', step);
    times[times.length - 1] += performance.now() - start;
    await new Promise((done) => request(done));
  }
  const seconds = (performance.now() - begin) / 1000;
  point('pointerup', frames);
  window.requestAnimationFrame = request;
  times.sort((a, b) => a - b);
  return { median: times[frames >> 1], p95: times[Math.floor(frames * 0.95)], perSecond: frames / seconds };
}

const lab = await GrapherLab.open();
const curves = (/** @type {number} */ count) => FORMULAS.slice(0, count);
for (const [name, formulas, isAtHand = false] of /** @type {[string, string[], boolean?][]} */ ([
  ['1 curve', curves(1)], ['4 curves', curves(4)], ['12 curves', curves(12)],
  ['12 curves, one of them at hand with its points', curves(12), true],
  ['12 curves, 2 equations and a region', [...curves(12), ...RELATIONS]],
])) {
  const list = formulas.map((latex, i) => ({ type: 'expression', id: String(i), color: '#2d70b3', latex }));
  const context = { viewport: { width: 1280, height: 800 } };
  const { page } = await lab.page({ state: { version: 11, expressions: { list } }, context });
  if (isAtHand) await page.locator('math-field').nth(2).focus();
  await measure(page, name);
  if (formulas.length >= 12) {
    await addPhoto(page);
    await measure(page, `${name}, photo of 2 megapixels`);
  }
  await page.close();
}
await lab.close();

/**
 * @param {import('playwright-core').Page} page
 * @param {string} name
 */
async function measure(page, name) {
  await page.evaluate(drag, 60);
  const { median, p95, perSecond } = await page.evaluate(drag, FRAMES);
  const times = `script a frame ${median.toFixed(2)} ms, 95th percentile ${p95.toFixed(2)} ms`;
  console.log(`${name}: ${times}, ${perSecond.toFixed(0)} frames a second`);
}

/**
 * Hangs a photo full of detail beneath the curves, locked.
 *
 * @param {import('playwright-core').Page} page
 */
async function addPhoto(page) {
  await page.evaluate(async () => {
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [1633, 1225];
    const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
    for (let i = 0; i < 4000; i++) {
      context.fillStyle = `hsl(${(i * 47) % 360} 60% ${30 + (i % 50)}%)`;
      context.fillRect((i * 131) % 1633, (i * 197) % 1225, 60, 40);
    }
    const { grapher } = /** @type {any} */ (globalThis).probe;
    const state = grapher.getState();
    state.expressions.list.push({ type: 'image', id: 'photo', image_url: canvas.toDataURL('image/jpeg', 0.9), width: '16', height: '12' });
    grapher.setState(state);
  });
  await page.waitForFunction(() => /** @type {HTMLElement | null} */ (document.querySelector('.graph-plane img'))?.style.transform);
}
