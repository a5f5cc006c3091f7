/**
 * The museum that is open on this page: the tiles of one owner, and the drafts typed into them. An edit shows at once,
 * is written to the device a moment later, and only then counts as saved.
 */
import { Listeners } from '../lib/listeners.js';
import { Drafts } from './device/drafts.js';
import { readdress } from './photo/addresses.js';
import { prefer, preferencesOf } from './preferences.js';
import { isPending, newRecord, shown, versionOf } from './queue.js';
import { withFields } from './tile-fields.js';
import { TileView } from './tile-view.js';

/** @typedef {import('./device/device.js').Device} Device */
/** @typedef {import('./device/unload-journal.js').UnloadJournal} UnloadJournal */
/** @typedef {import('./device/tabs.js').Tabs} Tabs */
/** @typedef {import('./preferences.js').Preferences} Preferences */
/** @typedef {import('./queue.js').TileRecord} TileRecord */
/** @typedef {import('./queue.js').Typed} Typed */
/** @typedef {import('./tile-fields.js').Patch} Patch */
/** @typedef {import('../museum/tile.js').Tile} Tile */

/**
 * Events: `edit` typed here, `saved` written to the device, `arrived` changed by the server or another tab, `opened`
 * another owner's museum is shown.
 *
 * @typedef {{kind: 'edit' | 'saved' | 'arrived', type: string} | {kind: 'opened'}} StoreEvent
 */

/**
 * @typedef {object} Sender
 * @property {() => Promise<{sent: boolean, why: string}>} flush
 * @property {(type: string) => import('./status.js').Status} status
 * @property {(listener: () => void) => (() => void)} onChange
 * @property {() => Promise<void>} makeRoom drops stored photos that the server has
 */

export class TileStore {
  #device;
  #tabs;
  #drafts;
  #owner = '';
  /** @type {Map<string, TileRecord>} */
  #records = new Map();
  /** The tiles as they are shown, by type. @type {Map<string, Tile>} */
  #tiles = new Map();
  /** @type {Listeners<StoreEvent>} */
  #listeners = new Listeners();
  /** @type {Sender} */
  #sender = {
    flush: async () => ({ sent: false, why: '' }),
    status: () => ({ tone: 'calm', text: '' }),
    onChange: () => () => {},
    makeRoom: async () => undefined,
  };
  #touched = false;

  /** @param {{device: Device, tabs: Pick<Tabs, 'tell' | 'onMessage'>, journal: Pick<UnloadJournal, 'put' | 'strike' | 'take' | 'giveBack' | 'onPut' | 'onStrike'>}} parts */
  constructor({ device, tabs, journal }) {
    this.#device = device;
    this.#tabs = tabs;
    this.#drafts = new Drafts({
      device,
      journal,
      onWritten: (record) => this.#written(record),
      onRecovered: (record) => this.arrived([record]),
      makeRoom: () => this.#sender.makeRoom(),
      onFailed: (types) => types.forEach((type) => this.#listeners.tell({ kind: 'edit', type })),
    });
    journal.onStrike(() => void this.#readAgain());
    tabs.onMessage((message) => {
      if (message.kind === 'tile' && message.owner === this.#owner) void this.refresh(message.type);
    });
  }

  /** The email address of the account whose museum is open; '' for the signed-out museum. */
  get owner() {
    return this.#owner;
  }

  get keeps() {
    return this.#device.keeps;
  }

  /** Whether something typed is not in the database yet. */
  get saving() {
    return this.#drafts.any;
  }

  get problem() {
    return this.#drafts.problem;
  }

  /** Whether this page has saved an edit. */
  get touched() {
    return this.#touched;
  }

  /** Whether the server has not confirmed everything. */
  get pending() {
    return this.saving || [...this.#records.values()].some(isPending);
  }

  /** The types of the tiles with unconfirmed changes. */
  get unsent() {
    const written = [...this.#records.values()].filter(isPending).map(({ type }) => type);
    return [...new Set([...this.#drafts.types(this.#owner), ...written])];
  }

  /** @param {(event: StoreEvent) => void} listener */
  onChange(listener) {
    return this.#listeners.add(listener);
  }

  /**
   * @param {() => void} listener called when `status` may have changed
   * @returns {() => void} unsubscribes
   */
  onStatus(listener) {
    const ends = [this.#listeners.add(listener), this.#sender.onChange(listener)];
    return () => ends.forEach((end) => end());
  }

  /** @param {Sender} sender sends what is pending and reports on it */
  sendBy(sender) {
    this.#sender = sender;
  }

  /**
   * Shows the museum of another owner. Drafts of the current one are written first.
   *
   * @param {string} owner
   */
  async open(owner) {
    await this.save();
    const records = await this.#device.list(owner);
    this.#owner = owner;
    this.#records = new Map(records.map((record) => [record.type, record]));
    this.#tiles.clear();
    this.#listeners.tell({ kind: 'opened' });
  }

  /**
   * Returns the tile to show, including drafts.
   *
   * @param {string} type
   * @returns {Tile}
   */
  tile(type) {
    const tile = this.#tiles.get(type) ?? shown(this.#record(type));
    this.#tiles.set(type, tile);
    const draft = this.#drafts.get(this.#owner, type);
    return draft ? withFields(tile, draft.typed) : tile;
  }

  /**
   * Returns a view of the tile, for a page that shows and edits it for longer.
   *
   * @param {string} type
   */
  view(type) {
    return new TileView(this, type);
  }

  /**
   * Edits a tile, based on its current state.
   *
   * @param {string} type
   * @param {Patch} patch
   */
  edit(type, patch) {
    this.view(type).edit(patch);
  }

  /**
   * Adds typed values; see TileView, which creates them from an edit.
   *
   * @param {string} owner the owner of the edited tile; another museum may be open by now
   * @param {string} type
   * @param {Record<string, Typed>} typed by field name
   */
  type(owner, type, typed) {
    if (Object.keys(typed).length === 0) return;
    this.#add(owner, type, owner === this.#owner ? readdress(this.#record(type), typed) : typed, []);
  }

  /**
   * Deletes a tile. An edit brings it back.
   *
   * @param {string} type
   */
  takeDown(type) {
    this.type(this.#owner, type, {
      deleted: { value: true, was: {}, seen: this.seen(type), edits: this.#record(type).edits },
    });
  }

  /**
   * Returns the versions of a tile that are in conflict and about which the student has yet to decide.
   *
   * @param {string} type
   * @returns {number[]} version numbers
   */
  conflicts(type) {
    const { conflicts, resolves } = this.#record(type);
    const settled = this.#drafts.get(this.#owner, type)?.settled ?? [];
    return conflicts.filter((version) => !resolves.includes(version) && !settled.includes(version));
  }

  /**
   * Settles conflicts on all devices. The decision is sent like any edit, so it can be made offline.
   *
   * @param {string} type
   * @param {number[]} versions as returned by `conflicts`
   * @param {Patch} [edits] the chosen content, if it is not the current one
   */
  settle(type, versions, edits = {}) {
    this.edit(type, edits);
    this.#add(this.#owner, type, {}, versions);
    this.#listeners.tell({ kind: 'arrived', type });
  }

  /**
   * Returns the server's id of a tile.
   *
   * @param {string} type
   * @returns {number | null} null while the server does not have the tile
   */
  tileId(type) {
    return this.#record(type).id;
  }

  /**
   * Returns the newest version of a tile that this device has seen, with its numbering.
   *
   * @param {string} type
   */
  seen(type) {
    return versionOf(this.#record(type));
  }

  /**
   * Returns when the server last got something: of one tile, or of any.
   *
   * @param {string} [type]
   * @returns {number | null} in milliseconds; null for never
   */
  savedAt(type) {
    if (type !== undefined) return this.#record(type).savedAt;
    const all = [...this.#records.values()].map(({ savedAt }) => savedAt ?? 0);
    return Math.max(0, ...all) || null;
  }

  /**
   * Returns the bytes of a photo, if this device stores them.
   *
   * @param {string} hash
   */
  photo(hash) {
    return this.#device.photo(this.#owner, hash);
  }

  /**
   * Returns the owner's preferences.
   *
   * @returns {Promise<Preferences>}
   */
  async preferences() {
    return preferencesOf(await this.#device.museum(this.#owner));
  }

  /**
   * Changes the owner's preferences on all their devices.
   *
   * @param {Preferences} fields
   */
  async prefer(fields) {
    await this.#device.changeAll([this.#owner], ({ museum }) => ({ records: [], museum: prefer(museum, fields) }));
    void this.#sender.flush();
  }

  /**
   * Returns the status line of a tile.
   *
   * @param {string} type
   * @returns {import('./status.js').Status}
   */
  status(type) {
    return this.#sender.status(type);
  }

  /**
   * Writes the drafts and sends what is pending.
   *
   * @returns {Promise<{sent: boolean, why: string}>} whether everything was confirmed, or why not, in words
   */
  async flush() {
    await this.save();
    return this.#sender.flush();
  }

  /** Saves the drafts of a page that may be closed at any moment: to the journal at once, then to the database. */
  leave() {
    this.#drafts.leave();
  }

  /** Writes the drafts of pages that were closed before they had written them. */
  recover() {
    return this.#drafts.recover();
  }

  /** Writes the drafts to the database. Resolves when they are written, or when writing failed (see `problem`). */
  save() {
    return this.#drafts.save();
  }

  /**
   * Reads a tile again after a change that bypassed this store.
   *
   * @param {string} type
   */
  async refresh(type) {
    const records = await this.#device.list(this.#owner);
    const record = records.find((each) => each.type === type);
    if (record) this.#take(record, 'arrived');
  }

  /**
   * Applies records that were written to the database elsewhere, and notifies the other tabs.
   *
   * @param {TileRecord[]} records
   */
  arrived(records) {
    for (const record of records) {
      this.#tabs.tell({ kind: 'tile', owner: record.owner, type: record.type });
      this.#take(record, 'arrived');
    }
  }

  /** Reads what another page has written without having had time to announce it. */
  async #readAgain() {
    for (const record of await this.#device.list(this.#owner)) {
      if (!isSame(record, this.#records.get(record.type))) this.#take(record, 'arrived');
    }
  }

  /** @param {string} type */
  #record(type) {
    return this.#records.get(type) ?? newRecord(this.#owner, type);
  }

  /**
   * @param {string} owner
   * @param {string} type
   * @param {Record<string, Typed>} typed
   * @param {number[]} settled
   */
  #add(owner, type, typed, settled) {
    this.#drafts.add({ owner, type, typed, settled });
    this.#listeners.tell({ kind: 'edit', type });
  }

  /** @param {TileRecord} record */
  #written(record) {
    this.#touched = true;
    this.#take(record, 'saved');
    this.#tabs.tell({ kind: 'tile', owner: record.owner, type: record.type });
  }

  /**
   * @param {TileRecord} record
   * @param {'saved' | 'arrived'} kind
   */
  #take(record, kind) {
    if (record.owner !== this.#owner) return;
    this.#records.set(record.type, record);
    this.#tiles.delete(record.type);
    this.#listeners.tell({ kind, type: record.type });
  }
}

/**
 * @param {TileRecord} a
 * @param {TileRecord | undefined} b
 */
function isSame(a, b) {
  return JSON.stringify(a) === JSON.stringify(b);
}
