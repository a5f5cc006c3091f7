/**
 * Speed of drawing: `node bench/sample.bench.js`. Prints, asserts nothing.
 */

import { interpret } from '../../js/graph/lang/index.js';
import { sampleFunction } from '../../js/graph/plot/sample/sample.js';

const SIZE = { width: 1200, height: 800 };
const VIEW = { xmin: -12, xmax: 12, ymin: -8, ymax: 8 };
const FORMULAS = [
  'y=2x+1',
  'y=x^{2}',
  'y=x^{3}-3x',
  'y=\\sqrt{x}',
  'y=x^{\\frac{1}{3}}',
  'y=\\left|x\\right|',
  'y=\\frac{1}{x}',
  'y=e^{x}',
  'y=\\ln x',
  'y=\\sin x',
  'y=\\tan x',
  'y=\\left\\{x<0:x^{2},x\\ge0:x\\right\\}',
  'y=\\operatorname{floor}\\left(x\\right)',
  'y=\\sin\\left(\\frac{1}{x}\\right)',
  'y=\\sin\\left(10^{6}x\\right)',
  'y=\\tan\\left(1000x\\right)',
  'y=\\operatorname{floor}\\left(40x\\right)/40',
  'y=\\sum_{n=1}^{100}\\frac{\\sin\\left(nx\\right)}{n}',
  'y=\\int_{0}^{x}e^{-t^{2}}dt',
];

console.log('one curve on 1200 x 800                             time   pieces   points   values   proofs');
for (const latex of FORMULAS) {
  const meaning = interpret([{ id: '1', latex }]).get('1');
  if (meaning?.kind !== 'function') throw new Error(latex);
  const [curve] = meaning.curves;
  const count = { values: 0, proofs: 0 };
  const pieces = sampleFunction(
    {
      value: (t) => (count.values++, curve.value(t)),
      interval: (lo, hi, out) => (count.proofs++, curve.interval(lo, hi, out)),
      derivative: curve.derivative,
      cost: curve.cost,
    },
    VIEW,
    SIZE,
  );
  const points = pieces.reduce((sum, piece) => sum + piece.length / 2, 0);
  for (let i = 0; i < 20; i++) sampleFunction(curve, VIEW, SIZE);
  const start = performance.now();
  let times = 0;
  for (; performance.now() - start < 150; times++) sampleFunction(curve, VIEW, SIZE);
  const micros = ((performance.now() - start) / times) * 1000;
  console.log(
    latex.padEnd(46) +
      `${micros.toFixed(0)} µs`.padStart(10) +
      [pieces.length, points, count.values, count.proofs].map((n) => String(n).padStart(9)).join(''),
  );
}
