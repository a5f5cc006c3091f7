/** Integrals with moving bounds, in lines just typed: `node bench/integral.bench.js`. Prints, asserts nothing. */

import { interpret } from '../../js/graph/lang/index.js';
import { sampleFunction } from '../../js/graph/plot/sample/sample.js';

const SIZE = { width: 1200, height: 800 };
const VIEW = { xmin: -12, xmax: 12, ymin: -8, ymax: 8 };
const PICTURES = 15;
const FORMULAS = [
  'y=\\int_{0}^{x}t^{2}dt',
  'y=\\int_{0}^{x}e^{-t^{2}}dt',
  'y=\\int_{-\\infty}^{x}e^{-t^{2}}dt',
  'y=\\int_{0}^{x}\\sin\\left(\\frac{1}{t}\\right)dt',
  'y=\\int_{1}^{x}\\left|\\sin\\left(10t\\right)\\right|dt',
  'y=\\int_{0}^{x}\\operatorname{floor}\\left(t\\right)dt',
  'y=\\int_{x}^{x+1}\\sin\\left(t^{2}\\right)dt',
  'y=\\int_{0}^{x^{2}}\\cos\\left(t\\right)dt',
  'y=\\int_{0}^{1}\\sin\\left(\\frac{x}{t}\\right)dt',
  'y=\\int_{0}^{x}\\sin\\left(10^{6}t\\right)dt',
  'y=\\int_{0}^{x}\\frac{1}{\\sqrt{t}}dt',
];

/** @param {string} latex @returns {import('../../js/graph/lang/types.js').Curve} */
function curveOf(latex) {
  const meaning = interpret([{ id: '1', latex }]).get('1');
  if (meaning?.kind !== 'function') throw new Error(`${latex} is no function: ${JSON.stringify(meaning)}`);
  return meaning.curves[0];
}

/** @param {() => void} work @returns {number} ms, not counting what other programs take */
function cpuTime(work) {
  const start = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

console.log(`a picture of ${SIZE.width} x ${SIZE.height}, in ms`.padEnd(60) + 'median     worst     again    values');
for (const latex of FORMULAS) {
  /** @type {{first: number, again: number, values: number}[]} */
  const times = [];
  for (let i = 0; i < PICTURES; i++) {
    // One more space, so that nothing about the line is cached.
    const curve = curveOf(`${latex}${' '.repeat(i)}`);
    let values = 0;
    const counted = { ...curve, value: (/** @type {number} */ t) => (values++, curve.value(t)) };
    const first = cpuTime(() => sampleFunction(counted, VIEW, SIZE));
    const again = cpuTime(() => sampleFunction(curve, VIEW, SIZE));
    times.push({ first, again, values });
  }
  times.sort((a, b) => a.first - b.first);
  const { first, again, values } = times[Math.floor(PICTURES / 2)];
  const worst = times[PICTURES - 1].first;
  console.log(
    latex.padEnd(56) +
      [first, worst, again].map((ms) => ms.toFixed(1).padStart(10)).join('') +
      String(values).padStart(10),
  );
}
