/**
 * Speed of the language: `node bench/lang.bench.js`. Prints, asserts nothing.
 */

import { interpret } from '../../js/graph/lang/index.js';

const FORMULAS = [
  'y=2x+1',
  'y=x^{3}-3x',
  'y=\\frac{1}{x^{2}-1}',
  'y=\\sqrt{x-1}+2',
  'y=x^{\\frac{1}{3}}',
  'y=2\\sin\\left(3x-1\\right)+\\cos x',
  'y=e^{-x^{2}}',
  'y=\\log_{2}x',
  'y=\\left|x-\\left|2x\\right|\\right|',
  'y=\\left\\{x<-1:-1,x<1:x,1\\right\\}',
  'y=\\sum_{n=1}^{20}\\frac{\\sin\\left(nx\\right)}{n}',
];

/** @param {() => void} work @param {number} times @returns {number} milliseconds for one */
function time(work, times) {
  for (let i = 0; i < times / 5; i++) work();
  const start = performance.now();
  for (let i = 0; i < times; i++) work();
  return (performance.now() - start) / times;
}

console.log('one evaluation                                       value      interval');
let sink = 0;
for (const latex of FORMULAS) {
  const meaning = interpret([{ id: '1', latex }]).get('1');
  if (meaning?.kind !== 'function') throw new Error(latex);
  const [curve] = meaning.curves;
  const out = { lo: 0, hi: 0 };
  let t = 0.1;
  const value = time(() => (sink += curve.value((t += 1e-6))), 300_000) * 1e6;
  const interval = time(() => (sink += curve.interval((t += 1e-6), t + 0.01, out)), 300_000) * 1e6;
  console.log(`${latex.padEnd(48)}${value.toFixed(0).padStart(7)} ns${interval.toFixed(0).padStart(10)} ns`);
}

const LINES = [
  'a=1',
  'b=2',
  'h=-1',
  'k=0.5',
  'f\\left(x\\right)=a\\left(x-h\\right)^{2}+k',
  'y=f\\left(x\\right)+b',
  'y=a\\sin\\left(b\\left(x-h\\right)\\right)+k',
  'y=\\frac{a}{x-h}+k',
  'y=a\\sqrt{x-h}\\left\\{0<x<3\\right\\}',
  'y=ab^{x}',
  '\\left(a,b\\right)',
  'y=\\left\\{x<h:a,k\\right\\}',
];
let a = 0;
const dragged = time(() => {
  a += 0.001;
  interpret(LINES.map((latex, i) => ({ id: String(i), latex: i === 0 ? `a=${a.toFixed(3)}` : latex })));
}, 2000);
/** Four times the lines with different names, all depending on one slider, and the slider. */
const FIFTY = [
  's=1',
  ...[1, 2, 3, 4].flatMap((n) =>
    LINES.map((latex) =>
      latex
        .replace(/\\?[a-z]+/g, (word) => (/^[abhkf]$/.test(word) ? `${word}_{${n}}` : word))
        .replace(/^a_\{\d\}=1$/, `a_{${n}}=s+${n}`),
    ),
  ),
];
let s = 0;
const fifty = time(() => {
  s += 0.001;
  interpret(FIFTY.map((latex, i) => ({ id: String(i), latex: i === 0 ? `s=${s.toFixed(3)}` : latex })));
}, 500);
console.log(
  `\n${FIFTY.length} lines while a slider moves that most of them use: ${(fifty * 1000).toFixed(0)} µs, of 16667 that a frame has`,
);
const same = LINES.map((latex, i) => ({ id: String(i), latex }));
console.log(`\ntwelve lines while a slider moves: ${(dragged * 1000).toFixed(0)} µs`);
console.log(`twelve lines unchanged: ${(time(() => interpret(same), 2000) * 1000).toFixed(0)} µs`);
let fresh = 0;
const typed = time(() => {
  fresh += 1;
  interpret(
    LINES.map((latex, i) => ({ id: String(i), latex: `${latex}\\ `.repeat(1) + '\\,'.repeat(1 + (fresh % 997)) })),
  );
}, 500);
console.log(`twelve lines never seen before: ${(typed * 1000).toFixed(0)} µs`);
if (Number.isNaN(sink)) console.log('some values were not defined');
