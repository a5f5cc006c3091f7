/**
 * Simulates an hour of a student's work in some minutes: typing, sliding, panning, undoing and changing graphs,
 * repeatedly. Prints what the page holds after each part, counted after garbage collection: memory that grows from part
 * to part leaks. Run by hand: node bench/graph-memory.js [parts]
 */
import { GrapherLab, settle } from '../browser/lib/grapher-page.js';

/** Rounds in a part, which stands for five minutes. */
const ROUNDS = 20;
const parts = Number(process.argv[2] ?? 12);

const FORMULAS = ['y=a(x-h)^2+k', 'y=a sin(x)', 'x^2+y^2=a^2', 'y<ax+1', 'y=ln(x+a)', 'r=a'];

const lab = await GrapherLab.open();
const { page } = await lab.page({ context: { viewport: { width: 1280, height: 800 } } });
const devtools = await page.context().newCDPSession(page);
await devtools.send('HeapProfiler.enable');
await devtools.send('Performance.enable');

await work(3); // What is loaded on first use is not growth.
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
    await all.first().click(); // Offered when typing pauses.
    const slider = page.getByRole('slider').first();
    for (let value = -8; value <= 8; value += 2) await slider.fill(String(value));
    await page.locator('canvas').focus();
    for (const key of ['ArrowLeft', 'ArrowUp', '+', '-', 'ArrowRight', 'ArrowDown']) await page.keyboard.press(key);
    await page.keyboard.press('Control+Z');
    await settle(page);
  }
}

/** Returns what is still held after garbage collection, with an empty graph. */
async function held() {
  await page.evaluate(() => {
    const { probe } = /** @type {any} */ (globalThis);
    probe.grapher.setState(null);
    probe.reported.length = 0; // The test page records every edit.
  });
  await settle(page);
  await devtools.send('HeapProfiler.collectGarbage');
  const { usedSize } = await devtools.send('Runtime.getHeapUsage');
  const { metrics } = await devtools.send('Performance.getMetrics');
  const of = (/** @type {string} */ wanted) => metrics.find(({ name }) => name === wanted)?.value ?? NaN;
  return { heap: usedSize / 1e6, nodes: of('Nodes'), listeners: of('JSEventListeners') };
}
