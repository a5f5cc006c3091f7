/**
 * What was typed and is not in the database yet. It is written a moment later, retried if that fails, and saved to the
 * journal if the page is closed before.
 */
import { Delayed } from '../../lib/timing.js';
import { readdress } from '../photo/addresses.js';
import { applyEdit, resolve, touch, mergeTyped } from '../queue.js';
import { sameValue } from '../tile-fields.js';

/** @typedef {import('./device.js').Device} Device */
/** @typedef {import('./unload-journal.js').UnloadJournal} UnloadJournal */
/** @typedef {import('../queue.js').TileRecord} TileRecord */
/** @typedef {import('../queue.js').Typed} Typed */
/** @typedef {import('../tile-fields.js').Patch} Patch */

/**
 * What was typed into one tile. It names its owner, since another museum may be opened before it is written.
 *
 * @typedef {object} Draft
 * @property {string} owner
 * @property {string} type of the tile
 * @property {Record<string, Typed>} typed by field name
 * @property {number[]} settled versions of conflicts that were settled
 */

/**
 * Milliseconds: short enough that a closed lid costs a few letters at most, long enough not to write on every
 * keystroke.
 */
const SAVE_AFTER = { quiet: 150, longest: 300 };

/** Milliseconds after which a failed write is retried. */
const WRITE_AGAIN_AFTER = { quiet: 3_000, longest: 3_000 };

export class Drafts {
  #device;
  #journal;
  #onWritten;
  #onRecovered;
  #onFailed;
  #makeRoom;
  /** @type {Map<string, Draft>} */
  #all = new Map();
  /** @type {'none' | 'full' | 'failed'} */
  #problem = 'none';
  /** @type {Promise<void>} */
  #writing = Promise.resolve();
  #save = new Delayed(() => void this.save(), SAVE_AFTER);
  #again = new Delayed(() => void this.save(), WRITE_AGAIN_AFTER);
  #recoverAgain = new Delayed(() => void this.recover(), WRITE_AGAIN_AFTER);

  /**
   * @param {object} parts
   * @param {Device} parts.device
   * @param {Pick<UnloadJournal, 'put' | 'strike' | 'take' | 'giveBack' | 'onPut'>} parts.journal
   * @param {(record: TileRecord) => void} parts.onWritten called with each record into which a draft was written
   * @param {(record: TileRecord) => void} parts.onRecovered likewise for drafts of closed pages
   * @param {(types: string[]) => void} parts.onFailed
   * @param {() => Promise<void>} parts.makeRoom called when the device is full: drops what can be fetched again
   */
  constructor({ device, journal, onWritten, onRecovered, onFailed, makeRoom }) {
    this.#device = device;
    this.#journal = journal;
    this.#onWritten = onWritten;
    this.#onRecovered = onRecovered;
    this.#onFailed = onFailed;
    this.#makeRoom = makeRoom;
    journal.onPut(() => void this.recover());
  }

  /** Whether there are drafts. */
  get any() {
    return this.#all.size > 0;
  }

  /** Why the last write failed. */
  get problem() {
    return this.#problem;
  }

  /**
   * @param {string} owner
   * @returns {string[]} the types of the tiles with drafts
   */
  types(owner) {
    return [...this.#all.values()].filter((draft) => draft.owner === owner).map(({ type }) => type);
  }

  /**
   * @param {string} owner
   * @param {string} type
   * @returns {Readonly<Draft> | undefined}
   */
  get(owner, type) {
    return this.#all.get(keyOf(owner, type));
  }

  /**
   * Adds typed values and settled conflicts.
   *
   * @param {Draft} draft
   */
  add({ owner, type, typed, settled }) {
    const before = this.get(owner, type) ?? { typed: {}, settled: [] };
    this.#all.set(keyOf(owner, type), {
      owner,
      type,
      typed: mergeTyped(before.typed, typed),
      settled: [...before.settled, ...settled],
    });
    this.#save.request();
  }

  /** Saves the drafts of a page that may be closed at any moment: to the journal at once, then to the database. */
  leave() {
    if (this.any) this.#journal.put([...this.#all.values()]);
    void this.save();
  }

  /** Writes the drafts of pages that were closed before they had written them. */
  async recover() {
    const drafts = this.#journal.take();
    try {
      while (drafts.length > 0) {
        const [draft] = drafts;
        this.#onRecovered(await this.#device.change(draft.owner, draft.type, (record) => write(record, draft)));
        drafts.shift();
      }
    } catch (error) {
      console.warn('What was typed last could not be written yet.', error);
      this.#journal.giveBack(drafts);
      this.#recoverAgain.request();
    }
  }

  /** Writes all drafts. Resolves when they are written, or when writing failed (see `problem`). */
  save() {
    this.#save.cancel();
    this.#writing = this.#writing.then(() => this.#write());
    return this.#writing;
  }

  async #write() {
    for (const draft of [...this.#all.values()]) {
      try {
        const record = await this.#device.change(draft.owner, draft.type, (before) => write(before, draft));
        this.#strike(draft);
        this.#onWritten(record);
      } catch (error) {
        this.#failed(error);
      }
    }
    if (!this.any) this.#journal.strike();
  }

  /**
   * Removes a written draft, but keeps what was typed meanwhile.
   *
   * @param {Draft} written
   */
  #strike(written) {
    const key = keyOf(written.owner, written.type);
    const now = this.#all.get(key) ?? written;
    /** @type {(entry: [string, Typed]) => boolean} */
    const isLeft = ([name, thing]) => !(name in written.typed && sameValue(thing, written.typed[name]));
    const left = Object.entries(now.typed).filter(isLeft);
    const typed = Object.fromEntries(
      left.map(([name, thing]) => [
        name,
        name in written.typed ? { ...thing, was: valueOf(written.typed[name]) } : thing,
      ]),
    );
    const settled = now.settled.slice(written.settled.length);
    if (left.length === 0 && settled.length === 0) this.#all.delete(key);
    else this.#all.set(key, { ...now, typed, settled });
    if (!this.any) this.#problem = 'none';
  }

  /** @param {unknown} error */
  #failed(error) {
    this.#problem = error instanceof DOMException && error.name === 'QuotaExceededError' ? 'full' : 'failed';
    this.#onFailed([...this.#all.values()].map(({ type }) => type));
    if (this.#problem === 'full')
      void this.#makeRoom().catch((problem) => console.info('No room could be made:', String(problem)));
    this.#again.request();
  }
}

/**
 * Returns the record with a draft applied. Journals of earlier versions of this page contain patches.
 *
 * @param {TileRecord} record
 * @param {Draft & {patch?: Patch}} draft
 */
function write(record, { typed, settled, patch }) {
  return patch ? applyEdit(record, patch) : resolve(touch(record, readdress(record, typed)), settled);
}

/**
 * @param {Typed} thing
 * @returns {import('../tile-fields.js').FieldValue}
 */
function valueOf(thing) {
  return 'value' in thing ? { value: thing.value } : {};
}

/**
 * @param {string} owner
 * @param {string} type
 */
function keyOf(owner, type) {
  return JSON.stringify([owner, type]);
}
