import assert from 'node:assert/strict';
import { test } from 'node:test';
import { normalizeLatex } from '../../../../js/graph/ui/input/latex.js';

const spellings = [
  [String.raw`y=\sqrt{\left(x\right)}`, String.raw`y=\sqrt{x}`],
  [String.raw`\sqrt{(x)(y)}`, String.raw`\sqrt{\left(x\right)\left(y\right)}`],
  [String.raw`\frac12x^2_1`, String.raw`\frac{1}{2}x^{2}_{1}`],
  [String.raw`\sqrt[3]x`, String.raw`\sqrt[3]{x}`],
  [String.raw`\left\lbrace x\leq0\right\rbrace`, String.raw`\left\{x\le0\right\}`],
  [String.raw`f^{\prime}(x)`, String.raw`f'\left(x\right)`],
  [String.raw`f^{\prime\prime}(x)`, String.raw`f''\left(x\right)`],
  [String.raw`\operatorname{\mathrm{abs}}x`, String.raw`\operatorname{abs}x`],
  [String.raw`\operatorname{sin}x\mathrm{d}x`, String.raw`\sin xdx`],
  [String.raw`\sqrt{\placeholder{}}+\placeholder{}`, String.raw`\sqrt{}+`],
  [String.raw`2\,\pi\,r*3`, String.raw`2\pi r\cdot3`],
  [String.raw`\left[1,2\right]`, String.raw`\left[1,2\right]`],
  [String.raw`\left\vert x\right\vert`, String.raw`\left|x\right|`],
  [String.raw`x ^ { 2 }`, String.raw`x^{2}`],
  [String.raw`(x+1`, String.raw`(x+1`],
  [String.raw`x^`, String.raw`x^{}`],
  [String.raw`}{`, String.raw`}{`],
];

test('every way to spell a formula becomes the one that is kept', () => {
  for (const [given, want] of spellings) assert.equal(normalizeLatex(given), want);
});

test('what is spelt right is left alone', () => {
  for (const [, right] of spellings) assert.equal(normalizeLatex(right), right);
});

test('a hostile formula is kept as it came, at once', () => {
  const deep = '{'.repeat(10_000) + '}'.repeat(10_000);
  assert.equal(normalizeLatex(deep), deep);
  const long = '('.repeat(30_000);
  assert.equal(normalizeLatex(long), long);
});
