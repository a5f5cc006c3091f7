import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GraphDocument } from '../../../../js/graph/state/document.js';

/** A state with unknown keys at every level. */
function richState() {
  return {
    version: 11,
    randomSeed: '00ff',
    graph: {
      viewport: { xmin: -4, ymin: -3, xmax: 4, ymax: 3, tilt: 0.5 },
      __v12ViewportLatexStash: { xmin: '-4', xmax: '4', ymin: '-3', ymax: '3' },
      degreeMode: true,
      polarMode: 'maybe',
    },
    expressions: {
      list: [
        { type: 'expression', id: '1', color: '#2d70b3', latex: 'y=x', clickableInfo: { enabled: true } },
        { type: 'folder', id: '2', title: 'Arches' },
        { type: 'table', id: '3', folderId: '2', columns: [{ id: '4', latex: 'x_{1}', values: ['1', ''] }] },
        { type: 'hologram', id: '5', depth: [1, [2, { three: null }]] },
        { type: 'text', id: '6', text: 'a note' },
        null,
        'not an item',
      ],
      ticker: { handlerLatex: 'f' },
    },
    doNotMigrateMovablePointStyle: true,
  };
}

/** @param {unknown} value @returns {string} JSON with the keys of every object in order */
function sorted(value) {
  return JSON.stringify(value, (_key, inner) =>
    inner && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

test('a state that is only opened comes back as it came', () => {
  const state = richState();
  assert.equal(sorted(new GraphDocument(state).toState()), sorted(state));
  assert.deepEqual(state, richState(), 'and the one handed in is untouched');
});

test('states of older and newer versions and of odd shapes come back as they came', () => {
  const shapes = [
    { version: 8, graph: { viewport: { xmin: 0, xmax: 1, ymin: 0, ymax: 1 } }, expressions: { list: [] } },
    { version: 99, graph: null },
    { expressions: { list: 'nothing' } },
    { graph: [1, 2], expressions: [3] },
    { version: '11', expressions: { list: [[], 7, { id: 5, type: ['table'] }, { type: 'expression', latex: 3 }] } },
  ];
  for (const shape of shapes) assert.equal(sorted(new GraphDocument(shape).toState()), sorted(shape));
});

test('nothing at all begins an empty graph', () => {
  for (const nothing of [null, undefined, {}, [], 'state', 7]) {
    const { version, randomSeed, graph, expressions } = new GraphDocument(nothing).toState();
    assert.equal(version, 11);
    assert.match(String(randomSeed), /^[0-9a-f]{32}$/);
    assert.deepEqual(graph, { viewport: { xmin: -10, xmax: 10, ymin: -5, ymax: 5 } });
    assert.deepEqual(expressions, { list: [] });
  }
});

test('an edit changes the keys it names and no others', () => {
  const document = new GraphDocument(richState());
  document.update('1', { latex: 'y=2x', hidden: true });
  const want = richState();
  Object.assign(/** @type {object} */ (want.expressions.list[0]), { latex: 'y=2x', hidden: true });
  assert.equal(sorted(document.toState()), sorted(want));
  document.update('1', { latex: 'y=x', hidden: undefined });
  assert.equal(sorted(document.toState()), sorted(richState()), 'a key taken away leaves no trace');
});

test('looking elsewhere changes the viewport, its LaTeX twin, and nothing else', () => {
  const document = new GraphDocument(richState());
  document.setViewport({ xmin: 0, xmax: 8, ymin: -1.5, ymax: 4.5 });
  const want = richState();
  Object.assign(want.graph.viewport, { xmin: 0, xmax: 8, ymin: -1.5, ymax: 4.5 });
  Object.assign(want.graph.__v12ViewportLatexStash, { xmin: '0', xmax: '8', ymin: '-1.5', ymax: '4.5' });
  assert.equal(sorted(document.toState()), sorted(want));
});

test('a new expression takes the next colour and an id nothing else has', () => {
  const document = new GraphDocument(richState());
  const before = new Set(['1', '2', '3', '4', '5', '6']);
  const key = document.insertExpression(1, 'y=3');
  assert.ok(!before.has(key));
  assert.equal(document.indexOf(key), 1);
  assert.deepEqual(document.entries[1].item, { type: 'expression', id: key, color: '#c74440', latex: 'y=3' });
});

test('items without an id, or with one that is taken, are told apart', () => {
  const twins = [
    { type: 'expression', id: '1', latex: 'a' },
    { type: 'expression', id: '1', latex: 'b' },
  ];
  const document = new GraphDocument({ expressions: { list: [...twins, { type: 'expression', latex: 'c' }] } });
  const keys = document.entries.map((entry) => entry.key);
  assert.equal(new Set(keys).size, 3);
  document.update(keys[1], { latex: 'changed' });
  document.update(keys[2], { latex: 'changed too' });
  const { list } = /** @type {{list: {latex: string}[]}} */ (document.toState().expressions);
  assert.deepEqual(
    list.map((item) => item.latex),
    ['a', 'changed', 'changed too'],
  );
});

test('undo and redo walk through the edits of the list', () => {
  const document = new GraphDocument(richState());
  assert.equal(document.undo(), false, 'there is nothing to take back');
  document.update('1', { latex: 'y=2x' });
  document.remove('3');
  document.undo();
  assert.equal(document.indexOf('3'), 2, 'the table is back where it was');
  document.undo();
  assert.equal(sorted(document.toState()), sorted(richState()));
  document.redo();
  document.redo();
  assert.equal(document.redo(), false);
  assert.equal(document.indexOf('3'), -1);
});

test('several edits are one step where they are made as one', () => {
  const graph = new GraphDocument(null);
  graph.insertExpression(0, 'y=x');
  const before = graph.entries;
  const keys = graph.asOneStep(() => [
    graph.insert(1, { type: 'text', text: 'a line' }),
    graph.insertExpression(2, 'a=1'),
  ]);
  graph.update(keys[1], { latex: 'a=2' });
  assert.deepEqual(
    graph.entries.map(({ key }) => key),
    [before[0].key, ...keys],
  );
  graph.undo();
  graph.undo();
  assert.equal(graph.entries, before);
  graph.asOneStep(() => {});
  assert.equal(graph.steps.canRedo, true, 'what edits nothing is no step');
});

test('a drag is one step, and none where it is cancelled', () => {
  const graph = new GraphDocument({ expressions: { list: [{ type: 'expression', id: '1', latex: 'a=1' }] } });
  const before = graph.entries;
  const drag = graph.openStep();
  for (let i = 2; i < 20; i++) graph.update('1', { latex: `a=${i}` });
  drag.end();
  drag.end();
  const cancelled = graph.openStep();
  graph.update('1', { latex: 'a=99' });
  cancelled.cancel();
  assert.deepEqual(graph.entries[0].item, { type: 'expression', id: '1', latex: 'a=19' });
  graph.undo();
  assert.equal(graph.entries, before);
  assert.equal(graph.steps.canUndo, false);
});

test('undo in the middle of a drag takes the drag back', () => {
  const graph = new GraphDocument({ expressions: { list: [{ type: 'expression', id: '1', latex: 'a=1' }] } });
  const before = graph.entries;
  const drag = graph.openStep();
  graph.update('1', { latex: 'a=2' });
  graph.undo();
  drag.end();
  assert.equal(graph.entries, before);
  assert.equal(graph.steps.canUndo, false);
});

test('what is noted is no step, and undo leaves it as it is', () => {
  const graph = new GraphDocument({ expressions: { list: [{ type: 'expression', id: '1', latex: 'a=1' }] } });
  graph.update('1', { latex: 'a=2' });
  graph.note('1', { slider: { isPlaying: true } });
  graph.undo();
  assert.deepEqual(graph.entries[0].item, { type: 'expression', id: '1', latex: 'a=1', slider: { isPlaying: true } });
  graph.note('1', { slider: undefined });
  graph.redo();
  assert.deepEqual(graph.entries[0].item, { type: 'expression', id: '1', latex: 'a=2' });
});

test('an edit that changes nothing is none', () => {
  const document = new GraphDocument(richState());
  document.update('1', { latex: 'y=x' });
  document.update('no such key', { latex: 'y=x' });
  assert.equal(document.undo(), false);
});

test('an expression can be added where the list could not be read', () => {
  const document = new GraphDocument({ expressions: 'broken', graph: 'broken' });
  const key = document.insertExpression(0, 'y=1');
  document.setViewport({ xmin: 0, xmax: 1, ymin: 0, ymax: 1 });
  const state = document.toState();
  const item = { type: 'expression', id: key, color: '#c74440', latex: 'y=1' };
  assert.deepEqual(state.expressions, { list: [item] });
  assert.deepEqual(state.graph, { viewport: { xmin: 0, xmax: 1, ymin: 0, ymax: 1 } });
});

test("what toState gives is the caller's own", () => {
  const document = new GraphDocument(richState());
  const state = /** @type {ReturnType<typeof richState>} */ (document.toState());
  state.graph.viewport.xmin = 99;
  state.expressions.list.length = 0;
  assert.equal(sorted(document.toState()), sorted(richState()));
});

test('a state nested without end is opened, not died of', () => {
  /** @type {unknown} */
  let nested = 1;
  for (let i = 0; i < 50_000; i++) nested = [nested];
  const document = new GraphDocument({ graph: { nested } });
  assert.equal(document.entries.length, 0);
});

test('a key named __proto__ stays a key', () => {
  const state = JSON.parse('{"version":11,"graph":{"__proto__":{"squareAxes":false}},"expressions":{"list":[]}}');
  const document = new GraphDocument(state);
  assert.equal(document.settings.squareAxes, true);
  assert.equal(JSON.stringify(document.toState()), JSON.stringify(state));
});

test('settings of the plane are edited, and undone', () => {
  const graph = new GraphDocument(richState());
  graph.setGraph({ degreeMode: undefined, squareAxes: false });
  graph.setGraph({ squareAxes: false });
  const want = richState();
  Object.assign(want.graph, { squareAxes: false });
  Reflect.deleteProperty(want.graph, 'degreeMode');
  assert.equal(sorted(graph.toState()), sorted(want));
  assert.equal(graph.settings.degreeMode, false);
  graph.undo();
  assert.equal(sorted(graph.toState()), sorted(richState()));
  assert.equal(graph.undo(), false, 'a setting that was so already is no step');
});

test('undo leaves the view where it is, unless going there was the step', () => {
  const [here, there, elsewhere] = [1, 2, 3].map((n) => ({ xmin: -n, xmax: n, ymin: -n, ymax: n }));
  const graph = new GraphDocument(richState());
  graph.update('1', { latex: 'y=2x' });
  graph.setViewport(here);
  graph.lookAt(there);
  graph.update('1', { latex: 'y=3x' });
  graph.setViewport(elsewhere);
  graph.undo();
  assert.deepEqual(graph.viewport, elsewhere, 'an edit of the list is undone where one is');
  graph.undo();
  assert.deepEqual(graph.viewport, here, 'going there is undone by going back');
  graph.undo();
  assert.deepEqual(graph.viewport, here);
  graph.redo();
  graph.redo();
  assert.deepEqual(graph.viewport, elsewhere, 'and back to where one was');
});

test('a view that nobody moved keeps its spelling through undo', () => {
  const state = richState();
  Object.assign(state.graph.__v12ViewportLatexStash, { xmin: '-4.00' });
  const graph = new GraphDocument(state);
  graph.update('1', { latex: 'y=2x' });
  graph.undo();
  assert.equal(sorted(graph.toState()), sorted(state));
});

test('another state takes the place of this one, and undo brings it back', () => {
  const graph = new GraphDocument(richState());
  graph.replace({ version: 9, graph: { viewport: { xmin: 0, xmax: 1, ymin: 0, ymax: 1 } }, expressions: { list: [] } });
  assert.equal(graph.entries.length, 0);
  assert.equal(graph.toState().version, 9);
  graph.undo();
  assert.equal(sorted(graph.toState()), sorted(richState()));
  graph.redo();
  assert.equal(graph.viewport.xmax, 1);
});
