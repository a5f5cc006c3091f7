/**
 * The museum that is open on this page: the tiles of one owner, and what was typed into them. An edit shows at once, is
 * written to the device a moment later, and only then counts as saved.
 */
import { Delayed } from '../lib/timing.js';
import { Listeners } from '../lib/listeners.js';
import { applyEdit, isPending, newRecord } from './queue.js';

/** @typedef {import('./device.js').Device} Device */
/** @typedef {import('./journal.js').Journal} Journal */
/** @typedef {import('./tabs.js').Tabs} Tabs */
/** @typedef {import('./queue.js').TileRecord} TileRecord */
/** @typedef {import('./queue.js').Patch} Patch */
/** @typedef {import('../museum/tile.js').Tile} Tile */

/** Short enough that a closed lid costs a few letters at most, long enough not to write at every key. */
const SAVE_AFTER = { quiet: 150, longest: 300 };

/** How long after a failed write it is tried again. */
const WRITE_AGAIN_AFTER = { quiet: 3_000, longest: 3_000 };

/**
 * What happened: `edit` typed here, `saved` written to the device, `arrived` changed by the server or another tab, `opened`
 * another owner's museum is shown.
 *
 * @typedef {{kind: 'edit' | 'saved' | 'arrived', type: string} | {kind: 'opened'}} StoreEvent
 */

/** @typedef {{owner: string, type: string, patch: Patch}} Draft */

/**
 * @typedef {object} Sender
 * @property {() => Promise<{sent: boolean, why: string}>} flush
 * @property {(type: string) => import('./status.js').Status} status
 */

export class TileStore {
  #device;
  #tabs;
  #journal;
  #owner = '';
  /** @type {Sender} */
  #sender = { flush: async () => ({ sent: false, why: '' }), status: () => ({ tone: 'calm', text: '' }) };
  /** @type {Map<string, TileRecord>} */
  #records = new Map();
  /** Typed and not yet in the device's store. It keeps its owner: another one's museum may be opened meanwhile. @type {Map<string, Draft>} */
  #drafts = new Map();
  /** @type {Listeners<StoreEvent>} */
  #listeners = new Listeners();
  /** @type {'none' | 'full' | 'failed'} */
  #problem = 'none';
  #touched = false;
  /** @type {Promise<void>} */
  #writing = Promise.resolve();
  #save = new Delayed(() => void this.save(), SAVE_AFTER);
  #again = new Delayed(() => void this.save(), WRITE_AGAIN_AFTER);

  /** @param {{device: Device, tabs: Tabs, journal: Journal}} parts */
  constructor({ device, tabs, journal }) {
    this.#device = device;
    this.#tabs = tabs;
    this.#journal = journal;
    journal.onPut(() => void this.recover());
    tabs.onMessage((message) => {
      if (message.kind === 'tile' && message.owner === this.#owner) void this.refresh(message.type);
    });
  }

  /** E-mail address of the account whose museum is open; '' for the signed-out one. */
  get owner() {
    return this.#owner;
  }

  get keeps() {
    return this.#device.keeps;
  }

  /** Whether something typed is not in the device's store yet. */
  get saving() {
    return this.#drafts.size > 0;
  }

  get problem() {
    return this.#problem;
  }

  /** Whether an edit of this page has been saved. */
  get touched() {
    return this.#touched;
  }

  /** Whether the server has not confirmed everything. */
  get pending() {
    return this.saving || [...this.#records.values()].some(isPending);
  }

  /** @param {(event: StoreEvent) => void} listener */
  onChange(listener) {
    return this.#listeners.add(listener);
  }

  /**
   * Shows the museum of another owner. What was typed into the former one is written first.
   *
   * @param {string} owner
   */
  async open(owner) {
    await this.save();
    const records = await this.#device.list(owner);
    this.#owner = owner;
    this.#records = new Map(records.map((record) => [record.type, record]));
    this.#listeners.tell({ kind: 'opened' });
  }

  /**
   * The tile as it is to be shown, with what was typed a moment ago.
   *
   * @param {string} type
   * @returns {Tile}
   */
  tile(type) {
    const { tile } = this.#records.get(type) ?? newRecord(this.#owner, type);
    return { ...tile, ...this.#drafts.get(keyOf(this.#owner, type))?.patch };
  }

  /**
   * @param {string} type
   * @param {Patch} patch
   */
  edit(type, patch) {
    const owner = this.#owner;
    const draft = this.#drafts.get(keyOf(owner, type));
    this.#drafts.set(keyOf(owner, type), { owner, type, patch: { ...draft?.patch, ...patch } });
    this.#save.request();
    this.#listeners.tell({ kind: 'edit', type });
  }

  /**
   * The versions of a tile that lost against an edit of another device and about which the student has still to choose.
   *
   * @param {string} type
   * @returns {number[]} as they are numbered in the tile's history
   */
  conflicts(type) {
    return this.#records.get(type)?.conflicts ?? [];
  }

  /**
   * Settles conflicts: they are open no more, on no device. Sent like any edit, so it may be done offline.
   *
   * @param {string} type
   * @param {number[]} versions as `conflicts` gave them
   * @param {Patch} [edits] what the student has chosen, if it is not what hangs there now
   */
  settle(type, versions, edits = {}) {
    this.edit(type, edits);
    this.#listeners.tell({ kind: 'arrived', type });
  }

  /**
   * The server's number for a tile, as its history is asked for.
   *
   * @param {string} type
   * @returns {number | null} null while the server does not have the tile
   */
  tileId(type) {
    return this.#records.get(type)?.id ?? null;
  }

  /**
   * Where the work in a tile is kept now, in words.
   *
   * @param {string} type
   * @returns {import('./status.js').Status}
   */
  status(type) {
    return this.#sender.status(type);
  }

  /**
   * Writes what was typed, and sends what is pending.
   *
   * @returns {Promise<{sent: boolean, why: string}>} when everything was answered, or why it was not, in words
   */
  async flush() {
    await this.save();
    return this.#sender.flush();
  }

  /** @param {Sender} sender who sends what is pending, and knows how that goes */
  sendBy(sender) {
    this.#sender = sender;
  }

  /** For a page that may be closed at this very moment: writes what was typed, and puts it down where that is done at once. */
  leave() {
    if (this.saving) this.#journal.put([...this.#drafts.values()]);
    void this.save();
  }

  /** Writes what was typed into pages that were closed before they had written it. */
  async recover() {
    const drafts = this.#journal.take();
    try {
      for (const { owner, type, patch } of drafts) {
        this.arrived([await this.#device.change(owner, type, (record) => applyEdit(record, patch))]);
      }
    } catch (error) {
      console.warn('What was typed last could not be written yet.', error);
      this.#journal.put(drafts);
    }
  }

  /** Writes what was typed to the device. Comes back when it is written, or when writing failed (see `problem`). */
  save() {
    this.#save.cancel();
    this.#writing = this.#writing.then(() => this.#writeDrafts());
    return this.#writing;
  }

  /**
   * Reads a tile again after it was changed beside this store.
   *
   * @param {string} type
   */
  async refresh(type) {
    const records = await this.#device.list(this.#owner);
    const record = records.find((each) => each.type === type);
    if (record) this.#take(record, 'arrived');
  }

  /**
   * Takes records that were written to the device beside this store, and tells the other tabs.
   *
   * @param {TileRecord[]} records
   */
  arrived(records) {
    for (const record of records) {
      this.#tabs.tell({ kind: 'tile', owner: record.owner, type: record.type });
      this.#take(record, 'arrived');
    }
  }

  async #writeDrafts() {
    for (const draft of [...this.#drafts.values()]) {
      try {
        const { owner, type, patch } = draft;
        const record = await this.#device.change(owner, type, (before) => applyEdit(before, patch));
        this.#settle(draft);
        this.#take(record, 'saved');
        this.#tabs.tell({ kind: 'tile', owner, type });
      } catch (error) {
        this.#failed(error);
      }
    }
    if (!this.saving) this.#journal.strike();
  }

  /**
   * The draft has been written, except for what was typed while it was.
   *
   * @param {Draft} written
   */
  #settle({ owner, type, patch }) {
    this.#touched = true;
    const key = keyOf(owner, type);
    const now = Object.entries(this.#drafts.get(key)?.patch ?? {});
    const left = now.filter(([field, value]) => value !== patch[/** @type {keyof Patch} */ (field)]);
    if (left.length === 0) this.#drafts.delete(key);
    else this.#drafts.set(key, { owner, type, patch: Object.fromEntries(left) });
    if (!this.saving) this.#problem = 'none';
  }

  /** @param {unknown} error */
  #failed(error) {
    this.#problem = error instanceof DOMException && error.name === 'QuotaExceededError' ? 'full' : 'failed';
    for (const { type } of this.#drafts.values()) this.#listeners.tell({ kind: 'edit', type });
    this.#again.request();
  }

  /**
   * @param {TileRecord} record
   * @param {'saved' | 'arrived'} kind
   */
  #take(record, kind) {
    if (record.owner !== this.#owner) return;
    this.#records.set(record.type, record);
    this.#listeners.tell({ kind, type: record.type });
  }
}

/**
 * @param {string} owner
 * @param {string} type
 */
function keyOf(owner, type) {
  return JSON.stringify([owner, type]);
}
