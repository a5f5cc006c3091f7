/** Applies what the server reports about tiles to the records of the device. Pure functions. */
import { FIELDS, emptyTile, hasWork } from '../museum/tile.js';
import { sameJson } from '../lib/json.js';
import { newId } from '../lib/new-id.js';
import { applyEdit, newRecord, onlyCopies, sendBefore, shown } from './queue.js';
import { readFields, sameValue } from './tile-fields.js';

/** @typedef {import('./queue.js').TileRecord} TileRecord */
/** @typedef {import('./tile-fields.js').Patch} Patch */
/** @typedef {import('../museum/tile.js').Tile} Tile */

/**
 * A tile as the server sends it.
 *
 * @typedef {Partial<Tile> & {id: number, concept_type: string, version: number, deleted?: boolean, conflicts?:
 *   number[], updated_at?: string,
 * common?: number}} ServerTile `common`, after a restore of the server: the newest version that it shares with this
 * device
 */

/**
 * Applies a tile that the server reported. A version older than the one seen means that the server was restored.
 *
 * @param {TileRecord} record
 * @param {ServerTile} answer
 * @returns {TileRecord}
 */
export function applyServerTile(record, answer) {
  const { id, version, conflicts = [] } = answer;
  if (answer.deleted && version < record.version) return record; // superseded by a newer tile in its place
  const known = answer.deleted ? emptyTile(record.type) : { ...emptyTile(record.type), ...pick(answer) };
  const savedAt = Date.parse(answer.updated_at ?? '') || record.savedAt;
  const isOther = record.version === 0 || version < record.version;
  const taken = { ...record, id, version, conflicts, known, savedAt, ...(isOther && { numbering: newId() }) };
  return version < record.version ? bringBack(record, taken, version) : taken;
}

/**
 * Applies a tile of a server that was restored to an older state, and in which others may have written since. Versions
 * that this device has seen and the server has lost are sent again, based on the newest version that both share.
 *
 * @param {TileRecord} record
 * @param {ServerTile} answer
 * @returns {TileRecord}
 */
function takeSetBack(record, answer) {
  const { id, version, conflicts = [], common = 0 } = answer;
  const known = answer.deleted ? emptyTile(record.type) : { ...emptyTile(record.type), ...pick(answer) };
  const resolves = record.resolves.filter((each) => each <= common); // later numbers mean other versions there
  const flights = typedOver(record, common);
  const taken = { ...record, id, version, conflicts, known, resolves, flights, numbering: newId() };
  return record.version > common ? bringBack(record, taken, common) : taken;
}

/**
 * Returns the changes that exist nowhere else, with their base limited; all others are created again.
 *
 * @param {TileRecord} record
 * @param {number} common
 */
function typedOver(record, common) {
  return onlyCopies(record).map((flight) => ({ ...flight, base: Math.min(flight.base, common), resolves: [] }));
}

/**
 * Applies the full report of a server that was restored.
 *
 * @param {string} owner
 * @param {TileRecord[]} records all of the owner's records
 * @param {ServerTile[]} answers
 * @returns {TileRecord[]} the new records
 */
export function applyRestoredServer(owner, records, answers) {
  const known = new Map(records.map((record) => [record.type, record]));
  const newest = newestOf(answers);
  const taken = [...newest].map(([type, answer]) => takeSetBack(known.get(type) ?? newRecord(owner, type), answer));
  const gone = records
    .filter(({ type }) => !newest.has(type))
    .map((record) => forgetServer({ ...record, resolves: [], flights: typedOver(record, 0) }));
  return [...taken, ...gone];
}

/**
 * Resets a tile that the server has lost. Everything that this device holds of it is sent again, so that a restore of
 * the server loses nothing.
 *
 * @param {TileRecord} record
 * @returns {TileRecord}
 */
export function forgetServer(record) {
  return bringBack(
    record,
    { ...record, id: null, version: 0, conflicts: [], known: emptyTile(record.type), numbering: newId() },
    0,
  );
}

/**
 * Shows again what was shown, and marks as pending what the server has differently.
 *
 * @param {TileRecord} before
 * @param {TileRecord} after the record with the server's current state
 * @param {number} common the newest version that both share
 * @returns {TileRecord} the record to store
 */
function bringBack(before, after, common) {
  const { concept_type: _, ...tile } = shown(before);
  const record = hasWork(shown(before)) ? applyEdit(after, tile) : after;
  const pending = Object.entries(record.pending).map(([name, thing]) => [
    name,
    { ...thing, base: Math.min(thing.base, common) },
  ]);
  return keepUnseen(before, { ...record, pending: Object.fromEntries(pending) }, common);
}

/**
 * Queues values that the server has lost and that this device has overwritten unseen to be sent first: they exist only in the
 * record before the restore.
 *
 * @param {TileRecord} before
 * @param {TileRecord} after the record with the server's current state
 * @param {number} common the newest version that both share
 */
function keepUnseen(before, after, common) {
  const names = Object.keys(before.pending).filter(
    (name) => before.pending[name].base < before.version && name in after.pending,
  );
  const [had, has] = [readFields(before.known, names), readFields(after.known, names)];
  const lost = names.filter(
    (name) => 'value' in had[name] && !sameValue(had[name], has[name]) && !sameValue(had[name], after.pending[name]),
  );
  return sendBefore(after, Object.fromEntries(lost.map((name) => [name, had[name]])), common);
}

/**
 * @param {ServerTile[]} answers
 * @returns {Map<string, ServerTile>} by type; the highest version of each type wins
 */
function newestOf(answers) {
  return new Map([...answers].sort((a, b) => a.version - b.version).map((answer) => [answer.concept_type, answer]));
}

/**
 * Picks the tile's fields from an answer.
 *
 * @param {Record<string, any>} from
 * @returns {Patch}
 */
function pick(from) {
  return Object.fromEntries(FIELDS.filter((field) => field in from).map((field) => [field, from[field]]));
}

/**
 * Applies the tiles of an answer.
 *
 * @param {string} owner
 * @param {TileRecord[]} records the owner's records
 * @param {ServerTile[]} answers the highest version of each type wins
 * @param {(record: TileRecord) => boolean} isGone whether the server has lost a tile that it did not report
 * @returns {TileRecord[]} the records that changed
 */
export function applyServerTiles(owner, records, answers, isGone) {
  const known = new Map(records.map((record) => [record.type, record]));
  const newest = newestOf(answers);
  const taken = [...newest].map(([type, answer]) => applyServerTile(known.get(type) ?? newRecord(owner, type), answer));
  const gone = records
    .filter((record) => record.version > 0 && !newest.has(record.type) && isGone(record))
    .map(forgetServer);
  return [...taken, ...gone].filter((record) => !sameJson(record, known.get(record.type)));
}
