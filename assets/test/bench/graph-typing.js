/**
 * Types in the last of 160 lines and prints the script time per keystroke with the frame that follows it, the total
 * busy time of the page (mostly painting without a graphics card), and the most expensive functions. Run by hand: node
 * bench/graph-typing.js [lines]
 */
import { GrapherLab, settle } from '../browser/lib/grapher-page.js';

const LINES = Number(process.argv[2] ?? 160);
const TYPED = 'y=x^2+3x-12+sin(x)+3x-1+cos(2x)-x/7+0.25x';
/** Formulas of which each line has one, with a number of its own. */
const FORMS = [
  'y=%x+1',
  'y=x^{2}-%',
  'y=x^{3}-%x',
  'y=\\sin\\left(%x\\right)',
  'y=\\frac{%}{x}',
  'y=\\sqrt{x+%}',
  'y=%\\ln x',
  'y=\\left|x-%\\right|',
];
/** Number of the most expensive functions to print. */
const NAMED = 14;

/** Records how long the work in events and animation frames takes between keystrokes. Runs in the page. */
function watchWork() {
  const work = { ms: 0 };
  const request = window.requestAnimationFrame.bind(window);
  /** @param {() => void} act */
  const timed = (act) => {
    const start = performance.now();
    act();
    work.ms += performance.now() - start;
  };
  window.requestAnimationFrame = (act) => request((now) => timed(() => act(now)));
  let start = 0;
  for (const type of ['keydown', 'keypress', 'beforeinput', 'input']) {
    window.addEventListener(type, () => (start = performance.now()), true);
    window.addEventListener(type, () => (work.ms += performance.now() - start));
  }
  Object.assign(globalThis, { work });
}

const lab = await GrapherLab.open();
const list = Array.from({ length: LINES }, (_, i) => ({
  type: 'expression',
  id: String(i),
  color: '#2d70b3',
  latex: FORMS[i % FORMS.length].replace('%', String(1 + i / 10)),
}));
const state = { version: 11, expressions: { list: [...list, { type: 'expression', id: 'typed', latex: '' }] } };
const { page } = await lab.page();
await page.evaluate((given) => /** @type {any} */ (globalThis).probe.grapher.setState(given), state);
await settle(page);
await page.evaluate(watchWork);
const field = page.locator('math-field').last();
await field.focus();
await settle(page);
const session = await page.context().newCDPSession(page);
await session.send('Performance.enable');
await session.send('Profiler.enable');
await session.send('Profiler.start');
/** @returns {Promise<Record<string, number>>} seconds since the page was opened */
const metrics = async () =>
  Object.fromEntries((await session.send('Performance.getMetrics')).metrics.map(({ name, value }) => [name, value]));
const before = await metrics();
/** @type {number[]} */
const times = [];
for (const key of TYPED) {
  await page.evaluate('work.ms = 0');
  await page.keyboard.type(key);
  await settle(page);
  times.push(Number(await page.evaluate('work.ms')));
}
const { profile } = /** @type {any} */ (await session.send('Profiler.stop'));
const after = await metrics();
times.sort((one, other) => one - other);
console.log(
  `${LINES} lines, script a keystroke: median ${times[times.length >> 1].toFixed(1)} ms, worst ${times[times.length - 1].toFixed(1)} ms`,
);
const [all, style, layout] = ['TaskDuration', 'RecalcStyleDuration', 'LayoutDuration'].map((name) =>
  (((after[name] - before[name]) * 1000) / TYPED.length).toFixed(1),
);
console.log(`the page at work: ${all} ms, of it ${style} ms for styles and ${layout} ms for layout`);
/** @type {Map<string, number>} */
const byName = new Map();
const nodes = new Map(profile.nodes.map((/** @type {any} */ node) => [node.id, node]));
profile.samples.forEach((/** @type {number} */ id, /** @type {number} */ i) => {
  const { functionName, url } = nodes.get(id).callFrame;
  const name = `${functionName || 'a function'} ${url.split('/').slice(-2).join('/')}`;
  byName.set(name, (byName.get(name) ?? 0) + profile.timeDeltas[i] / 1000 / TYPED.length);
});
const most = [...byName]
  .filter(([name]) => !name.startsWith('(idle)'))
  .sort(([, one], [, other]) => other - one)
  .slice(0, NAMED);
for (const [name, ms] of most) console.log(`${ms.toFixed(2).padStart(8)} ms ${name}`);
await lab.close();
