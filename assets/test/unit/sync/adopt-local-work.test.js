import { test } from 'node:test';
import assert from 'node:assert/strict';
import { planAdoption } from '../../../js/sync/adopt-local-work.js';
import { applyEdit, isPending, newRecord, shown, touch } from '../../../js/sync/queue.js';
import { applyServerTile } from '../../../js/sync/server-state.js';
import { emptyTile, hasWork } from '../../../js/museum/tile.js';

const OWNER = 'ann@school.example';

/** @param {...string} ids @returns {any} */
function graph(...ids) {
  return {
    version: 11,
    graph: { viewport: ids.length },
    expressions: { list: ids.map((id) => ({ id, latex: `y=${id}` })) },
  };
}

/** @param {string} type @param {import('../../../js/sync/tile-fields.js').Patch} patch */
function local(type, patch) {
  return applyEdit(newRecord('', type), patch);
}

/** @param {string} type @param {import('../../../js/sync/tile-fields.js').Patch} patch */
function account(type, patch) {
  return applyServerTile(newRecord(OWNER, type), { ...emptyTile(type), id: 1, version: 6, ...patch });
}

test('work moves into an account that does not have the tile', () => {
  const { moves, joined } = planAdoption([local('linear', { description: 'mine' })], [], OWNER);
  assert.deepEqual(joined, []);
  assert.equal(moves[0].to.owner, OWNER);
  assert.equal(shown(moves[0].to).description, 'mine');
  assert.equal(isPending(moves[0].to), true);
  assert.equal(hasWork(shown(moves[0].from)), false);
  assert.equal(moves[0].from.owner, '');
});

test('where both have work it is brought together as by who has seen nothing of the other', () => {
  const mine = local('linear', { description: 'mine', completed: true, desmos_state: graph('5') });
  const {
    moves: [{ to }],
    joined,
  } = planAdoption(
    [mine],
    [account('linear', { description: 'theirs', position_x: 77, desmos_state: graph('1') })],
    OWNER,
  );
  assert.deepEqual(joined, ['linear']);
  assert.ok(
    Object.values(to.pending).every(({ base }) => base === 0),
    'the server is to find what both have changed',
  );
  assert.equal(to.id, 1);
  const tile = shown(to);
  assert.deepEqual(
    tile.desmos_state.expressions.list.map((/** @type {any} */ item) => item.id),
    ['1', '5'],
  );
  assert.deepEqual(tile.desmos_state.graph, { viewport: 1 }, 'how the account looks at it stays');
  assert.equal(tile.position_x, 77, 'and where it hangs');
  assert.equal(tile.completed, true);
});

test('the same work on both sides is one work', () => {
  const { moves, joined } = planAdoption(
    [local('linear', { description: 'mine' })],
    [account('linear', { description: 'mine', completed: true })],
    OWNER,
  );
  assert.deepEqual(joined, []);
  assert.equal(isPending(moves[0].to), false);
  assert.equal(shown(moves[0].to).completed, true);
});

test('what the account has not sent yet goes first', () => {
  const busy = applyEdit(account('linear', {}), { description: 'also mine' });
  const { moves, waiting } = planAdoption(
    [local('linear', { description: 'mine' }), local('cubic', { completed: true })],
    [busy],
    OWNER,
  );
  assert.deepEqual(waiting, ['linear']);
  assert.deepEqual(
    moves.map((move) => move.type),
    ['cubic'],
  );
});

test('empty tiles are left where they are', () => {
  const looked = local('linear', { desmos_state: graph() });
  assert.deepEqual(planAdoption([looked], [account('linear', { description: 'theirs' })], OWNER), {
    moves: [],
    joined: [],
    waiting: [],
  });
});

test('what one tab typed moves even if another tab deleted the tile without seeing it', () => {
  const typed = local('linear', { description: 'mine' });
  const deleted = touch(typed, { deleted: { value: true, was: {}, seen: { version: 0 }, edits: 0 } });
  assert.equal(hasWork(shown(deleted)), false);
  const {
    moves: [{ from, to }],
  } = planAdoption([deleted], [], OWNER);
  assert.deepEqual(
    to.flights.map(({ base, things }) => [base, things.description.value]),
    [[0, 'mine']],
  );
  assert.deepEqual(from.flights, []);
});
