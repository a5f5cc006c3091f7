import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GraphDocument } from '../../../../js/graph/state/document.js';

/** @param {...object} list */
function graph(...list) {
  return { version: 11, graph: { viewport: { xmin: -10, ymin: -10, xmax: 10, ymax: 10 } }, expressions: { list } };
}

/** @param {string} id @param {object} [keys] */
function line(id, keys = {}) {
  return { type: 'expression', id, latex: `y=${id}`, ...keys };
}

/** @param {GraphDocument} document @returns {any} */
function state(document) {
  return document.toState();
}

/** @param {GraphDocument} document @returns {any[]} */
function list(document) {
  return state(document).expressions.list;
}

/** @param {GraphDocument} document @param {(list: any[]) => any[]} change by another device */
function arrive(document, change) {
  document.rebase({
    ...state(document),
    expressions: { ...state(document).expressions, list: change(list(document)) },
  });
}

test('a step that is taken back leaves what another device did', () => {
  const document = new GraphDocument(graph(line('1'), line('2')));
  document.update('1', { latex: 'y=x' });
  arrive(document, ([one, two]) => [line('3'), one, { ...two, color: 'red' }]);
  assert.deepEqual(list(document), [line('3'), line('1', { latex: 'y=x' }), line('2', { color: 'red' })]);
  assert.ok(document.undo());
  assert.deepEqual(list(document), [line('3'), line('1'), line('2', { color: 'red' })]);
  assert.ok(!document.undo());
  assert.ok(document.redo());
  assert.deepEqual(list(document), [line('3'), line('1', { latex: 'y=x' }), line('2', { color: 'red' })]);
});

test('another key of the very item that a step changed stays, too', () => {
  const document = new GraphDocument(graph(line('1')));
  document.update('1', { latex: 'y=x' });
  arrive(document, ([one]) => [{ ...one, color: 'red', hidden: true }]);
  document.undo();
  assert.deepEqual(list(document), [line('1', { color: 'red', hidden: true })]);
  document.redo();
  arrive(document, ([{ hidden: _, ...one }]) => [one]);
  document.undo();
  assert.deepEqual(list(document), [line('1', { color: 'red' })]);
});

test('a photo that was moved is named by its new address in each step, and another one stays', () => {
  const photo = (/** @type {string} */ url, /** @type {object} */ keys = {}) => ({
    type: 'image',
    id: '1',
    image_url: url,
    ...keys,
  });
  const document = new GraphDocument(graph(photo('data:a')));
  document.update('1', { width: '5' });
  document.update('1', { image_url: 'data:b' });
  document.insert(1, { type: 'image', image_url: 'data:a' });
  const copy = list(document)[1].id;
  arrive(document, (items) => items.map((item) => ({ ...item, image_url: `api/${item.image_url.slice(5)}` })));
  document.undo();
  assert.deepEqual(list(document), [photo('api/b', { width: '5' })]);
  document.undo();
  assert.deepEqual(list(document), [photo('api/a', { width: '5' })]);
  document.undo();
  assert.deepEqual(list(document), [photo('api/a')]);
  for (let i = 0; i < 3; i++) document.redo();
  assert.deepEqual(list(document), [photo('api/b', { width: '5' }), { type: 'image', id: copy, image_url: 'api/a' }]);
});

test('a drag that is going on is taken back alone', () => {
  const document = new GraphDocument(graph(line('1'), line('2')));
  const drag = document.openStep();
  document.update('1', { latex: 'y=1.5' });
  arrive(document, ([one, two]) => [one, { ...two, color: 'red' }]);
  document.update('1', { latex: 'y=2' });
  drag.cancel();
  assert.deepEqual(list(document), [line('1'), line('2', { color: 'red' })]);
});

test('what was deleted elsewhere is not brought back, and what was deleted here comes back with what others made of it', () => {
  const document = new GraphDocument(graph(line('1'), line('2'), line('3')));
  document.update('1', { color: 'blue' });
  document.remove('3');
  arrive(document, ([, two]) => [two]);
  document.undo();
  assert.deepEqual(list(document), [line('2'), line('3')]);
  document.redo();
  arrive(document, ([two]) => [two, line('3', { color: 'red' })]);
  assert.deepEqual(list(document), [line('2'), line('3', { color: 'red' })]);
  document.undo();
  assert.deepEqual(list(document), [line('2'), line('3', { color: 'red' })]);
});

test('settings, unknown keys and another order arrive in each step', () => {
  const document = new GraphDocument({ ...graph(line('1'), line('2'), line('3')), later: { a: 1 } });
  document.update('2', { color: 'blue' });
  const now = state(document);
  document.rebase({
    ...now,
    graph: { ...now.graph, degreeMode: true },
    later: { a: 1, b: 2 },
    expressions: { list: now.expressions.list.toReversed() },
  });
  document.undo();
  assert.deepEqual(state(document), {
    version: 11,
    graph: { ...now.graph, degreeMode: true },
    later: { a: 1, b: 2 },
    expressions: { list: [line('3'), line('2'), line('1')] },
  });
});

/**
 * Pseudorandom numbers, the same for the same seed (mulberry32).
 *
 * @param {number} seed
 */
function dice(seed) {
  return (/** @type {number} */ sides) => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % sides;
  };
}

test('whatever is done here and elsewhere, each key is as the last one who was not taken back has left it', () => {
  const KEYS = ['latex', 'color', 'width', 'image_url'];
  for (let seed = 1; seed <= 300; seed++) {
    const roll = dice(seed);
    const document = new GraphDocument(graph(line('1'), line('2'), line('3')));
    /**
     * Edits in order of arrival.
     *
     * @type {{mine: boolean, id: string, key: string, value: string, isTakenBack: boolean}[]}
     */
    const edits = [];
    const mine = () => edits.filter((edit) => edit.mine);
    let steps = 0;
    let moved = 0;
    for (let n = 0; n < 40; n++) {
      const [id, key] = [String(1 + roll(3)), KEYS[roll(KEYS.length)]];
      const value = key === 'image_url' ? `data:${n}` : `${key}${n}`;
      switch (roll(6)) {
        case 0:
        case 1:
          document.update(id, { [key]: value });
          edits.splice(0, edits.length, ...edits.filter(({ isTakenBack }) => !isTakenBack), {
            mine: true,
            id,
            key,
            value,
            isTakenBack: false,
          });
          steps = mine().length;
          break;
        case 2:
          arrive(document, (items) => items.map((item) => (item.id === id ? { ...item, [key]: value } : item)));
          edits.push({ mine: false, id, key, value, isTakenBack: false });
          break;
        case 3: {
          const shown = new Set(
            list(document)
              .map(({ image_url: url }) => url)
              .filter((url) => url?.startsWith('data:')),
          );
          const move = (/** @type {string} */ url) => (shown.has(url) ? `api/${url.slice(5)}` : url);
          arrive(document, (items) =>
            items.map((item) => ('image_url' in item ? { ...item, image_url: move(item.image_url) } : item)),
          );
          for (const edit of edits) if (edit.key === 'image_url') edit.value = move(edit.value);
          moved += shown.size;
          break;
        }
        case 4:
          if (document.undo()) mine()[(steps -= 1)].isTakenBack = true;
          break;
        default:
          if (document.redo()) mine()[(steps += 1) - 1].isTakenBack = false;
      }
      for (const item of list(document)) {
        for (const name of KEYS) {
          const last = edits.findLast((edit) => edit.id === item.id && edit.key === name && !edit.isTakenBack);
          assert.equal(
            item[name],
            last?.value ?? (name === 'latex' ? `y=${item.id}` : undefined),
            `seed ${seed}, action ${n}: ${name} of ${item.id}`,
          );
        }
      }
    }
    assert.ok(seed > 1 || (steps > 0 && moved > 0), 'the dice do what is to be tried');
  }
});
