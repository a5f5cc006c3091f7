import assert from 'node:assert/strict';
import { test } from 'node:test';
import { interpret } from '../../../../js/graph/lang/index.js';
import { curvesOf, meaningOf } from '../support.js';

/** @param {string[]} lines @param {string} [randomSeed] @returns {any[]} meanings in order */
const meanings = (lines, randomSeed) => [
  ...interpret(
    lines.map((latex, i) => ({ id: `line ${i}`, latex })),
    { randomSeed },
  ).values(),
];
/** @param {string} latex @param {string[]} [definitions] @returns {number[]} */
const list = (latex, definitions) => /** @type {any} */ (meaningOf(latex, definitions)).values;
/** @param {number[]} numbers */
const mean = (numbers) => numbers.reduce((a, b) => a + b, 0) / numbers.length;

test('the same seed and the same line give the same numbers, others give others', () => {
  const [first, second] = meanings(['\\operatorname{random}(3)', '\\operatorname{random}(3)'], 'a');
  assert.notDeepEqual(first.values, second.values);
  assert.deepEqual(meanings(['\\operatorname{random}(3)', ''], 'a')[0].values, first.values);
  assert.notDeepEqual(meanings(['\\operatorname{random}(3)'], 'b')[0].values, first.values);
  assert.equal(new Set(list('[\\operatorname{random}(),\\operatorname{random}()]')).size, 2);
});

test('a name keeps its number wherever it is used and wherever its line stands', () => {
  const [a, b, twice] = meanings(['a=\\operatorname{random}()', 'b=a', '[a+c\\operatorname{for}c=[0,0]]'], 's');
  assert.equal(b.value, a.value);
  assert.deepEqual(twice.values, [a.value, a.value]);
  const moved = meanings(['', '2a', 'b=5', 'a=\\operatorname{random}()'], 's');
  assert.deepEqual([moved[1].value, moved[3].value], [2 * a.value, a.value]);
  assert.equal(meanings(['a+d\\operatorname{with}d=0', 'a=\\operatorname{random}()'], 's')[0].value, a.value);
});

test('each item of a list made by a rule draws again, through functions too', () => {
  for (const made of [
    list('[\\operatorname{random}()\\operatorname{for}n=[1...50]]'),
    list('[f(n)\\operatorname{for}n=[1...50]]', ['f(x)=0x+\\operatorname{random}()']),
  ]) {
    assert.equal(new Set(made).size, 50);
  }
});

test('a seed that is given says what is drawn', () => {
  const drawn = list('\\operatorname{random}(3,7)');
  assert.deepEqual(list('1\\cdot\\operatorname{random}(3,a)', ['a=7']), drawn);
  assert.notDeepEqual(list('\\operatorname{random}(3,8)'), drawn);
});

test('numbers lie between 0 and 1 and all parts are as likely', () => {
  const numbers = list('\\operatorname{random}(10000)');
  assert.ok(numbers.every((x) => x > 0 && x < 1));
  for (let i = 0; i < 10; i++) {
    const count = numbers.filter((x) => Math.floor(10 * x) === i).length;
    assert.ok(Math.abs(count - 1000) < 120, `${count} between ${i / 10} and ${(i + 1) / 10}`);
  }
});

test('draws from lists and distributions', () => {
  assert.deepEqual(list('random(3,1)'), list('\\operatorname{random}(3,1)'));
  assert.ok(list('\\operatorname{random}([2,4],100)').every((x) => x === 2 || x === 4));
  assert.equal(new Set(list('[2,4].\\operatorname{random}(100)')).size, 2);
  assert.deepEqual(
    list('\\operatorname{shuffle}([1...100])').sort((a, b) => a - b),
    Array.from({ length: 100 }, (_, i) => i + 1),
  );
  /** @type {[string, number, number, number][]} distribution, its mean, its deviation, degrees that the mean of 5000 may be off by */
  const kinds = [
    ['normaldist(5,2)', 5, 2, 0.12],
    ['uniformdist(0,12)', 6, Math.sqrt(12), 0.2],
    ['binomialdist(20,0.3)', 6, Math.sqrt(4.2), 0.12],
    ['poissondist(4)', 4, 2, 0.12],
    ['tdist(10)', 0, Math.sqrt(1.25), 0.08],
  ];
  for (const [call, middle, deviation, off] of kinds) {
    const drawn = list(`\\operatorname{random}(${call.replace(/^\w+/, '\\operatorname{$&}')},5000)`);
    const found = Math.sqrt(mean(drawn.map((x) => (x - middle) ** 2)));
    assert.ok(Math.abs(mean(drawn) - middle) < off, `mean of ${call}: ${mean(drawn)}`);
    assert.ok(Math.abs(found / deviation - 1) < 0.06, `deviation of ${call}: ${found}`);
  }
});

test('a curve with a number drawn by chance is whole', () => {
  const [curve] = curvesOf('y=\\operatorname{random}()+x');
  const out = { lo: 0, hi: 0 };
  assert.equal(curve.interval(0, 1, out), 2);
  assert.ok(out.lo <= curve.value(0) && curve.value(1) <= out.hi && out.hi - out.lo < 1.001);
  assert.equal(curve.value(1) - curve.value(0.5), 0.5);
});

test('what cannot be drawn is said in words', () => {
  const cases = {
    'random(x)': /fixed number/,
    'random(100000)': /too long/,
    'shuffle(3)': /needs a list/,
    'random(-1)': /fixed number/,
    'random(poissondist(10^{12}),9)': /too long to compute/,
  };
  for (const [call, words] of Object.entries(cases)) {
    const meaning = /** @type {any} */ (meaningOf(call.replace(/[a-z]{3,}/g, '\\operatorname{$&}')));
    assert.match(meaning.message, words, call);
  }
});
