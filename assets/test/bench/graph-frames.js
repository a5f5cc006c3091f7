/**
 * Drags the plane, and then a slider that all curves follow, with 1, 4 and 12 curves, with two equations and a region,
 * and over a photo of 2 megapixels, for some seconds each. Prints the script time per frame and the frames per second.
 * Run by hand: node bench/graph-frames.js
 */
import { GrapherLab } from '../browser/lib/grapher-page.js';

/** @typedef {(frame: number) => void} Gesture what is done in the page in each frame */

const FRAMES = 240;

/** One of each family, moved by a slider. */
const FORMULAS = [
  'y=2x+a',
  'y=\\left(x-a\\right)^{2}-4',
  'y=x^{3}-3x+a',
  'y=\\frac{x^{4}}{10}-ax^{2}',
  'y=\\sqrt{x+a}',
  'y=\\left(x-a\\right)^{\\frac{1}{3}}',
  'y=\\left|x-a\\right|',
  'y=\\frac{1}{x-a}',
  'y=2^{x}+a',
  'y=\\ln\\left(x+a\\right)',
  'y=a\\sin2x',
  'y=\\left\\{x<a:x^{2},x\\ge a:x\\right\\}',
];
const RELATIONS = ['x^{2}+y^{2}=9a', 'x^{2}-y^{2}=a', 'y<\\sin x-3a'];

/** Drags the plane in a loop. @returns {Gesture} */
function dragPlane() {
  const canvas = /** @type {HTMLCanvasElement} */ (document.querySelector('canvas'));
  const { left, top } = canvas.getBoundingClientRect();
  /** @param {string} type @param {number} frame */
  const point = (type, frame) => {
    const clientX = left + 300 + 80 * Math.sin(frame / 20);
    const clientY = top + 300 + 60 * Math.cos(frame / 30);
    canvas.dispatchEvent(
      new PointerEvent(type, { pointerId: 1, button: 0, isPrimary: true, clientX, clientY, bubbles: true }),
    );
  };
  point('pointerdown', 0);
  return (frame) => point('pointermove', frame);
}

/** Drags the slider from end to end and back. @returns {Gesture} */
function dragSlider() {
  const slider = /** @type {HTMLInputElement} */ (document.querySelector('input[type="range"]'));
  return (frame) => {
    slider.value = String(
      Number(slider.min) + (Number(slider.max) - Number(slider.min)) * (0.5 + 0.5 * Math.sin(frame / 40)),
    );
    slider.dispatchEvent(new InputEvent('input', { bubbles: true }));
  };
}

/**
 * Makes a gesture for a number of frames, and times the work in events and animation frames. Runs in the page.
 *
 * @param {{frames: number, gesture: string}} what `gesture` is the name of a function that begins one
 */
async function timeFrames({ frames, gesture }) {
  const makeMove = /** @type {() => Gesture} */ (Object(globalThis).bench[gesture]);
  /** @type {number[]} */
  const times = [];
  const request = window.requestAnimationFrame;
  window.requestAnimationFrame = (work) =>
    request((now) => {
      const start = performance.now();
      work(now);
      times[times.length - 1] += performance.now() - start;
    });
  const move = makeMove();
  const begin = performance.now();
  for (let frame = 1; frame <= frames; frame++) {
    const start = performance.now();
    times.push(0);
    move(frame);
    times[times.length - 1] += performance.now() - start;
    await new Promise((done) => request(done));
  }
  const seconds = (performance.now() - begin) / 1000;
  document.querySelector('canvas')?.dispatchEvent(new PointerEvent('pointerup', { pointerId: 1, bubbles: true }));
  window.requestAnimationFrame = request;
  times.sort((one, other) => one - other);
  return { median: times[frames >> 1], p95: times[Math.floor(frames * 0.95)], perSecond: frames / seconds };
}

const lab = await GrapherLab.open();
const curves = (/** @type {number} */ count) => FORMULAS.slice(0, count);
for (const [name, formulas, isAtHand = false] of /** @type {[string, string[], boolean?][]} */ ([
  ['1 curve', curves(1)],
  ['4 curves', curves(4)],
  ['12 curves', curves(12)],
  ['12 curves, one of them at hand with its points', curves(12), true],
  ['12 curves, 2 equations and a region', [...curves(12), ...RELATIONS]],
])) {
  const list = ['a=1', ...formulas].map((latex, i) => ({ type: 'expression', id: String(i), color: '#2d70b3', latex }));
  const context = { viewport: { width: 1280, height: 800 } };
  const { page } = await lab.page({ state: { version: 11, expressions: { list } }, context });
  // Code that runs in the page does not see this file.
  await page.evaluate(`globalThis.bench = { dragPlane: ${dragPlane}, dragSlider: ${dragSlider} }`);
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
  for (const [gesture, does] of [
    ['dragPlane', 'the plane is dragged'],
    ['dragSlider', 'a slider is dragged'],
  ]) {
    await page.evaluate(timeFrames, { frames: 60, gesture });
    const { median, p95, perSecond } = await page.evaluate(timeFrames, { frames: FRAMES, gesture });
    const times = `script a frame ${median.toFixed(2)} ms, 95th percentile ${p95.toFixed(2)} ms`;
    console.log(`${name}, ${does}: ${times}, ${perSecond.toFixed(0)} frames a second`);
  }
}

/**
 * Adds a detailed, locked photo below the curves.
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
    state.expressions.list.push({
      type: 'image',
      id: 'photo',
      image_url: canvas.toDataURL('image/jpeg', 0.9),
      width: '16',
      height: '12',
    });
    grapher.setState(state);
  });
  await page.waitForFunction(
    () => /** @type {HTMLElement | null} */ (document.querySelector('.graph-plane img'))?.style.transform,
  );
}
