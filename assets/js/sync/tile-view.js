/**
 * The state of a tile that a page shows. It may be behind the store: a field that is being edited does not change under
 * the user's hands. Edits are based on the state shown here, so that nothing that arrived meanwhile is overwritten
 * unnoticed.
 */
import { FIELDS } from '../museum/tile.js';
import { tileFieldOf, readFields, changedFields } from './tile-fields.js';

/** @typedef {import('./store.js').TileStore} TileStore */
/** @typedef {import('./queue.js').Seen} Seen */
/** @typedef {import('./queue.js').Typed} Typed */
/** @typedef {import('./tile-fields.js').Patch} Patch */
/** @typedef {import('../museum/tile.js').Tile} Tile */
/** @typedef {import('../museum/tile.js').Field} Field */

export class TileView {
  #store;
  /** The owner of the tile shown here: another museum may be opened before this page is closed. */
  #owner = '';
  #tile;
  /** The version from which each field was taken. @type {Record<string, Seen>} */
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
   * Takes over the store's current values.
   *
   * @param {readonly Field[]} [fields] all fields by default
   */
  refresh(fields = FIELDS) {
    const now = this.#store.tile(this.#tile.concept_type);
    this.#owner = this.#store.owner;
    for (const field of fields) this.#seen[field] = this.#store.seen(now.concept_type);
    this.#tile = { ...this.#tile, ...Object.fromEntries(fields.map((field) => [field, now[field]])) };
  }

  /**
   * Edits the tile shown here. The edit shows at once and is written to the device a moment later.
   *
   * @param {Patch} patch
   */
  edit(patch) {
    const things = changedFields(this.#tile, patch);
    const was = readFields(this.#tile, Object.keys(things));
    this.#tile = { ...this.#tile, ...patch };
    this.#store.type(
      this.#owner,
      this.#tile.concept_type,
      Object.fromEntries(
        Object.entries(things).map(([name, value]) => {
          /** @type {Typed} */
          const typed = { ...value, was: was[name], seen: this.#seen[tileFieldOf(name)] };
          return [name, typed];
        }),
      ),
    );
  }
}
