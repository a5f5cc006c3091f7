import { test } from 'node:test';
import assert from 'node:assert/strict';
import { difference, onlyHere } from '../../../js/museum/text-difference.js';

/** @param {import('../../../js/museum/text-difference.js').Stretch[]} stretches */
function marked(stretches) {
  return stretches.map(({ text, differs }) => (differs ? `[${text}]` : text)).join('');
}

/** @param {string} left @param {string} right */
function both(left, right) {
  const made = difference(left, right);
  return [marked(made.left), marked(made.right)];
}

test('words that differ are marked, and nothing else', () => {
  assert.deepEqual(both('It doubles with each step.', 'It triples with each step.'), [
    'It [doubles] with each step.',
    'It [triples] with each step.',
  ]);
  assert.deepEqual(both('It climbs.', 'It climbs.'), ['It climbs.', 'It climbs.']);
  assert.deepEqual(both('', 'New.'), ['', '[New.]']);
  assert.deepEqual(both('', ''), ['', '']);
});

test('what was added or taken out is marked on its side alone', () => {
  assert.deepEqual(both('A straight line.', 'A long straight line.'), ['A straight line.', 'A [long ]straight line.']);
  assert.deepEqual(both('One.\n\nTwo.\nThree.', 'One.\nThree.'), ['One.[\n\nTwo.]\nThree.', 'One.\nThree.']);
});

test('a run of different words is one mark, not a mark for each word', () => {
  assert.deepEqual(both('the quick brown fox', 'the slow grey fox'), ['the [quick brown] fox', 'the [slow grey] fox']);
});

test('words are found where a language writes no blanks', () => {
  const [left, right] = both('これは直線です', 'これは曲線です');
  assert.ok(left.startsWith('これは[') && left.endsWith(']です'), left);
  assert.ok(right.startsWith('これは['), right);
});

test('the stretches are the texts, and what is not marked is the same in both', () => {
  let seed = 7;
  const random = (/** @type {number} */ below) => (seed = (seed * 48271) % 2147483647) % below;
  const text = () =>
    Array.from({ length: random(40) }, () => ['a', 'b', 'c', ' ', '\n', '.', 'word', 'ä', '👩‍🏫'][random(9)]).join('');
  for (let i = 0; i < 500; i += 1) {
    const [a, b] = [text(), text()];
    const { left, right } = difference(a, b);
    assert.equal(left.map((each) => each.text).join(''), a);
    assert.equal(right.map((each) => each.text).join(''), b);
    const shared = (/** @type {typeof left} */ side) =>
      side
        .filter((each) => !each.differs)
        .map((each) => each.text)
        .join('');
    assert.equal(shared(left), shared(right));
  }
});

test('long texts are compared at once, too', () => {
  const long = (/** @type {string} */ word) => `Begin. ${`${word} x `.repeat(20_000)}End.`;
  const start = Date.now();
  const { left, right } = difference(long('one'), long('two'));
  assert.ok(Date.now() - start < 2_000);
  assert.equal(left[0].text, 'Begin. ');
  assert.equal(right.at(-1)?.differs, false);
});

test('lines are only here as often as the others have them less', () => {
  assert.deepEqual(onlyHere(['a', 'b', 'a'], ['a', 'c']), [false, true, true]);
  assert.deepEqual(onlyHere([], ['a']), []);
});
