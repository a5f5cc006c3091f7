import { test } from 'node:test';
import assert from 'node:assert/strict';
import { planAdoption } from '../../../js/sync/adopt.js';
import { applyEdit, isPending, newRecord, takeServer, toSend } from '../../../js/sync/queue.js';
import { emptyTile, hasWork } from '../../../js/museum/tile.js';

const OWNER = 'ann@school.example';

/** @param {string} type @param {string} text */
function local(type, text) {
  return applyEdit(newRecord('', type), { description: text });
}

/** @param {string} type @param {string} text */
function account(type, text) {
  return takeServer(newRecord(OWNER, type), { ...emptyTile(type), id: 1, version: 1, description: text });
}

test('work moves into an account that does not have the tile', () => {
  const { moves, kept } = planAdoption([local('linear', 'mine')], [], OWNER);
  assert.deepEqual(kept, []);
  assert.equal(moves[0].to.owner, OWNER);
  assert.equal(moves[0].to.tile.description, 'mine');
  assert.equal(isPending(moves[0].to), true);
  assert.equal(hasWork(moves[0].from.tile), false);
  assert.equal(moves[0].from.owner, '');
});

test('work moves into an empty tile of the account, as an edit of its fields', () => {
  const { moves } = planAdoption([local('linear', 'mine')], [account('linear', '')], OWNER);
  assert.equal(moves[0].to.id, 1);
  assert.deepEqual(toSend(moves[0].to), { description: 'mine' });
});

test('where both have work nothing is overwritten', () => {
  const { moves, kept } = planAdoption([local('linear', 'mine'), local('cubic', 'also mine')], [account('linear', 'theirs')], OWNER);
  assert.deepEqual(kept, ['linear']);
  assert.deepEqual(moves.map((move) => move.type), ['cubic']);
});

test('the same work on both sides is one work', () => {
  const { moves, kept } = planAdoption([local('linear', 'mine')], [account('linear', 'mine')], OWNER);
  assert.deepEqual(kept, []);
  assert.equal(isPending(moves[0].to), false);
});

test('empty tiles are left where they are', () => {
  assert.deepEqual(planAdoption([newRecord('', 'linear')], [account('linear', 'theirs')], OWNER), { moves: [], kept: [] });
});
