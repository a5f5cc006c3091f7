/**
 * What is still to be sent, as pure functions over plain data. A record is what the device keeps of one tile; every function
 * returns a new record and leaves the old one alone.
 *
 * A record holds the tile as the server has it, as far as this device knows, and the things that were changed here since,
 * each with the version that was seen when the change began: from that the server tells what both sides have changed. What
 * is shown is the one with the other put on it. A change is kept in the record, with its id, before it is sent, and sent again
 * to the letter until it is answered, so a repeated one has no second effect.
 */
import { newId } from '../lib/new-id.js';
import { emptyTile } from '../museum/tile.js';
import { requestFields, readFields, sameValue, changedFields, withFields } from './tile-fields.js';

/** @typedef {import('../museum/tile.js').Tile} Tile */
/** @typedef {import('./tile-fields.js').Patch} Patch */
/** @typedef {import('./tile-fields.js').FieldValues} FieldValues */
/** @typedef {import('./tile-fields.js').FieldValue} FieldValue */

/**
 * Something changed here: its value now, and the version seen when the change began. `blind` tells of what was typed in one tab
 * by who had not seen what another tab of this device typed there: the server is to find both.
 *
 * @typedef {FieldValue & {base: number, blind?: boolean}} PendingField
 */

/**
 * A change that is on its way to the server. `refused` marks one that the server did not take and that is nowhere else: it is
 * sent again with what is changed later.
 *
 * @typedef {{id: string, base: number, things: FieldValues, resolves: number[], refused?: boolean}} Change
 */

/**
 * @typedef {object} TileRecord
 * @property {string} owner e-mail address of the account, or '' for the museum of nobody who is signed in
 * @property {string} type the tile's family
 * @property {number | null} id the server's number for the tile, null while the server does not have it
 * @property {number} version the server's newest version that was seen, 0 for none
 * @property {Tile} known the tile as the server has it
 * @property {Record<string, PendingField>} pending by name of the thing
 * @property {number[]} resolves versions of settled conflicts of which the server is to be told
 * @property {Change[]} flights sent and not answered yet, the oldest first
 * @property {number[]} conflicts versions that lost against another device's edit, while nobody has chosen
 * @property {number} edits how many edits this device has made
 * @property {number | null} savedAt when the server had all of it last, in milliseconds; null: never
 * @property {Record<string, string>} [moved] where photos are now that were embedded in the graph, see photo/addresses.js
 */

/**
 * What was typed: the new value, what stood there before, and the version to which that belonged; of a tile that was taken down
 * also how many edits there were, since all of them go with it.
 *
 * @typedef {FieldValue & {was: FieldValue, seen: number, edits?: number}} Typed
 */

/** @typedef {{change_id: string, status: 'saved' | 'conflict' | 'error', id?: number, version?: number, conflict?: number, errors?: Record<string, unknown>}} Result */

/** Parts of a graph. */
const IS_PART = /^(item:|set:|order$)/;

/** Things that may come into conflict. Of all others the later arrival stands, so their base does not matter. */
const IS_MERGED = /^(description|state|deleted|item:)/;

/** Those of them of which both sides are kept. */
const IS_KEPT_TWICE = /^(description|state|item:)/;

/** The geometry that a tile has from its family, and of which the server knows nothing. */
const PLACE = Object.freeze(['position_x', 'position_y', 'width', 'height']);

/**
 * @param {string} owner
 * @param {string} type
 * @returns {TileRecord}
 */
export function newRecord(owner, type) {
  return {
    owner, type, id: null, version: 0, known: emptyTile(type), pending: {}, resolves: [], flights: [], conflicts: [], edits: 0, savedAt: null,
  };
}

/**
 * The tile as it is to be shown.
 *
 * @param {TileRecord} record
 * @returns {Tile}
 */
export function shown(record) {
  return groups(record).reduce((tile, group) => withFields(tile, group.things), record.known);
}

/**
 * Whether the record holds changes that the server has not confirmed.
 *
 * @param {TileRecord} record
 */
export function isPending({ pending, resolves, flights }) {
  return flights.length > 0 || resolves.length > 0 || Object.keys(pending).length > 0;
}

/**
 * Takes what was typed. A thing that has its new value already does not count. What was typed over something that had come
 * from elsewhere unseen keeps the version that was seen, so that the server finds both.
 *
 * @param {TileRecord} record
 * @param {Record<string, Typed>} typed by name of the thing
 * @returns {TileRecord} the same record if nothing changes
 */
export function touch(record, typed) {
  const names = Object.keys(typed);
  const now = readFields(shown(record), names);
  const changed = names.filter((name) => !sameValue(typed[name], now[name]));
  if (changed.length === 0) return record;
  const unseen = changed.filter((name) => !sameValue(typed[name].was, now[name]) || (typed[name].edits ?? record.edits) !== record.edits);
  const before = sendFirst(record, unseen);
  const pending = { ...record.pending };
  for (const name of changed) {
    const { was: _, seen, edits: __, ...value } = typed[name];
    const { base = record.version, blind = false } = pending[name] ?? {};
    const isBlind = blind || (unseen.includes(name) && name in pending);
    pending[name] = { ...value, base: unseen.includes(name) ? Math.min(base, seen) : base, ...(isBlind && { blind: true }) };
  }
  return { ...before, edits: record.edits + 1, pending: fold(before, tidy(before, pending, changed)) };
}

/**
 * What another tab of this device has typed, and is about to be typed over by who has not seen it, goes to the server first, so
 * that it is kept there.
 *
 * @param {TileRecord} record
 * @param {string[]} names of things that are typed over unseen
 * @returns {TileRecord}
 */
function sendFirst(record, names) {
  const { pending, flights } = record;
  const isSent = (/** @type {string} */ name) => flights.some(({ things }) => name in things && sameValue(things[name], pending[name]));
  const lost = Object.keys(pending).filter((name) => names.some((over) => goesWith(over, name)) && IS_KEPT_TWICE.test(name) && !isSent(name));
  if (lost.length === 0) return record;
  const first = groups({ ...record, pending: Object.fromEntries(lost.map((name) => [name, pending[name]])) });
  return { ...record, flights: [...flights, ...first.map(({ base, things }) => ({ id: newId(), base, things: placed(record, things), resolves: [] }))] };
}

/**
 * Has things sent before what is pending in their place, which was typed without having seen them: the server is to find both.
 *
 * @param {TileRecord} record
 * @param {Things} things
 * @param {number} base
 * @returns {TileRecord} the same record if none of them is kept beside another
 */
export function sendBefore(record, things, base) {
  const names = Object.keys(things).filter((name) => IS_KEPT_TWICE.test(name));
  if (names.length === 0) return record;
  const first = { id: newId(), base, things: placed(record, Object.fromEntries(names.map((name) => [name, things[name]]))), resolves: [] };
  const pending = Object.fromEntries(names.map((name) => [name, { ...record.pending[name], blind: true }]));
  return { ...record, flights: [...record.flights, first], pending: { ...record.pending, ...pending } };
}

/**
 * Whether a change of one thing is also the end of another.
 *
 * @param {string} changed
 * @param {string} name
 */
function goesWith(changed, name) {
  return changed === name || changed === 'deleted' || (changed === 'state' && IS_PART.test(name));
}

/**
 * What is sent of a tile that the server does not have tells it where it hangs, too.
 *
 * @param {TileRecord} record
 * @param {FieldValues} things
 * @returns {FieldValues}
 */
function placed({ version, known }, things) {
  return version === 0 && !things.deleted ? { ...readFields(known, [...PLACE]), ...things } : things;
}

/**
 * What was typed with what is typed after it: the new values, and what stood there before the first.
 *
 * @param {Record<string, Typed>} typed
 * @param {Record<string, Typed>} next
 * @returns {Record<string, Typed>}
 */
export function typeOver(typed, next) {
  const isOver = (/** @type {string} */ name) => 'deleted' in next || name === 'deleted' || ('state' in next && IS_PART.test(name));
  const left = Object.entries(typed).filter(([name]) => !isOver(name));
  const merged = Object.entries(next).map(([name, thing]) => [name, name in typed ? { ...thing, was: typed[name].was, seen: typed[name].seen } : thing]);
  return Object.fromEntries([...left, ...merged]);
}

/**
 * An edit by who has seen what is shown.
 *
 * @param {TileRecord} record
 * @param {Patch} patch
 * @returns {TileRecord} the same record if nothing changes
 */
export function applyEdit(record, patch) {
  const tile = shown(record);
  const things = changedFields(tile, patch);
  const was = readFields(tile, Object.keys(things));
  return touch(record, Object.fromEntries(Object.entries(things).map(([name, value]) => [name, { ...value, was: was[name], seen: record.version }])));
}

/**
 * Notes that conflicts are settled.
 *
 * @param {TileRecord} record
 * @param {number[]} versions
 * @returns {TileRecord}
 */
export function resolve(record, versions) {
  if (versions.length === 0) return record;
  return { ...record, edits: record.edits + 1, resolves: [...new Set([...record.resolves, ...versions])] };
}

/**
 * Leaves out what has no meaning beside what was changed: a tile taken down has no parts, a graph replaced whole neither,
 * and what was made and taken away before the server heard of it never was.
 *
 * @param {TileRecord} record
 * @param {TileRecord['pending']} pending
 * @param {string[]} changed
 */
function tidy({ known, flights }, pending, changed) {
  if (changed.includes('deleted')) return { deleted: pending.deleted };
  const names = Object.keys(pending);
  const there = readFields(known, names);
  const kept = names.filter((name) => {
    if (name === 'deleted') return false;
    if (changed.includes('state') && IS_PART.test(name) && !changed.includes(name)) return false;
    return 'value' in pending[name] || 'value' in there[name] || flights.some(({ things }) => name in things);
  });
  return withoutStrangers(known, Object.fromEntries(kept.map((name) => [name, pending[name]])));
}

/**
 * Leaves out of the order what is not in the list: when it comes back, its place has to be sent.
 *
 * @param {Tile} known
 * @param {TileRecord['pending']} pending
 */
function withoutStrangers(known, pending) {
  if (!pending.order) return pending;
  const ids = new Set(readFields(withFields(known, pending), ['order']).order.value);
  return { ...pending, order: { ...pending.order, value: pending.order.value.filter((/** @type {string} */ id) => ids.has(id)) } };
}

/**
 * A graph that is replaced whole takes up what was changed of its parts since: the server takes the one or the other.
 *
 * @param {TileRecord} record
 * @param {TileRecord['pending']} pending
 */
function fold({ known }, pending) {
  if (!pending.state) return pending;
  const apart = Object.entries(pending).filter(([name]) => !IS_PART.test(name));
  const { desmos_state: value } = withFields(known, pending);
  return { ...Object.fromEntries(apart), state: { ...pending.state, value } };
}

/**
 * What is pending, parted by the version it began with, the oldest first. What knows no conflict goes with the last.
 *
 * @param {TileRecord} record
 * @returns {{base: number, things: FieldValues}[]}
 */
function groups({ pending }) {
  const last = Math.max(...Object.values(pending).map(({ base }) => base));
  /** @type {Map<number, FieldValues>} */
  const parted = new Map();
  for (const [name, { base, blind: _, ...value }] of Object.entries(pending)) {
    const key = IS_MERGED.test(name) ? base : last;
    parted.set(key, { ...parted.get(key), [name]: value });
  }
  return [...parted].map(([base, things]) => ({ base, things })).sort((a, b) => a.base - b.base);
}

/**
 * Makes the changes that are to be sent, unless some are on their way. Those that were refused before go first.
 *
 * @param {TileRecord} record
 * @param {() => string} [makeId] makes an id that no other change has, of 8 to 64 letters and digits
 * @returns {TileRecord} the same record if there is nothing to send
 */
export function embark(record, makeId = newId) {
  if (record.flights.some(({ refused }) => !refused)) return record;
  const parted = groups(record);
  if (parted.length === 0 && record.resolves.length === 0) return record;
  if (parted.length === 0) parted.push({ base: record.version, things: {} });
  parted[0].things = placed(record, parted[0].things);
  const flights = parted.map((group, i) => ({ id: makeId(), ...group, resolves: i === parted.length - 1 ? record.resolves : [] }));
  return { ...record, flights: [...record.flights, ...flights] };
}

/**
 * The changes on their way that hold what was typed in one tab and typed over in another by who had not seen it: it is nowhere
 * else on this device.
 *
 * @param {TileRecord} record
 * @returns {Change[]}
 */
export function onlyCopies({ flights, pending }) {
  const isTypedOver = (/** @type {string} */ name, /** @type {FieldValue} */ thing) => pending[name]?.blind && IS_KEPT_TWICE.test(name) && !sameValue(thing, pending[name]);
  return flights.filter(({ things, refused }) => refused || Object.entries(things).some(([name, thing]) => isTypedOver(name, thing)));
}

/**
 * A change as it is sent.
 *
 * @param {string} type
 * @param {Change} change
 */
export function toSend(type, { id, base, things, resolves }) {
  const fields = requestFields(things);
  return {
    change_id: id,
    concept_type: type,
    base_version: base,
    ...(things.deleted && { deleted: true }),
    ...(resolves.length > 0 && { resolves }),
    ...(Object.keys(fields).length > 0 && { fields }),
  };
}

/**
 * Takes the server's answer to a change. What was changed again since stays pending, now as by who has seen that answer.
 *
 * @param {TileRecord} record as it is now, perhaps edited since
 * @param {Result} result
 * @param {number} now in milliseconds
 * @returns {TileRecord} the same record if the answer has been taken before
 */
export function confirm(record, { change_id, status, id, version = 0, conflict }, now) {
  const change = record.flights.find((each) => each.id === change_id);
  if (!change) return record;
  if (status === 'error') return refuse(record, change);
  const flights = record.flights.filter((each) => each !== change);
  const left = Object.entries(record.pending).filter(([name, thing]) => !(name in change.things && sameValue(thing, change.things[name])));
  return {
    ...record,
    id: id ?? record.id,
    version: Math.max(record.version, version),
    known: withFields(record.known, change.things),
    pending: Object.fromEntries(left.map(([name, thing]) => [name, name in change.things && !thing.blind ? { ...thing, base: version } : thing])),
    resolves: record.resolves.filter((each) => !change.resolves.includes(each)),
    conflicts: [...record.conflicts, ...(conflict ? [conflict] : [])].filter((each) => !change.resolves.includes(each)),
    flights,
    savedAt: now,
  };
}

/**
 * A change that was not taken is made anew from what is pending, unless it is the only copy of something.
 *
 * @param {TileRecord} record
 * @param {Change} change
 * @returns {TileRecord}
 */
function refuse(record, change) {
  if (!onlyCopies(record).includes(change)) return { ...record, flights: record.flights.filter((each) => each !== change) };
  return { ...record, flights: record.flights.map((each) => (each === change ? { ...change, refused: true } : each)) };
}
