/**
 * Signing in with work that was made before: it moves into the account where the account has none. Pure functions.
 */
import { hasWork } from '../museum/tile.js';
import { sameJson } from '../lib/json.js';
import { applyEdit, newRecord } from './queue.js';

/** @typedef {import('./queue.js').TileRecord} TileRecord */

/** @typedef {{type: string, from: TileRecord, to: TileRecord}} Move both records as they become */

/**
 * What happens to the work of the signed-out museum.
 *
 * @param {TileRecord[]} local records of the signed-out museum
 * @param {TileRecord[]} account records of the account, as the server has just confirmed them
 * @param {string} owner the account
 * @returns {{moves: Move[], kept: string[]}} `moves` go into the account and leave the signed-out museum empty; the types in
 *   `kept` have work on both sides and stay as they are
 */
export function planAdoption(local, account, owner) {
  const theirs = new Map(account.map((record) => [record.type, record]));
  /** @type {Move[]} */
  const moves = [];
  /** @type {string[]} */
  const kept = [];
  for (const record of local.filter((each) => hasWork(each.tile))) {
    const target = theirs.get(record.type) ?? newRecord(owner, record.type);
    if (hasWork(target.tile) && !sameWork(record, target)) kept.push(record.type);
    else moves.push({ type: record.type, from: newRecord(record.owner, record.type), to: adopt(target, record) });
  }
  return { moves, kept };
}

/**
 * @param {TileRecord} target
 * @param {TileRecord} source
 */
function adopt(target, source) {
  const { desmos_state, description, completed } = source.tile;
  return applyEdit(target, { desmos_state, description, completed });
}

/**
 * @param {TileRecord} a
 * @param {TileRecord} b
 */
function sameWork(a, b) {
  return a.tile.description === b.tile.description && a.tile.completed === b.tile.completed
    && sameJson(a.tile.desmos_state, b.tile.desmos_state);
}
