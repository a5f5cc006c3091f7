import { test } from 'node:test';
import assert from 'node:assert/strict';
import { joinGraphs, joinNotes } from '../../../js/museum/keep-both.js';

/** @param {...object} list */
function graph(...list) {
  return { version: 11, graph: { viewport: { xmin: -1 } }, expressions: { list, ticker: 1 } };
}

/** @param {string} id @param {string} latex */
function line(id, latex) {
  return { type: 'expression', id, color: '#000', latex };
}

/** @param {any} state */
function list(state) {
  return state.expressions.list;
}

test('notes stand one below the other', () => {
  assert.equal(joinNotes('Mine.\n', 'Theirs.'), 'Mine.\n\nTheirs.');
  assert.equal(joinNotes('', 'Theirs.'), 'Theirs.');
  assert.equal(joinNotes('Mine.', ''), 'Mine.');
  assert.equal(joinNotes('Mine and theirs.', 'theirs'), 'Mine and theirs.');
  assert.equal(joinNotes('theirs', 'Mine and theirs.'), 'Mine and theirs.');
});

test('an item that both changed stands there twice, each under its own id', () => {
  const joined = joinGraphs(graph(line('1', 'y=x'), line('2', 'y=3')), graph(line('1', 'y=2x'), line('2', 'y=3')));
  assert.deepEqual(list(joined), [line('1', 'y=x'), line('3', 'y=2x'), line('2', 'y=3')]);
});

test('what only the other one has stands where it stood there', () => {
  const joined = joinGraphs(
    graph(line('1', 'y=x'), line('2', 'y=3')),
    graph(line('1', 'y=x'), line('7', 'y=7'), line('2', 'y=3')),
  );
  assert.deepEqual(
    list(joined).map((/** @type {any} */ item) => item.id),
    ['1', '7', '2'],
  );
});

test('what both have is there once, be it under two ids', () => {
  assert.deepEqual(list(joinGraphs(graph(line('1', 'y=x')), graph(line('9', 'y=x')))), [line('1', 'y=x')]);
});

test('view, settings and unknown keys stay as they are now, and neither state is changed', () => {
  const [now, other] = [graph(line('1', 'y=x')), { ...graph(line('1', 'y=2x')), graph: { viewport: { xmin: -99 } } }];
  const before = JSON.stringify([now, other]);
  const joined = joinGraphs(now, other);
  assert.deepEqual(joined.graph, now.graph);
  assert.equal(joined.expressions.ticker, 1);
  assert.equal(JSON.stringify([now, other]), before);
});

test('a name is not given twice: a second function is a curve without a name, a second number a note', () => {
  const now = graph(line('1', 'f\\left(x\\right)=x^{2}'), line('2', 'a_{1}=1'), line('3', 'x=2'));
  const other = graph(line('1', 'f\\left(x\\right)=x^{3}'), line('2', 'a_1=2'), line('3', 'x=5'));
  assert.deepEqual(list(joinGraphs(now, other)).slice(0, 5), [
    line('1', 'f\\left(x\\right)=x^{2}'),
    line('4', 'y=x^{3}'),
    line('2', 'a_{1}=1'),
    { type: 'text', id: '5', text: 'On the other device: a_1=2' },
    line('3', 'x=2'),
  ]);
  assert.equal(list(joinGraphs(now, other))[5].latex, 'x=5');
});

test('folders are not doubled; what is in the other one’s new folder stays in it', () => {
  const folder = (/** @type {string} */ id, /** @type {string} */ title) => ({ type: 'folder', id, title });
  const joined = joinGraphs(
    graph(folder('1', 'Lines'), { ...line('2', 'y=x'), folderId: '1' }, line('5', 'y=5')),
    graph(folder('1', 'My lines'), { ...line('2', 'y=2x'), folderId: '1' }, folder('5', 'New'), {
      ...line('6', 'y=6'),
      folderId: '5',
    }),
  );
  const [first, ...rest] = list(joined);
  assert.deepEqual(first, folder('1', 'Lines'));
  assert.deepEqual(
    rest.map((/** @type {any} */ item) => [item.latex ?? item.title, item.folderId]),
    [
      ['y=x', '1'],
      ['y=2x', '1'],
      ['y=5', undefined],
      ['New', undefined],
      ['y=6', rest[3].id],
    ],
  );
});

test('a table’s columns get ids of their own', () => {
  const table = (/** @type {string} */ value) => ({
    type: 'table',
    id: '1',
    columns: [{ id: '2', latex: 'x_1', values: [value] }],
  });
  const ids = list(joinGraphs(graph(table('1')), graph(table('7')))).flatMap((/** @type {any} */ item) => [
    item.id,
    item.columns[0].id,
  ]);
  assert.equal(new Set(ids).size, 4);
});

test('what is no graph gives way to what is one', () => {
  const one = graph(line('1', 'y=x'));
  assert.equal(joinGraphs({}, one), one);
  assert.equal(joinGraphs(one, {}), one);
  assert.equal(joinGraphs(one, 'text'), one);
  assert.deepEqual(joinGraphs(null, null), null);
});

test('nothing of either side is left out', () => {
  let seed = 11;
  const random = (/** @type {number} */ below) => (seed = (seed * 48271) % 2147483647) % below;
  const some = () =>
    graph(
      ...new Map(
        Array.from({ length: random(6) }, () => random(6)).map((id) => [id, line(String(id), `y=${random(4)}x`)]),
      ).values(),
    );
  for (let i = 0; i < 500; i += 1) {
    const [now, other] = [some(), some()];
    const joined = list(joinGraphs(now, other));
    const formulas = joined.map((/** @type {any} */ item) => item.latex);
    for (const item of [...list(now), ...list(other)]) assert.ok(formulas.includes(item.latex));
    assert.equal(new Set(joined.map((/** @type {any} */ item) => item.id)).size, joined.length);
    assert.deepEqual(
      joined.filter((/** @type {any} */ item) => list(now).includes(item)),
      list(now),
    );
  }
});
