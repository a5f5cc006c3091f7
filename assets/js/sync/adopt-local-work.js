/**
 * Moves work that was made before signing in into the account's museum, by the rules that apply between devices.
 * Nothing is overwritten: where both have different work, the server marks a conflict. Pure functions.
 */
import { hasWork } from '../museum/tile.js';
import { isPending, newRecord, shown, touch } from './queue.js';
import { readFields, changedFields } from './tile-fields.js';

/** @typedef {import('./queue.js').TileRecord} TileRecord */
/** @typedef {import('./queue.js').Typed} Typed */

/** @typedef {{type: string, from: TileRecord, to: TileRecord}} Move both records after the move */

/**
 * Plans what happens to the work of the signed-out museum.
 *
 * @param {TileRecord[]} local records of the signed-out museum
 * @param {TileRecord[]} account records of the account, just confirmed by the server
 * @param {string} owner the account
 * @returns {{moves: Move[], joined: string[], waiting: string[]}} `moves` go into the account and empty the signed-out
 *   museum; `joined` are the types among them where the account had other work; the types in `waiting` can move once
 *   the account's own changes have been sent
 */
export function planAdoption(local, account, owner) {
  const theirs = new Map(account.map((record) => [record.type, record]));
  /** @type {{moves: Move[], joined: string[], waiting: string[]}} */
  const plan = { moves: [], joined: [], waiting: [] };
  // While signed out, changes are in flight only if they were overwritten unseen, also by deleting the tile in another tab.
  for (const record of local.filter((each) => hasWork(shown(each)) || each.flights.length > 0)) {
    const { type } = record;
    const target = theirs.get(type) ?? newRecord(owner, type);
    if (isPending(target)) {
      plan.waiting.push(type);
      continue;
    }
    const to = adopt(target, record);
    plan.moves.push({ type, from: newRecord(record.owner, type), to });
    if (hasWork(target.known) && isPending(to)) plan.joined.push(type);
  }
  return plan;
}

/**
 * Applies the local work to the account's tile as an edit with base 0, so that the server detects conflicts. The view
 * of the account's graph is kept.
 *
 * @param {TileRecord} target
 * @param {TileRecord} source
 */
function adopt(target, source) {
  const { desmos_state, description, completed } = shown(source);
  const before = newRecord('', source.type).known;
  const made = changedFields(before, { desmos_state, description, completed });
  const names = Object.keys(made);
  const there = readFields(target.known, names);
  const was = readFields(before, names);
  const wanted = names.filter((name) => !(name.startsWith('set:') && 'value' in there[name]));
  /** @type {Record<string, Typed>} */
  const typed = Object.fromEntries(
    wanted.map((name) => [name, { ...made[name], was: was[name], seen: { version: 0 } }]),
  );
  const record = touch(target, typed);
  const pending = Object.entries(record.pending).map(([name, thing]) => [
    name,
    { ...thing, base: 0, ...(source.pending[name]?.blind && { blind: true }) },
  ]);
  const flights = source.flights.map((flight) => ({ ...flight, base: 0 })); // overwritten between two tabs
  return { ...record, flights, pending: Object.fromEntries(pending) };
}
