import assert from 'node:assert/strict';
import { test } from 'node:test';
import { movableOf, movedTo, rounded, tableMovables, unitOf } from '../../../../js/graph/state/movable-points.js';
import { sceneOf } from '../../../../js/graph/state/scene.js';

const UNIT = { x: 0.01, y: 0.01 };

/**
 * Drags the first of some lines.
 *
 * @param {{x: number, y: number}} to
 * @param {...(string | {latex: string, [key: string]: unknown})} lines
 * @returns {string[] | null} the lines afterwards; null where the first one stands still
 */
function dragged(to, ...lines) {
  const entries = lines.map((line, i) => ({
    key: String(i),
    item: { type: 'expression', ...(typeof line === 'string' ? { latex: line } : line) },
  }));
  const { meanings } = sceneOf(entries, { degreeMode: false });
  const movable = movableOf(entries[0], entries, meanings);
  if (!movable) return null;
  const edits = new Map(
    movedTo(movable, to, UNIT, entries, meanings).map(({ key, changes }) => [key, String(changes.latex)]),
  );
  return entries.map(({ key, item }) => edits.get(key) ?? item.latex);
}

test('a point of plain numbers is written anew, in its own spelling', () => {
  assert.deepEqual(dragged({ x: 3.14159, y: -2 }, '(1,2)'), ['(3.14,-2)']);
  assert.deepEqual(dragged({ x: 0.5, y: 7 }, 'P=\\left(1,-.5\\right)'), ['P=\\left(0.5,7\\right)']);
});

test('sliders move with the point that hangs on them', () => {
  assert.deepEqual(dragged({ x: 3, y: 4 }, '\\left(a,b_1\\right)', 'a=1', 'b_{1}=2'), [
    '\\left(a,b_1\\right)',
    'a=3',
    'b_{1}=4',
  ]);
  assert.deepEqual(dragged({ x: 3, y: 4 }, '(a,a^2)', 'a=1'), ['(a,a^2)', 'a=3'], 'the other coordinate follows');
  assert.deepEqual(dragged({ x: 3, y: 4 }, '(a,a)', 'a=1'), ['(a,a)', 'a=3']);
  assert.deepEqual(dragged({ x: 3, y: 4 }, '(a,3)', 'a=1'), ['(a,4)', 'a=3']);
});

test('a slider keeps its limits and its step', () => {
  const limited = { latex: 'a=1', slider: { hardMin: true, min: '0', hardMax: true, max: '5', step: '2' } };
  assert.deepEqual(dragged({ x: 99, y: 0 }, '(a,0)', limited), ['(a,0)', 'a=4']);
  assert.deepEqual(dragged({ x: 2.9, y: 0 }, '(a,0)', limited), ['(a,0)', 'a=2']);
  assert.deepEqual(dragged({ x: -3, y: 0 }, '(a,0)', limited), ['(a,0)', 'a=0']);
});

test('dragMode says which way a point may go', () => {
  assert.deepEqual(dragged({ x: 5, y: 6 }, { latex: '(1,2)', dragMode: 'X' }), ['(5,2)']);
  assert.deepEqual(dragged({ x: 5, y: 6 }, { latex: '(1,2)', dragMode: 'Y' }), ['(1,6)']);
  assert.deepEqual(dragged({ x: 5, y: 6 }, { latex: '(1,2)', dragMode: 'XY' }), ['(5,6)']);
  assert.equal(dragged({ x: 5, y: 6 }, { latex: '(1,2)', dragMode: 'NONE' }), null);
});

test('what is worked out stands still', () => {
  for (const lines of [
    ['(\\sqrt{2},1+1)'],
    ['(2a,b+1)', 'a=1', 'b=2'],
    ['(1,2)+(3,4)'],
    ['[(1,2),(3,4)]'],
    ['(a,c)', 'a=[1,2]', 'c=a+1'],
    ['y=x'],
  ]) {
    assert.equal(dragged({ x: 1, y: 1 }, ...lines), null, lines[0]);
  }
  assert.deepEqual(dragged({ x: 5, y: 6 }, '(1,\\frac{1}{2})'), ['(5,\\frac{1}{2})']);
});

test('points of a table move where their column says so, and write their cells', () => {
  /** @param {string} [dragMode] */
  const moved = (dragMode) => {
    const columns = [
      { id: '1', latex: 'x_{1}', values: ['1', '', '3'], unheard: 1 },
      { id: '2', latex: 'y_{1}', values: ['2', '5', '2+2'], dragMode },
    ];
    const entries = [{ key: 't', item: { type: 'table', columns } }];
    const { meanings, drawables } = sceneOf(entries, { degreeMode: false });
    return tableMovables(entries[0], drawables).map((movable) => {
      const [{ changes }] = movedTo(movable, { x: 7, y: -8 }, UNIT, entries, meanings);
      return /** @type {any[]} */ (changes.columns).map(({ values }) => values.join(' '));
    });
  };
  assert.deepEqual(moved(), []);
  assert.deepEqual(moved('NONE'), []);
  assert.deepEqual(
    moved('XY'),
    [
      ['7  3', '-8 5 2+2'],
      ['1  7', '2 5 2+2'],
    ],
    'what is worked out stays',
  );
  assert.deepEqual(moved('Y'), [['1  3', '-8 5 2+2']]);
});

test('numbers are no finer than a hand can aim', () => {
  assert.equal(unitOf(20 / 600), 0.01);
  assert.equal(unitOf(0.01), 0.01);
  assert.equal(unitOf(3e5), 1e5);
  assert.equal(rounded(1.2345, 0.01), '1.23');
  assert.equal(rounded(-0.0001, 0.01), '0');
  assert.equal(rounded(123456, 1000), '123000');
  assert.equal(rounded(2.00000000049, 1e-9), '2');
  assert.equal(rounded(1e-9 * 3.4, 1e-9), '0.000000003');
});
