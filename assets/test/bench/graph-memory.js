/**
 * An hour of a student's work in some minutes: typing, sliding, panning, undoing, and leaving the graph for another, again
 * and again. Prints what the page holds after each part, counted after the browser has cleaned up: memory that grows from
 * part to part is never given back. Run by hand: node bench/graph-memory.js [parts]
 */
import { GrapherLab, settle } from '../browser/lib/grapher-page.js';

/** A part stands for five minutes: so many rounds of what is below. */
const ROUNDS = 20;
const parts = Number(process.argv[2] ?? 12);

const FORMULAS = ['y=a(x-h)^2+k', 'y=a sin(x)', 'x^2+y^2=a^2', 'y<ax+1', 'y=ln(x+a)', 'r=a'];

const lab = await GrapherLab.open();
const { page } = await lab.page({ context: { viewport: { width: 1280, height: 800 } } });
const devtools = await page.context().newCDPSession(page);
await devtools.send('HeapProfiler.enable');
await devtools.send('Performance.enable');

await work(3); // what is loaded when first needed is no growth
for (let part = 0; part <= parts; part++) {
  if (part > 0) await work(ROUNDS);
  const { heap, nodes, listeners } = await held();
  console.log(
    `after ${String(part * 5).padStart(2)} minutes: ${heap.toFixed(2)} MB of script, ${nodes} nodes, ${listeners} listeners`,
  );
}
await lab.close();

/** @param {number} rounds */
async function work(rounds) {
  for (let round = 0; round < rounds; round++) {
    await page.evaluate(() => /** @type {any} */ (globalThis).probe.grapher.setState(null));
    await page.getByRole('button', { name: 'Add expression' }).click();
    await page.waitForFunction(() => document.activeElement?.localName === 'math-field');
    await page.keyboard.type(FORMULAS[round % FORMULAS.length]);
    const all = page.getByRole('button', { name: /^(Add a slider for|Add slider)/ });
    await all.first().click(); // offered when the typing rests
    const slider = page.getByRole('slider').first();
    for (let value = -8; value <= 8; value += 2) await slider.fill(String(value));
    await page.locator('canvas').focus();
    for (const key of ['ArrowLeft', 'ArrowUp', '+', '-', 'ArrowRight', 'ArrowDown']) await page.keyboard.press(key);
    await page.keyboard.press('Control+Z');
    await settle(page);
  }
}

/** What is still held once all is cleaned up, with an empty graph. */
async function held() {
  await page.evaluate(() => {
    const { probe } = /** @type {any} */ (globalThis);
    probe.grapher.setState(null);
    probe.reported.length = 0; // the page of the tests writes down every edit
  });
  await settle(page);
  await devtools.send('HeapProfiler.collectGarbage');
  const { usedSize } = await devtools.send('Runtime.getHeapUsage');
  const { metrics } = await devtools.send('Performance.getMetrics');
  const of = (/** @type {string} */ wanted) => metrics.find(({ name }) => name === wanted)?.value ?? NaN;
  return { heap: usedSize / 1e6, nodes: of('Nodes'), listeners: of('JSEventListeners') };
}
