/**
 * Speed of comparing states: `node bench/merge.bench.js`. Prints, asserts nothing.
 */

import { applyPatch, diffState } from '../../js/sync/merge.js';

/** @param {number} size of the list */
function stateOf(size) {
  const list = Array.from({ length: size }, (_, i) => ({
    type: 'expression',
    id: String(1_000_000 + i),
    color: '#c74440',
    latex: `y=a_{${i}}\\left(x-${i}\\right)^{2}+\\sin\\left(x\\right)`,
  }));
  return {
    version: 11,
    randomSeed: '0'.repeat(32),
    graph: { viewport: { xmin: -10, xmax: 10, ymin: -5, ymax: 5 } },
    expressions: { list },
  };
}

/** @param {() => void} work @returns {number} microseconds */
function time(work) {
  for (let i = 0; i < 200; i++) work();
  const start = performance.now();
  let times = 0;
  for (; performance.now() - start < 300; times++) work();
  return ((performance.now() - start) / times) * 1000;
}

console.log('items    bytes   difference    application   (microseconds)');
for (const size of [10, 45, 500, 2000]) {
  const from = stateOf(size);
  const to = structuredClone(from);
  to.expressions.list[size >> 1].latex = 'a=2';
  const patch = diffState(from, to) ?? {};
  const bytes = JSON.stringify(from).length;
  console.log(
    `${size}`.padStart(5),
    `${bytes}`.padStart(8),
    time(() => diffState(from, to))
      .toFixed(1)
      .padStart(12),
    time(() => applyPatch(from, patch))
      .toFixed(1)
      .padStart(14),
  );
}
