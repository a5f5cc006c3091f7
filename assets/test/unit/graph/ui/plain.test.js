import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fromPlain, isPlain } from '../../../../js/graph/ui/input/from-plain.js';
import { normalizeLatex } from '../../../../js/graph/ui/input/latex.js';
import { toPlain } from '../../../../js/graph/ui/input/to-plain.js';

/** @param {string} text */
const typed = (text) => normalizeLatex(fromPlain(text));

test('a formula in plain letters is understood', () => {
  const cases = [
    ['y = 2x^2 + 1', String.raw`y=2x^{2}+1`],
    ['y=sqrt(x-1)+2', String.raw`y=\sqrt{x-1}+2`],
    ['y=\u221ax+\u221a(x+1)', String.raw`y=\sqrt{x}+\sqrt{x+1}`],
    ['y=2 sqrt x', String.raw`y=2\sqrt{x}`],
    ['sqrt2/2', String.raw`\sqrt{2}/2`],
    ['y=x^{10}+a_{12}e^{-2x}', String.raw`y=x^{10}+a_{12}e^{-2x}`],
    ['y=x^{1/3}{x>0}', String.raw`y=x^{\frac{1}{3}}\left\{x>0\right\}`],
    ['y = x⁴ – 2x⁻¹', String.raw`y=x^{4}-2x^{-1}`],
    ['y = 3·2ˣ + log₂(x)', String.raw`y=3\cdot2^{x}+\log_{2}\left(x\right)`],
    ['y=½x', String.raw`y=\frac{1}{2}x`],
    ['y=x**2', String.raw`y=x^{2}`],
    ['cbrt(x)', String.raw`\sqrt[3]{x}`],
    ['nthroot(x,4)', String.raw`\sqrt[4]{x}`],
    ['abs(x-3)<=2', String.raw`\operatorname{abs}\left(x-3\right)\le2`],
    ['y = 3*2^-x', String.raw`y=3\cdot2^{-x}`],
    ['x^(1/3)', String.raw`x^{\frac{1}{3}}`],
    ['y=1/2x', String.raw`y=\frac{1}{2}x`],
    ['(x+1)/(x-1)', String.raw`\frac{x+1}{x-1}`],
    ['sin(x)/x', String.raw`\sin\left(x\right)/x`],
    ['f(x)/2', String.raw`f\left(x\right)/2`],
    ['log_2(x)/3', String.raw`\log_{2}\left(x\right)/3`],
    ['1/x^2', String.raw`1/x^{2}`],
    ['2 sin x', String.raw`2\sin x`],
    ['pi r²', String.raw`\pi r^{2}`],
    ['y=x{0<x<3}', String.raw`y=x\left\{0<x<3\right\}`],
    [String.raw`y=\frac{1}{x}`, String.raw`y=\frac{1}{x}`],
    ['y=e^{2x}-3e^-(x+1)', String.raw`y=e^{2x}-3e^{-x+1}`],
    ['sin^{-1}(0.5)', String.raw`\sin^{-1}\left(0.5\right)`],
    ['v_{max}+x_{1}', 'v_{max}+x_{1}'],
    ['log_(1/2)(8)', String.raw`\log_{\frac{1}{2}}\left(8\right)`],
    ['2^sin(x)+e^pi x', String.raw`2^{\sin\left(x\right)}+e^{\pi}x`],
    ['r=2^θ', String.raw`r=2^{\theta}`],
    ['2^3!-a^n!', '2^{3!}-a^{n!}'],
    ['√16+√(x+1)-2∛x', String.raw`\sqrt{16}+\sqrt{x+1}-2\sqrt[3]{x}`],
    ['y=2±√x', String.raw`y=2\pm\sqrt{x}`],
    ['[n^2 for n=[1..5]]', String.raw`\left[n^{2}\operatorname{for}n=\left[1...5\right]\right]`],
    ['a+b with a=2', String.raw`a+b\operatorname{with}a=2`],
    [
      'mean([0,.25…1])+nCr(6,2)',
      String.raw`\operatorname{mean}\left(\left[0,.25...1\right]\right)+\operatorname{nCr}\left(6,2\right)`,
    ],
    ['((x', '((x'],
    ['', ''],
  ];
  for (const [text, want] of cases) assert.equal(typed(text), want);
});

test('a formula is named in plain letters', () => {
  const cases = [
    [String.raw`y=\sqrt{x}`, 'y = sqrt(x)'],
    [String.raw`y=a\sqrt{x-h}+k`, 'y = a sqrt(x-h)+k'],
    [String.raw`y=-\frac{2}{3}x+4`, 'y = -(2/3)x+4'],
    [String.raw`y=\frac{a}{x-h}+k`, 'y = a/(x-h)+k'],
    [String.raw`y\le2x^{10}`, 'y <= 2x^10'],
    [String.raw`y=\operatorname{floor}\left(x\right)`, 'y = floor(x)'],
    [String.raw`f\left(x\right)=\log_{2}x`, 'f(x) = log_2x'],
  ];
  for (const [latex, want] of cases) assert.equal(toPlain(latex), want);
});

test('what is named in plain letters is read back to the same formula', () => {
  const formulas = [
    String.raw`y=a\left(x-h\right)^{2}+k\left\{0<x<3\right\}`,
    String.raw`y=2\sqrt{x-1}+3`,
    String.raw`y=a\sin\left(b\left(x-c\right)\right)+d`,
    String.raw`y=\operatorname{abs}\left(x\right)-3`,
    String.raw`y_{1}\sim ax_{1}^{2}+b`,
    String.raw`y=\frac{a}{x-h}+k`,
    String.raw`v_{max}+a_{1}`,
    String.raw`\operatorname{total}\left(\left[n^{2}\operatorname{for}n=\left[1...5\right]\right]\right)`,
    String.raw`\operatorname{median}\left(L\right)\operatorname{with}L=\left[1,2\right]`,
  ];
  for (const latex of formulas) {
    assert.ok(isPlain(latex));
    assert.equal(typed(toPlain(latex)), latex);
  }
  assert.equal(isPlain(String.raw`\sum_{n=1}^{5}n`), false);
});

test('broken and hostile formulas have a name too', () => {
  assert.equal(typeof toPlain(String.raw`\frac{1}{`), 'string');
  assert.equal(typeof toPlain(String.raw`\sqrt`), 'string');
  assert.equal(typeof toPlain('{'.repeat(20_000)), 'string');
  assert.equal(typeof fromPlain('('.repeat(20_000)), 'string');
});
