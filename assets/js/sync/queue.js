/**
 * The queue of unsent changes, as pure functions over plain data. A record is what the device stores of one tile; every
 * function returns a new record and leaves its argument alone.
 *
 * A record holds the last known server state of the tile and the fields that were changed here since, each with the
 * version on which the change is based: from it the server detects concurrent changes. The tile that is shown is the
 * server state with the pending fields applied. A change is stored in the record with its id before it is sent, and is
 * resent unmodified until it is answered, so that repeating it has no second effect.
 */
import { newId } from '../lib/new-id.js';
import { emptyTile } from '../museum/tile.js';
import { requestFields, readFields, sameValue, changedFields, withFields } from './tile-fields.js';

/** @typedef {import('../museum/tile.js').Tile} Tile */
/** @typedef {import('./tile-fields.js').Patch} Patch */
/** @typedef {import('./tile-fields.js').FieldValues} FieldValues */
/** @typedef {import('./tile-fields.js').FieldValue} FieldValue */

/**
 * A field that was changed here: its value, and the version on which the change is based. `blind` marks a value that
 * was typed in one tab without having seen what another tab of this device typed: the server is to keep both.
 *
 * @typedef {FieldValue & {base: number, blind?: boolean}} PendingField
 */

/**
 * A change in flight. `refused` marks one that the server refused and whose content exists nowhere else: it is sent
 * again with later changes.
 *
 * @typedef {{id: string, base: number, things: FieldValues, resolves: number[], refused?: boolean}} Change
 */

/**
 * @typedef {object} TileRecord
 * @property {string} owner email address of the account, '' for the signed-out museum
 * @property {string} type the tile's family
 * @property {number | null} id the server's id of the tile, null while the server does not have it
 * @property {number} version the newest server version seen, 0 for none
 * @property {string} [numbering] identifies the numbering to which the versions belong, see Seen
 * @property {Tile} known the tile as last reported by the server
 * @property {Record<string, PendingField>} pending by field name, see tile-fields.js
 * @property {number[]} resolves versions of settled conflicts that the server has yet to be told
 * @property {Change[]} flights changes that were sent and not answered yet, oldest first
 * @property {number[]} conflicts versions in conflict about which the student has not decided
 * @property {number} edits number of edits made on this device
 * @property {number | null} savedAt when the server last had everything, in milliseconds; null for never
 * @property {Record<string, string>} [moved] addresses of photos that were embedded in the graph, by fingerprint, see
 *   photo/addresses.js
 */

/**
 * A version number, which means a version only within one numbering: a restored server, or one that was set up anew,
 * counts again from an earlier number.
 *
 * @typedef {{version: number, numbering?: string}} Seen
 */

/**
 * A typed value, with the value it replaced and the version that the page showed. For a deleted tile also the edit
 * count, since the deletion covers all its edits.
 *
 * @typedef {FieldValue & {was: FieldValue, seen: Seen, edits?: number}} Typed
 */

/** @typedef {{change_id: string, status: 'saved' | 'conflict' | 'error', id?: number, version?: number, conflict?: number, errors?: Record<string, unknown>}} Result */

/** Names of parts of a graph. */
const IS_PART = /^(item:|set:|order$)/;

/** Fields that can conflict. For all others the later arrival wins, so their base does not matter. */
const IS_MERGED = /^(description|state|deleted|item:)/;

/** Fields of which both sides are kept in a conflict. */
const IS_KEPT_TWICE = /^(description|state|item:)/;

/** The geometry that a new tile gets from its family and that the server does not know. */
const PLACE = Object.freeze(['position_x', 'position_y', 'width', 'height']);

/**
 * @param {string} owner
 * @param {string} type
 * @returns {TileRecord}
 */
export function newRecord(owner, type) {
  return {
    owner,
    type,
    id: null,
    version: 0,
    known: emptyTile(type),
    pending: {},
    resolves: [],
    flights: [],
    conflicts: [],
    edits: 0,
    savedAt: null,
  };
}

/**
 * Returns the tile to show.
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
 * Applies typed values. A field that already has its new value does not count. A value that was typed over an unseen
 * change keeps the version it was based on, so that the server finds both.
 *
 * @param {TileRecord} record
 * @param {Record<string, Typed>} typed by field name
 * @returns {TileRecord} the same record if nothing changes
 */
export function touch(record, typed) {
  const names = Object.keys(typed);
  const now = readFields(shown(record), names);
  const changed = names.filter((name) => !sameValue(typed[name], now[name]));
  if (changed.length === 0) return record;
  const unseen = changed.filter(
    (name) => !sameValue(typed[name].was, now[name]) || (typed[name].edits ?? record.edits) !== record.edits,
  );
  const before = sendFirst(record, unseen);
  const copies = onlyCopies(record).flatMap(({ things }) => Object.keys(things));
  const pending = { ...record.pending };
  for (const name of changed) {
    const { was: _, seen, edits: __, ...value } = typed[name];
    const { base = record.version, blind = false } = pending[name] ?? {};
    const isBlind =
      blind ||
      (unseen.includes(name) && (name in pending || before !== record)) ||
      copies.some((copy) => goesWith(name, copy));
    pending[name] = {
      ...value,
      base: unseen.includes(name) ? Math.min(base, numberOf(seen, record)) : base,
      ...(isBlind && { blind: true }),
    };
  }
  return { ...before, edits: record.edits + 1, pending: fold(before, tidy(before, pending, changed)) };
}

/**
 * Returns the version of a record, to be compared later.
 *
 * @param {TileRecord} record
 * @returns {Seen}
 */
export function versionOf({ version, numbering }) {
  return { version, ...(numbering && { numbering }) };
}

/**
 * @param {Seen} seen may be a bare number in a draft that an earlier release wrote
 * @param {TileRecord} record
 * @returns {number} the version that was seen, 0 if it belongs to another numbering
 */
function numberOf({ version = 0, numbering }, record) {
  return numbering === record.numbering ? version : 0;
}

/**
 * Puts values that another tab of this device typed, and that are about to be overwritten unseen, into flight first, so
 * that the server keeps them.
 *
 * @param {TileRecord} record
 * @param {string[]} names of fields that are overwritten unseen
 * @returns {TileRecord}
 */
function sendFirst(record, names) {
  const { pending, flights } = record;
  const isSent = (/** @type {string} */ name) =>
    flights.some(({ things }) => name in things && sameValue(things[name], pending[name]));
  const lost = Object.keys(pending).filter(
    (name) => names.some((over) => goesWith(over, name)) && IS_KEPT_TWICE.test(name) && !isSent(name),
  );
  if (lost.length === 0) return record;
  const first = groups({ ...record, pending: Object.fromEntries(lost.map((name) => [name, pending[name]])) });
  return {
    ...record,
    flights: [
      ...flights,
      ...first.map(({ base, things }) => ({ id: newId(), base, things: placed(record, things), resolves: [] })),
    ],
  };
}

/**
 * Queues values to be sent before the pending ones of the same fields, which were typed without having seen them, so that the
 * server keeps both.
 *
 * @param {TileRecord} record
 * @param {FieldValues} things
 * @param {number} base
 * @returns {TileRecord} the same record if no field is of a kind that is kept twice
 */
export function sendBefore(record, things, base) {
  const names = Object.keys(things).filter((name) => IS_KEPT_TWICE.test(name));
  if (names.length === 0) return record;
  const first = {
    id: newId(),
    base,
    things: placed(record, Object.fromEntries(names.map((name) => [name, things[name]]))),
    resolves: [],
  };
  const pending = Object.fromEntries(names.map((name) => [name, { ...record.pending[name], blind: true }]));
  return { ...record, flights: [...record.flights, first], pending: { ...record.pending, ...pending } };
}

/**
 * Whether a change of one field also replaces another.
 *
 * @param {string} changed
 * @param {string} name
 */
function goesWith(changed, name) {
  return changed === name || changed === 'deleted' || (changed === 'state' && IS_PART.test(name));
}

/**
 * Adds the geometry to the first change of a tile that the server does not have.
 *
 * @param {TileRecord} record
 * @param {FieldValues} things
 * @returns {FieldValues}
 */
function placed({ version, known }, things) {
  return version === 0 && !things.deleted ? { ...readFields(known, [...PLACE]), ...things } : things;
}

/**
 * Merges newly typed values into earlier ones: the new values, with what the first ones replaced.
 *
 * @param {Record<string, Typed>} typed
 * @param {Record<string, Typed>} next
 * @returns {Record<string, Typed>}
 */
export function mergeTyped(typed, next) {
  const isOver = (/** @type {string} */ name) =>
    'deleted' in next || name === 'deleted' || ('state' in next && IS_PART.test(name));
  const left = Object.entries(typed).filter(([name]) => !isOver(name));
  const merged = Object.entries(next).map(([name, thing]) => [
    name,
    name in typed ? { ...thing, was: typed[name].was, seen: typed[name].seen } : thing,
  ]);
  return Object.fromEntries([...left, ...merged]);
}

/**
 * Applies an edit that is based on what is shown.
 *
 * @param {TileRecord} record
 * @param {Patch} patch
 * @returns {TileRecord} the same record if nothing changes
 */
export function applyEdit(record, patch) {
  const tile = shown(record);
  const things = changedFields(tile, patch);
  const was = readFields(tile, Object.keys(things));
  return touch(
    record,
    Object.fromEntries(
      Object.entries(things).map(([name, value]) => [name, { ...value, was: was[name], seen: versionOf(record) }]),
    ),
  );
}

/**
 * Marks conflicts as settled.
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
 * Removes pending fields that have become meaningless: a deleted tile and a graph replaced as a whole have no parts,
 * and what was added and removed before it was sent never existed.
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
 * Removes ids from the order that are not in the list: if such an item comes back, its place has to be sent.
 *
 * @param {Tile} known
 * @param {TileRecord['pending']} pending
 */
function withoutStrangers(known, pending) {
  if (!pending.order) return pending;
  const ids = new Set(readFields(withFields(known, pending), ['order']).order.value);
  return {
    ...pending,
    order: { ...pending.order, value: pending.order.value.filter((/** @type {string} */ id) => ids.has(id)) },
  };
}

/**
 * Applies pending changes of parts to a graph that is replaced as a whole, since the server takes either the one or the
 * other.
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
 * Groups the pending fields by base version, oldest first. Fields that cannot conflict go with the last group.
 *
 * @param {TileRecord} record
 * @returns {{base: number, things: FieldValues}[]}
 */
function groups({ pending }) {
  const last = Math.max(...Object.values(pending).map(({ base }) => base));
  /** @type {Map<number, FieldValues>} */
  const grouped = new Map();
  for (const [name, { base, blind: _, ...value }] of Object.entries(pending)) {
    const key = IS_MERGED.test(name) ? base : last;
    grouped.set(key, { ...grouped.get(key), [name]: value });
  }
  return [...grouped].map(([base, things]) => ({ base, things })).sort((a, b) => a.base - b.base);
}

/**
 * Creates the changes to send, unless some are in flight. Changes that were refused before go first.
 *
 * @param {TileRecord} record
 * @param {() => string} [makeId] makes a unique id of 8 to 64 letters and digits
 * @returns {TileRecord} the same record if there is nothing to send
 */
export function makeChanges(record, makeId = newId) {
  if (record.flights.some(({ refused }) => !refused)) return record;
  const grouped = groups(record);
  if (grouped.length === 0 && record.resolves.length === 0) return record;
  if (grouped.length === 0) grouped.push({ base: record.version, things: {} });
  grouped[0].things = placed(record, grouped[0].things);
  const flights = grouped.map((group, i) => ({
    id: makeId(),
    ...group,
    resolves: i === grouped.length - 1 ? record.resolves : [],
  }));
  return { ...record, flights: [...record.flights, ...flights] };
}

/**
 * Returns the changes in flight whose content was typed in one tab and overwritten unseen in another: it exists nowhere
 * else on this device.
 *
 * @param {TileRecord} record
 * @returns {Change[]}
 */
export function onlyCopies({ flights, pending }) {
  const isTypedOver = (/** @type {string} */ name, /** @type {FieldValue} */ thing) =>
    IS_KEPT_TWICE.test(name) &&
    Object.entries(pending).some(
      ([over, value]) => value.blind && goesWith(over, name) && !(over === name && sameValue(thing, value)),
    );
  return flights.filter(
    ({ things, refused }) => refused || Object.entries(things).some(([name, thing]) => isTypedOver(name, thing)),
  );
}

/**
 * Returns a change in the form of a request.
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
 * Applies the server's answer to a change. Fields that were changed again since stay pending, now based on that answer.
 *
 * @param {TileRecord} record as it is now, perhaps edited since
 * @param {Result} result
 * @param {number} now in milliseconds
 * @returns {TileRecord} the same record if the answer was applied before
 */
export function confirm(record, { change_id, status, id, version = 0, conflict }, now) {
  const change = record.flights.find((each) => each.id === change_id);
  if (!change) return record;
  if (status === 'error') return refuse(record, change);
  const flights = record.flights.filter((each) => each !== change);
  const left = Object.entries(record.pending).filter(
    ([name, thing]) => !(name in change.things && sameValue(thing, change.things[name])),
  );
  return {
    ...record,
    id: id ?? record.id,
    version: Math.max(record.version, version),
    ...(record.version === 0 && { numbering: newId() }),
    known: withFields(record.known, change.things),
    pending: Object.fromEntries(
      left.map(([name, thing]) => [name, name in change.things && !thing.blind ? { ...thing, base: version } : thing]),
    ),
    resolves: record.resolves.filter((each) => !change.resolves.includes(each)),
    conflicts: [...record.conflicts, ...(conflict ? [conflict] : [])].filter((each) => !change.resolves.includes(each)),
    flights,
    savedAt: now,
  };
}

/**
 * Drops a refused change, which is created again from what is pending, unless it is the only copy of something.
 *
 * @param {TileRecord} record
 * @param {Change} change
 * @returns {TileRecord}
 */
function refuse(record, change) {
  if (!onlyCopies(record).includes(change))
    return { ...record, flights: record.flights.filter((each) => each !== change) };
  return { ...record, flights: record.flights.map((each) => (each === change ? { ...change, refused: true } : each)) };
}
