/** Converts records that an earlier version of the page has stored. Pure. */
import { FIELDS, emptyTile } from '../../museum/tile.js';
import { newRecord } from '../queue.js';

/** @typedef {import('../queue.js').TileRecord} TileRecord */

/**
 * Converts a record of version 1, which held the tile as it was shown and the edit numbers of pending fields. The
 * server state of those fields is unknown until the first exchange, which fetches everything because the new form
 * starts without a cursor.
 *
 * @param {any} old
 * @returns {TileRecord}
 */
export function upgradeRecord(old) {
  const record = newRecord(old.owner, old.type);
  const base = old.version ?? 0;
  const known = { ...record.known, ...old.tile };
  for (const field of FIELDS.filter((each) => each in old.pending)) {
    Object.assign(known, { [field]: emptyTile(old.type)[field] });
    record.pending[field === 'desmos_state' ? 'state' : field] = { value: old.tile[field], base };
  }
  return { ...record, id: old.id, version: base, known, edits: old.edits };
}
