import { sameJson } from '../../lib/json.js';
import { itemText } from './item.js';
import { isRecord, withChanges } from './json.js';

/** @typedef {import('./entries.js').Content} Content */
/** @typedef {import('./entries.js').Entry} Entry */

/** What the address of a photo begins with that is in the graph itself. */
const EMBEDDED = 'data:';

/**
 * Carries what others have made of a graph beneath the steps of whoever works on it: an edit that arrives from another device, or
 * a photo that was moved into the museum's store. Each step of undo is changed as the graph itself was, so that taking it back
 * takes back that step alone.
 *
 * What was changed elsewhere stands in every step, be it the change of a key of an item, a new item, one that is gone, or another
 * order. That a photo was moved is no change of an item: it is named by its new address wherever a step has it, and nowhere else.
 *
 * @param {Content} before the graph as it was
 * @param {Content} after as it is now
 * @returns {(step: Content) => Content} gives `after` for `before` itself
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
    // What is new was deleted here, and is back with another's edit.
    return { key, item: was.has(key) ? carry(item, was.get(key), is.get(key)) : is.get(key) };
  };
  return (step) => {
    if (step === before) return after;
    const kept = withPhotos(step.entries, moved).filter(({ key }) => is.has(key) || !was.has(key)).map(carryEntry);
    return {
      ...step,
      root: /** @type {Record<string, unknown>} */ (carry(step.root, formerRoot, root)),
      entries: arranged(withNew(kept, after.entries, was), order),
      hasList: step.hasList || after.hasList,
    };
  };
}

/** @param {Readonly<Record<string, unknown>>} root @returns {Record<string, unknown>} the state without its list, which the entries stand for */
function withoutList(root) {
  return isRecord(root.expressions) ? { ...root, expressions: { ...root.expressions, list: undefined } } : root;
}

/**
 * @param {unknown} value in a step
 * @param {unknown} before
 * @param {unknown} after
 * @returns {unknown} the value with the change from `before` to `after` in it; the value itself where there is none
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
  if (Array.isArray(before) && Array.isArray(after) && Array.isArray(value) && before.length === after.length && value.length === before.length) {
    return value.map((element, i) => carry(element, before[i], after[i]));
  }
  return after;
}

/**
 * @param {readonly Entry[]} before
 * @param {readonly Entry[]} after
 * @returns {ReadonlyMap<string, string>} where photos are kept now that were within the graph, by the photos
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
 * @returns {readonly Entry[]} with the new addresses of the photos that were moved
 */
function withPhotos(entries, moved) {
  if (moved.size === 0) return entries;
  return entries.map((entry) => {
    const address = moved.get(itemText(entry.item, 'image_url'));
    return address === undefined ? entry : { ...entry, item: withChanges(entry.item, { image_url: address }) };
  });
}

/**
 * @param {readonly Entry[]} entries of a step
 * @param {readonly Entry[]} all as they are now
 * @param {ReadonlyMap<string, unknown>} was
 * @returns {readonly Entry[]} with those that are new now, each behind the one that it stands behind there
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
 * @returns {boolean} whether those that are in both stand in another order
 */
function isReordered(before, after) {
  const there = new Set(after.map(({ key }) => key));
  const common = before.filter(({ key }) => there.has(key)).map(({ key }) => key);
  const known = new Set(common);
  return after.filter(({ key }) => known.has(key)).some(({ key }, i) => key !== common[i]);
}

/**
 * @param {readonly Entry[]} entries
 * @param {readonly string[] | null} order null for the one that they have
 * @returns {readonly Entry[]} those in the order first or last where they were so; one that is not in it stays behind its neighbour
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
