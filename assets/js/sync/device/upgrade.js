/**
 * Brings what an earlier version of the museum's page has kept on this device into today's form. Pure.
 */
import { FIELDS, emptyTile } from '../../museum/tile.js';
import { newRecord } from '../queue.js';

/** @typedef {import('../queue.js').TileRecord} TileRecord */

/**
 * A record of version 1 held the tile as it was shown, and the numbers of the edits of the fields that were pending. What the
 * server had in those is not known any more; it tells it at the first exchange, since the new form begins without a cursor.
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
