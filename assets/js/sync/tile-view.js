/**
 * What a page shows of a tile, which may be behind the store: a field in which somebody is at work is not changed under their
 * hands. An edit is taken as by who has seen this, so that nothing that came meanwhile is overwritten unnoticed.
 */
import { FIELDS } from '../museum/tile.js';
import { tileFieldOf, readFields, changedFields } from './tile-fields.js';

/** @typedef {import('./store.js').TileStore} TileStore */
/** @typedef {import('./queue.js').Typed} Typed */
/** @typedef {import('./tile-fields.js').Patch} Patch */
/** @typedef {import('../museum/tile.js').Tile} Tile */
/** @typedef {import('../museum/tile.js').Field} Field */

export class TileView {
  #store;
  /** Whose tile is shown here: another's museum may be open before this has gone. */
  #owner = '';
  #tile;
  /** The version that each field was taken from. @type {Record<string, number>} */
  #seen = {};

  /**
   * @param {TileStore} store
   * @param {string} type
   */
  constructor(store, type) {
    this.#store = store;
    this.#tile = store.tile(type);
    this.refresh();
  }

  /** The tile as it is shown here. */
  get tile() {
    return this.#tile;
  }

  /**
   * Takes fields as the store has them now.
   *
   * @param {readonly Field[]} [fields] all of them if none are named
   */
  refresh(fields = FIELDS) {
    const now = this.#store.tile(this.#tile.concept_type);
    this.#owner = this.#store.owner;
    for (const field of fields) this.#seen[field] = this.#store.version(now.concept_type);
    this.#tile = { ...this.#tile, ...Object.fromEntries(fields.map((field) => [field, now[field]])) };
  }

  /**
   * Takes an edit of what is shown here. It shows at once, and is written to the device a moment later.
   *
   * @param {Patch} patch
   */
  edit(patch) {
    const things = changedFields(this.#tile, patch);
    const was = readFields(this.#tile, Object.keys(things));
    this.#tile = { ...this.#tile, ...patch };
    this.#store.type(this.#owner, this.#tile.concept_type, Object.fromEntries(Object.entries(things).map(([name, value]) => {
      /** @type {Typed} */
      const typed = { ...value, was: was[name], seen: this.#seen[tileFieldOf(name)] };
      return [name, typed];
    })));
  }
}
