import { sameJson } from '../../lib/json.js';
import { itemText } from './item.js';
import { isRecord, withChanges } from './json.js';

/** @typedef {import('./entries.js').Content} Content */
/** @typedef {import('./entries.js').Entry} Entry */

/** The prefix of addresses of photos embedded in the graph. */
const EMBEDDED = 'data:';

/**
 * Rebases an undo history onto changes made elsewhere: an edit that arrives from another device, or a photo that was
 * moved into the museum's store. Each undo step is changed like the graph itself, so that undoing it reverts that step
 * only.
 *
 * A remote change applies to every step, whether it changes a key of an item, adds or removes an item, or changes the
 * order. Moving a photo is not a change of an item: the new address replaces the old one wherever a step has the photo,
 * and nowhere else.
 *
 * @param {Content} before the graph before the change
 * @param {Content} after the graph after the change
 * @returns {(step: Content) => Content} returns `after` for `before` itself
 */
export function rebase(before, after) {
  const moved = movedPhotos(before.entries, after.entries);
  const former = withPhotos(before.entries, moved);
  const was = new Map(former.map(({ key, item }) => [key, item]));
  const is = new Map(after.entries.map(({ key, item }) => [key, item]));
  const others = new Set([...is.keys()].filter((key) => !sameJson(was.get(key), is.get(key))));
  const order = isReordered(former, after.entries) ? after.entries.map(({ key }) => key) : null;
  const [formerRoot, root] = [withoutList(before.root), withoutList(after.root)];

  /** @param {Entry} entry of a step @returns {Entry} */
  const carryEntry = (entry) => {
    const { key, item } = entry;
    if (!others.has(key)) return entry;
    // A new item was deleted here, and is back with another's edit.
    return { key, item: was.has(key) ? carry(item, was.get(key), is.get(key)) : is.get(key) };
  };
  return (step) => {
    if (step === before) return after;
    const kept = withPhotos(step.entries, moved)
      .filter(({ key }) => is.has(key) || !was.has(key))
      .map(carryEntry);
    return {
      ...step,
      root: /** @type {Record<string, unknown>} */ (carry(step.root, formerRoot, root)),
      entries: arranged(withNew(kept, after.entries, was), order),
      hasList: step.hasList || after.hasList,
    };
  };
}

/**
 * @param {Readonly<Record<string, unknown>>} root
 * @returns {Record<string, unknown>} the state without its list, which the entries represent
 */
function withoutList(root) {
  return isRecord(root.expressions) ? { ...root, expressions: { ...root.expressions, list: undefined } } : root;
}

/**
 * @param {unknown} value value in a step
 * @param {unknown} before
 * @param {unknown} after
 * @returns {unknown} the value with the change from `before` to `after` applied; the value itself if there is none
 */
function carry(value, before, after) {
  if (sameJson(before, after)) return value;
  if (isRecord(before) && isRecord(after) && isRecord(value)) {
    const result = { ...value };
    for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
      if (sameJson(before[name], after[name])) continue;
      if (name in after) result[name] = carry(value[name], before[name], after[name]);
      else delete result[name];
    }
    return result;
  }
  if (
    Array.isArray(before) &&
    Array.isArray(after) &&
    Array.isArray(value) &&
    before.length === after.length &&
    value.length === before.length
  ) {
    return value.map((element, i) => carry(element, before[i], after[i]));
  }
  return after;
}

/**
 * @param {readonly Entry[]} before
 * @param {readonly Entry[]} after
 * @returns {ReadonlyMap<string, string>} new addresses of photos that were embedded in the graph, by old address
 */
function movedPhotos(before, after) {
  const now = new Map(after.map(({ key, item }) => [key, itemText(item, 'image_url')]));
  const addresses = new Map();
  for (const { key, item } of before) {
    const [photo, address] = [itemText(item, 'image_url'), now.get(key) ?? ''];
    if (photo.startsWith(EMBEDDED) && address !== '' && !address.startsWith(EMBEDDED)) addresses.set(photo, address);
  }
  return addresses;
}

/**
 * @param {readonly Entry[]} entries
 * @param {ReadonlyMap<string, string>} moved
 * @returns {readonly Entry[]} the entries with the new addresses of moved photos
 */
function withPhotos(entries, moved) {
  if (moved.size === 0) return entries;
  return entries.map((entry) => {
    const address = moved.get(itemText(entry.item, 'image_url'));
    return address === undefined ? entry : { ...entry, item: withChanges(entry.item, { image_url: address }) };
  });
}

/**
 * @param {readonly Entry[]} entries entries of a step
 * @param {readonly Entry[]} all current entries
 * @param {ReadonlyMap<string, unknown>} was
 * @returns {readonly Entry[]} with the new ones, each after the entry that it follows there
 */
function withNew(entries, all, was) {
  const result = [...entries];
  all.forEach((entry, i) => {
    if (was.has(entry.key) || result.some(({ key }) => key === entry.key)) return;
    const before = all.slice(0, i).findLast((each) => result.some(({ key }) => key === each.key));
    result.splice(before ? result.findIndex(({ key }) => key === before.key) + 1 : 0, 0, entry);
  });
  return result;
}

/**
 * @param {readonly Entry[]} before
 * @param {readonly Entry[]} after
 * @returns {boolean} whether the common entries are in another order
 */
function isReordered(before, after) {
  const there = new Set(after.map(({ key }) => key));
  const common = before.filter(({ key }) => there.has(key)).map(({ key }) => key);
  const known = new Set(common);
  return after.filter(({ key }) => known.has(key)).some(({ key }, i) => key !== common[i]);
}

/**
 * @param {readonly Entry[]} entries
 * @param {readonly string[] | null} order null to keep the order
 * @returns {readonly Entry[]} the entries in that order; an entry not in it stays after its neighbour
 */
function arranged(entries, order) {
  if (!order) return entries;
  const places = new Map(order.map((key, i) => [key, i]));
  let last = -1;
  const placed = entries.map((entry) => {
    last = places.get(entry.key) ?? last;
    return { entry, place: last };
  });
  return placed.sort((a, b) => a.place - b.place).map(({ entry }) => entry);
}
