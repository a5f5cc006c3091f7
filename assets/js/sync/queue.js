/**
 * What is still to be sent, as pure functions over plain data. A record is what the device keeps of one tile; every function
 * returns a new record and leaves the old one alone.
 *
 * The record counts its edits. A pending field remembers the number of the edit that changed it last, so when an answer
 * comes back, a field that was edited again meanwhile stays pending.
 */
import { FIELDS, emptyTile, hasWork } from '../museum/tile.js';
import { sameJson } from '../lib/json.js';

/** @typedef {import('../museum/tile.js').Tile} Tile */
/** @typedef {import('../museum/tile.js').Field} Field */
/** @typedef {Partial<Omit<Tile, 'concept_type'>>} Patch new values of some fields */
/** @typedef {Partial<Record<Field, number>>} Pending the fields to be sent, each with the number of its last edit */

/**
 * @typedef {object} TileRecord
 * @property {string} owner e-mail address of the account, or '' for the museum of nobody who is signed in
 * @property {string} type the tile's family
 * @property {Tile} tile as this device shows it
 * @property {number | null} id the server's number for the tile, null while the server does not have it
 * @property {number} version the server's version that was seen last, 0 for none
 * @property {number} edits how many edits this device has made
 * @property {Pending} pending
 * @property {number[]} [conflicts] versions that lost against another device's edit, while nobody has chosen
 */

/**
 * A tile as the server sends it.
 *
 * @typedef {Tile & {id: number, version?: number}} ServerTile
 */

/**
 * @param {string} owner
 * @param {string} type
 * @returns {TileRecord}
 */
export function newRecord(owner, type) {
  return { owner, type, tile: emptyTile(type), id: null, version: 0, edits: 0, pending: {} };
}

/**
 * Takes an edit of this device. Fields that keep their value do not count as edited.
 *
 * @param {TileRecord} record
 * @param {Patch} patch
 * @returns {TileRecord} the same record if nothing changes
 */
export function applyEdit(record, patch) {
  const changed = FIELDS.filter((field) => field in patch && !sameJson(patch[field], record.tile[field]));
  if (changed.length === 0) return record;
  const edits = record.edits + 1;
  const pending = { ...record.pending, ...Object.fromEntries(changed.map((field) => [field, edits])) };
  return { ...record, tile: { ...record.tile, ...pick(patch, changed) }, edits, pending };
}

/**
 * Whether the record holds changes that the server has not confirmed.
 *
 * @param {TileRecord} record
 */
export function isPending(record) {
  return Object.keys(record.pending).length > 0;
}

/**
 * The values to send: the pending fields, or all of them when the server does not have the tile yet.
 *
 * @param {TileRecord} record
 * @returns {Patch}
 */
export function toSend(record) {
  const fields = record.id === null ? [...FIELDS] : FIELDS.filter((field) => field in record.pending);
  return pick(record.tile, fields);
}

/**
 * Takes the server's answer to a send.
 *
 * @param {TileRecord} record as it is now, perhaps edited since
 * @param {Pending} sent what was pending when the send began
 * @param {ServerTile} answer
 * @returns {TileRecord}
 */
export function acknowledge(record, sent, answer) {
  const left = Object.entries(record.pending).filter(([field, edit]) => sent[/** @type {Field} */ (field)] !== edit);
  return takeServer({ ...record, pending: Object.fromEntries(left) }, answer);
}

/**
 * Takes the server's tile. Fields with changes of this device keep them; an answer older than what was seen is passed over.
 *
 * @param {TileRecord} record
 * @param {ServerTile} answer
 * @returns {TileRecord}
 */
export function takeServer(record, answer) {
  const version = answer.version ?? 0;
  if (record.id === answer.id && version < record.version) return record;
  const fields = FIELDS.filter((field) => !(field in record.pending) && field in answer);
  return { ...record, id: answer.id, version, tile: { ...record.tile, ...pick(answer, fields) } };
}

/**
 * The server no longer has the tile. Whatever this device holds of it is to be sent again, so that nothing is lost to a
 * server that was set back to an older day.
 *
 * @param {TileRecord} record
 * @returns {TileRecord}
 */
export function forgetServer(record) {
  const kept = { ...record, id: null, version: 0 };
  if (!hasWork(record.tile)) return isPending(record) ? kept : { ...kept, tile: emptyTile(record.type) };
  return { ...kept, edits: record.edits + 1, pending: Object.fromEntries(FIELDS.map((field) => [field, record.edits + 1])) };
}

/**
 * Brings a whole list of the server's tiles and what the device holds together.
 *
 * @param {string} owner
 * @param {TileRecord[]} records the owner's records
 * @param {ServerTile[]} answers all tiles that the server has for the owner
 * @returns {TileRecord[]} the records that changed
 */
export function takeList(owner, records, answers) {
  const known = new Map(records.map((record) => [record.type, record]));
  const taken = answers.map((answer) => takeServer(known.get(answer.concept_type) ?? newRecord(owner, answer.concept_type), answer));
  const listed = new Set(answers.map((answer) => answer.concept_type));
  const gone = records.filter((record) => record.id !== null && !listed.has(record.type)).map(forgetServer);
  return [...taken, ...gone].filter((record) => !sameJson(record, known.get(record.type)));
}

/**
 * @param {Record<string, any>} from
 * @param {readonly Field[]} fields
 * @returns {Patch}
 */
function pick(from, fields) {
  return Object.fromEntries(fields.map((field) => [field, from[field]]));
}
