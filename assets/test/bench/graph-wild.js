/**
 * Draws wild equations and inequalities for the first time, pans and zooms them, and prints the script time per frame
 * (median and worst) and the time until the picture is complete. Run by hand: node bench/graph-wild.js [formula in
 * LaTeX …]
 */
import { GrapherLab } from '../browser/lib/grapher-page.js';

const FORMULAS = [
  'x^{y}=y^{x}',
  '\\tan\\left(xy\\right)=x',
  '\\left|\\sin\\left(x^{2}+y^{2}\\right)\\right|=0.5',
  '\\sin\\left(xy\\right)=\\cos\\left(x+y\\right)',
  '\\tan\\left(xy\\right)<x',
  'x^{y}>y^{x}',
  // Tame, for comparison.
  'x^{2}+y^{2}=9',
];
/** With this window the plane is about 1200 by 800 pixels. */
const SCREEN = { width: 1610, height: 890 };
const MOVES = ['draw', 'pan', 'zoom'];
/** Frames in which the plane is moved. */
const STEPS = 60;
/** Consecutive frames without work after which the picture is complete. */
const QUIET = 20;

/** Records how long the grapher works in each frame. */
function watchFrames() {
  const frames = { request: window.requestAnimationFrame.bind(window), times: /** @type {number[]} */ ([]), last: NaN };
  window.requestAnimationFrame = (work) =>
    frames.request((now) => {
      const start = performance.now();
      work(now);
      const ms = performance.now() - start;
      if (now === frames.last) frames.times[frames.times.length - 1] += ms;
      else frames.times.push(ms);
      frames.last = now;
    });
  Object.assign(globalThis, { frames });
}

/**
 * Moves the plane, and waits until there is nothing left to do.
 *
 * @param {{move: string, latex: string, steps: number, quiet: number}} what
 * @returns {Promise<{times: number[], seconds: number}>} ms a picture, and how long it took to get whole after the last step
 */
async function move({ move, latex, steps, quiet }) {
  const { frames, probe } = /** @type {any} */ (globalThis);
  const canvas = /** @type {HTMLCanvasElement} */ (document.querySelector('canvas'));
  const { left, top, width, height } = canvas.getBoundingClientRect();
  const next = () => new Promise((done) => frames.request(done));
  /** @param {string} type @param {number} step */
  const point = (type, step) =>
    canvas.dispatchEvent(
      new PointerEvent(type, {
        pointerId: 1,
        button: 0,
        isPrimary: true,
        bubbles: true,
        clientX: left + width - 100 - 6 * step,
        clientY: top + 100 + 4 * step,
      }),
    );
  frames.times = [];
  if (move === 'draw') {
    const list = [{ type: 'expression', id: '1', color: '#2d70b3', latex }];
    probe.grapher.setState({ version: 11, expressions: { list } });
  }
  if (move === 'pan') {
    point('pointerdown', 0);
    for (let step = 1; step <= steps; step++) {
      point('pointermove', step);
      await next();
    }
    point('pointerup', steps);
  }
  if (move === 'zoom') {
    for (let step = 0; step < steps; step++) {
      const init = {
        deltaY: -15,
        clientX: left + width / 2,
        clientY: top + height / 2,
        bubbles: true,
        cancelable: true,
      };
      canvas.dispatchEvent(new WheelEvent('wheel', init));
      await next();
    }
  }
  const start = performance.now();
  let end = start;
  for (let still = 0, count = -1; still < quiet; still++) {
    await next();
    if (frames.times.length === count) continue;
    [still, count, end] = [0, frames.times.length, performance.now()];
  }
  return { times: frames.times, seconds: (end - start) / 1000 };
}

const lab = await GrapherLab.open();
const { page } = await lab.page({ context: { viewport: SCREEN } });
const { width, height } = await page.locator('canvas').evaluate((canvas) => canvas.getBoundingClientRect());
console.log(
  `${width} x ${height} pixels                               ${MOVES.map((name) => name.padEnd(36)).join('')}`,
);
await page.evaluate(watchFrames);
for (const latex of process.argv.length > 2 ? process.argv.slice(2) : FORMULAS) {
  let line = latex.padEnd(44);
  for (const name of MOVES) {
    const { times, seconds } = await page.evaluate(move, { move: name, latex, steps: STEPS, quiet: QUIET });
    times.sort((a, b) => a - b);
    const [median, worst] = [times[times.length >> 1], times[times.length - 1]];
    line += `  ${median.toFixed(1).padStart(6)} /${worst.toFixed(1).padStart(6)} ms, whole in ${seconds.toFixed(1).padStart(4)} s`;
  }
  console.log(line);
}
await lab.close();
