import assert from 'node:assert/strict';
import { test } from 'node:test';
import { interpret } from '../../../../js/graph/lang/index.js';

/**
 * @typedef {import('../../../../js/graph/lang/types.js').FitProblem} FitProblem
 * @typedef {import('../../../../js/graph/lang/index.js').InputLine} InputLine
 */

let solved = 0;

/**
 * One Gauss-Newton step, which is exact for one or two linear parameters.
 *
 * @param {FitProblem} problem
 */
function solve({ names, rows, left, right }) {
  solved += 1;
  const at = (/** @type {number[]} */ values) => left(values).map((y, i) => y - right(values)[i]);
  const zero = names.map(() => 0);
  const base = at(zero);
  const slopes = names.map((_, k) => at(zero.map((_, i) => (i === k ? 1 : 0))).map((r, i) => base[i] - r));
  const dot = (/** @type {Float64Array} */ a, /** @type {Float64Array} */ b) =>
    a.reduce((sum, x, i) => sum + x * b[i], 0);
  const [p, q = p] = slopes;
  if (names.length === 1) return { values: { [names[0]]: dot(p, base) / dot(p, p) } };
  const determinant = dot(p, p) * dot(q, q) - dot(p, q) ** 2;
  return {
    values: {
      [names[0]]: (dot(p, base) * dot(q, q) - dot(q, base) * dot(p, q)) / determinant,
      [names[1]]: (dot(q, base) * dot(p, p) - dot(p, base) * dot(p, q)) / determinant,
    },
    rows: rows.length,
  };
}

/** @param {(string|Omit<InputLine, 'id'>)[]} lines @param {boolean} [withSolver] */
function meanings(lines, withSolver = true) {
  const given = lines.map((line, i) => ({ id: String(i), ...(typeof line === 'string' ? { latex: line } : line) }));
  const found = interpret(given, withSolver ? { solve } : {});
  return given.map(({ id }) => /** @type {any} */ (found.get(id)));
}

const X = { latex: 'x_{1}', cells: ['0', '1', '2', '3'] };
const Y = { latex: 'y_{1}', cells: ['1', '3', '5', '7'] };

test('other lines know what a fit has found, as if it had been defined', () => {
  const [, , fit, curve, value, list, point] = meanings([
    X,
    Y,
    'y_1\\sim mx_1+b',
    'y=mx+b',
    'm+b',
    '\\left[m,b\\right]',
    '\\left(b,m\\right)',
  ]);
  assert.deepEqual(fit.names, ['m', 'b']);
  assert.deepEqual(fit.solution, { values: { m: 2, b: 1 }, rows: 4 });
  assert.ok(Math.abs(curve.curves[0].value(10) - 21) < 1e-9);
  assert.ok(Math.abs(value.value - 3) < 1e-9);
  assert.deepEqual(list.values.map(Math.round), [2, 1]);
  assert.deepEqual(
    point.points.map((/** @type {{x: number, y: number}} */ { x, y }) => [Math.round(x), Math.round(y)]),
    [[1, 2]],
  );
});

test('the order of the lines does not matter, and a fit can stand on what another has found', () => {
  const [curve, second, , , first] = meanings(['y=cx', 'y_1-k\\sim cx_1', X, Y, 'y_1\\sim mx_1+b', 'k=b']);
  assert.deepEqual(first.names, ['m', 'b']);
  assert.deepEqual(second.names, ['c'], 'k is what the other one has found');
  assert.ok(Math.abs(curve.curves[0].value(1) - 2) < 1e-9);
});

test('what is left over is a list under the name that the line gives it', () => {
  const [, , , residuals, total] = meanings([
    X,
    { latex: 'y_{1}', cells: ['1', '3', '5', '9'] },
    { latex: 'y_1\\sim mx_1+1', residuals: 'e_{1}' },
    'e_1',
    '\\operatorname{total}(e_1x_1)',
  ]);
  assert.equal(residuals.kind, 'list');
  assert.equal(residuals.values.length, 4);
  assert.ok(Math.abs(total.value) < 1e-9, 'a best fit leaves nothing over along its slope');
});

test('rows with gaps take no part, nor do those that a condition leaves out', () => {
  const gappy = [
    { latex: 'x_{1}', cells: ['0', '', '2', '3', '9', ''] },
    { latex: 'y_{1}', cells: ['1', '3', '5', 'oops+', '0'] },
  ];
  const [, column, fit, left] = meanings([
    ...gappy,
    { latex: 'y_1\\sim mx_1+b\\left\\{x_1<5\\right\\}', residuals: 'e_1' },
    'e_{1}',
  ]);
  assert.deepEqual(fit.problem.rows, [0, 2]);
  assert.equal(fit.problem.size, 5, 'the empty row at the end is none');
  assert.deepEqual(fit.solution.values, { m: 2, b: 1 });
  assert.deepEqual(left.values.map(Number.isNaN), [false, true, false, true, true]);
  assert.deepEqual(
    column.faults.map((/** @type {{row: number}} */ { row }) => row),
    [3],
  );
});

test('conditions on parameters keep the solver out of where they do not hold', () => {
  const [, , fit] = meanings([X, Y, 'y_1\\sim mx_1\\left\\{0<m<1\\right\\}']);
  assert.ok(Number.isNaN(fit.problem.right([2])[0]));
  assert.equal(fit.problem.right([0.5])[2], 1);
});

test('models use all of the language: functions of the list, mean of the data, powers', () => {
  const [, , , , fit] = meanings([X, Y, 'f(t)=t-\\operatorname{mean}(x_1)', 'q=3', 'y_1\\sim mf(x_1)+qb^{0}c']);
  assert.deepEqual(fit.names, ['m', 'b', 'c']);
  assert.deepEqual([...fit.problem.right([1, 5, 2])], [4.5, 5.5, 6.5, 7.5]);
});

test('without a solver the values of last time are taken: a thumbnail needs none', () => {
  const before = solved;
  const [, , fit, curve] = meanings([X, Y, { latex: 'y_1\\sim mx_1+b', start: { m: 2, b: 1 } }, 'y=mx+b'], false);
  assert.equal(solved, before);
  assert.deepEqual(fit.solution, { values: { m: 2, b: 1 } });
  assert.equal(curve.curves[0].value(3), 7);
});

test('a fit is worked out once, and again only when something that it uses changes', () => {
  const at = (/** @type {string} */ a) => meanings(['a=4', X, Y, 'y_1\\sim mx_1^{2}+k', 'y=mx', `d=${a}`]);
  const first = at('1');
  const count = solved;
  const second = at('2');
  assert.equal(solved, count, 'd has nothing to do with it');
  assert.equal(first[3], second[3]);
  assert.equal(first[4], second[4]);
  meanings(['a=4', X, { latex: 'y_{1}', cells: ['1', '3', '5', '8'] }, 'y_1\\sim mx_1^{2}+k', 'y=mx']);
  assert.equal(solved, count + 1);
});

test('what cannot be fitted is said, and the rest goes on', () => {
  const [empty, user] = meanings(['y_1\\sim mx_1+b', 'y=mx']);
  assert.equal(empty.kind, 'regression');
  assert.match(empty.message, /needs data/);
  assert.match(user.message, /No value was found for m/);

  const [, , one, two, uses] = meanings([X, Y, 'y_1\\sim mx_1', 'y_1\\sim mx_1^{2}', 'y=mx']);
  for (const fit of [one, two]) assert.match(fit.message, /m is given on more than one line/);
  assert.match(uses.message, /on the line for m/);

  const [data, , loop, x] = meanings([{ latex: 'x_{1}', cells: ['m', '1'] }, Y, 'y_1\\sim mx_1', 'y=x']);
  for (const line of [data, loop]) assert.match(line.message, /depend on its own result/);
  assert.equal(x.kind, 'function');

  const [, , chain, unknown] = meanings([X, Y, 'y_1\\sim nx_1\\sim3', 'y_1\\sim mx_1\\left\\{q>1\\right\\}']);
  assert.match(chain.message, /main line/);
  assert.deepEqual(unknown.missing, ['q']);
});

test('columns: cells may be formulas, a header that is a formula is computed, pairs of columns are points', () => {
  const [, , first, computed, points, headed] = meanings([
    'a=2',
    'f(x)=x^2',
    { latex: 'x_{1}', cells: ['1', 'a', '\\frac{1}{2}', '', '-.5', 'f(3)', ''] },
    { latex: 'ax_{1}+1', cells: [] },
    '\\left(x_{1},ax_{1}+1\\right)',
    { latex: 'x', cells: ['1', '2'] },
  ]);
  assert.deepEqual(first, { kind: 'list', name: 'x_{1}', values: [1, 2, 0.5, NaN, -0.5, 9] });
  assert.deepEqual(computed, { kind: 'list', values: [3, 5, 2, NaN, 0, 19] });
  assert.deepEqual(points.points[1], { x: 2, y: 5 });
  assert.equal(points.points.length, 6);
  assert.deepEqual(headed, { kind: 'list', values: [1, 2] }, 'x stays the coordinate');
  const [column, twice] = meanings([X, 'x_1=3']);
  for (const line of [column, twice]) assert.match(line.message, /more than one line/);
  assert.deepEqual(meanings([{ latex: 'x_1', cells: ['k'] }])[0].missing, ['k']);
  assert.deepEqual(meanings([{ latex: '', cells: ['1'] }])[0], { kind: 'empty' });
});

test('a side can be asked for its value at any numbers, those of the data too', () => {
  const [, , , fit] = meanings([X, Y, 'k=10', 'y_1+k\\sim ax_1^{2}+b']);
  assert.equal(fit.right({ 'x_{1}': 3, a: 2, b: 1 }), 19);
  assert.equal(fit.left({ 'y_{1}': 5 }), 15);
  assert.equal(fit.left({ 'y_{1}': 5, k: 1 }), 6);
  assert.equal(fit.right({ a: 2, b: 1 }), 1, 'without the number of a row, that of the first');
});

test('a fit of more data than can be gone through again and again is refused', () => {
  const many = { latex: 'x_{1}', cells: Array.from({ length: 9000 }, (_, i) => String(i)) };
  const [, fit] = meanings([many, '\\sin\\left(x_1\\right)\\sim\\sum_{n=1}^{50}a^{n}\\cos\\left(nx_1\\right)']);
  assert.match(fit.message, /too long to compute/);
});
