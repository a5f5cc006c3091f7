import assert from 'node:assert/strict';
import { test } from 'node:test';
import { interpret } from '../../../../js/graph/lang/index.js';
import { MAX_WORK, spentWork } from '../../../../js/graph/lang/work-limit.js';

/**
 * Lines that would take long, or for ever, if their work were not limited. The tests assert the count, not the time,
 * which depends on the machine: a unit is some nanoseconds.
 */

const THOUSAND = '\\left[1...1000\\right]';
const TEN_THOUSAND = '\\left[1...10000\\right]';

/** @param {string} latex @param {string[]} [definitions] */
function last(latex, definitions = []) {
  const lines = [...definitions, latex].map((text, i) => ({ id: String(i), latex: text }));
  const meaning = /** @type {any} */ (interpret(lines).get(String(definitions.length)));
  return { meaning, work: spentWork() };
}

test('lines whose work multiplies are given up within a budget, with a message', () => {
  const repeat = (/** @type {string} */ text, /** @type {number} */ times) => text.repeat(times);
  for (const [latex, definitions] of /** @type {[string, string[]?][]} */ ([
    [`\\operatorname{total}(${TEN_THOUSAND}${repeat(`+${TEN_THOUSAND}`, 100)})`],
    [`\\operatorname{quantile}(${TEN_THOUSAND},${TEN_THOUSAND}/10000)`],
    [`L[${TEN_THOUSAND}+x]`, [`L=${TEN_THOUSAND}`]],
    ['[\\operatorname{total}([a...1000])\\operatorname{for}a=[1...1000]]'],
    ['[\\operatorname{median}(L+a)\\operatorname{for}a=[1...1000]]', [`L=${THOUSAND}`]],
    ['[a+b\\operatorname{for}a=[1...10^6],b=[1...10^6]]'],
    ['[1...10^6]\\cdot[1...10^6]'],
    [`[${Array.from({ length: 60 }, () => '\\sum_{n=1}^{100000}n').join(',')}]`],
    ['\\sum_{n=1}^{10^{12}}n'],
    ['\\prod_{n=1}^{10^{9}}\\sum_{k=1}^{10^{9}}nk'],
    ['\\int_{0}^{1}\\int_{0}^{1}\\int_{0}^{1}xyzdxdydz'],
    ["y=f''''''(x)", ['f(x)=\\sin(\\cos(\\sin(x\\cos(x^{2}\\sin(x)))))']],
    [
      'f_{0}(x)',
      Array.from({ length: 50 }, (_, i) => `f_{${i}}(x)=f_{${i + 1}}(x)+f_{${i + 1}}(x+1)`).concat('f_{50}(x)=x'),
    ],
    [`\\operatorname{polygon}((${TEN_THOUSAND},${TEN_THOUSAND}^2))`],
    [`y=${repeat('x', 49_000)}`],
    [`\\operatorname{repeat}(${THOUSAND},10^{9})`],
    ['\\operatorname{binomialdist}(10^{9},0.5).\\operatorname{cdf}(10^{8})'],
  ])) {
    const { meaning, work } = last(latex, definitions);
    assert.equal(meaning.kind, 'error', `${latex.slice(0, 80)}: ${JSON.stringify(meaning).slice(0, 80)}`);
    assert.match(meaning.message, /too long|too many/, latex.slice(0, 80));
    assert.ok(work <= MAX_WORK * 1.1, `${latex.slice(0, 80)} took ${work}`);
  }
});

test('what is honest, though long, is worked out within the budget', () => {
  for (const [latex, kind] of [
    ['\\sum_{n=1}^{500000}n^{2}', 'value'],
    [`\\operatorname{sort}(${TEN_THOUSAND})`, 'list'],
    [`\\operatorname{spearman}(${TEN_THOUSAND},${TEN_THOUSAND})`, 'value'],
    [`(${TEN_THOUSAND},${TEN_THOUSAND}^2)`, 'point'],
    ['\\int_{0}^{1}\\int_{0}^{1}xydxdy', 'value'],
    ['\\operatorname{nCr}(10^{15},5\\cdot10^{14})', 'value'],
    [`y=${'x+'.repeat(5_000)}x`, 'function'],
    [`y=${THOUSAND}[1...100]x`, 'function'],
    [`[${Array.from({ length: 9000 }, (_, i) => i).join(',')}]`, 'list'],
  ]) {
    const { meaning, work } = last(latex);
    assert.equal(meaning.kind, kind, `${latex.slice(0, 80)}: ${meaning.message}`);
    assert.ok(work <= MAX_WORK);
  }
});

test('a list of hostile lines is bounded as a whole, and its honest lines are worked out one call after the other', () => {
  const hostile = Array.from({ length: 60 }, (_, i) => `f_{${i}}(x)=f_{${i + 1}}(x)+f_{${i + 1}}(x+${i})`);
  const lines = ['y=x^{2}+17', ...hostile, 'f_{60}(x)=x', 'y=x^{2}+18'].map((latex, i) => ({ id: String(i), latex }));
  const first = interpret(lines);
  assert.equal(first.get('0')?.kind, 'function');
  assert.equal(first.get('62')?.kind, 'function', 'the rest of the graph still draws');
  assert.equal(interpret(lines).get('62'), first.get('62'));
});

test('a line of a megabyte is not even looked at', () => {
  const before = spentWork();
  for (const latex of [
    'x+'.repeat(500_000),
    ' '.repeat(1_000_000),
    `f${' '.repeat(1_000_000)}(x)=`,
    '\\'.repeat(1_000_000),
  ]) {
    assert.match(last(latex).meaning.message, /too long/);
  }
  assert.equal(spentWork(), before);
});

test('one value of a curve costs what can be drawn with', () => {
  assert.match(last('y=\\sum_{n=1}^{10^{6}}\\sin(nx)').meaning.message, /too long/);
  const { meaning } = last('y=\\sum_{n=1}^{1000}\\sin(nx)');
  assert.ok(meaning.curves[0].cost < 30_000);
  const unknown = last('y=\\sum_{n=1}^{x}n').meaning.curves[0];
  assert.equal(unknown.value(100), 5050);
  assert.ok(Number.isNaN(unknown.value(1e12)), 'a sum whose end varies stops being defined, not the page');
});
