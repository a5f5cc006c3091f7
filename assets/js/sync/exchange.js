/** One exchange with the server: sends what is pending and fetches what changed elsewhere. */
import { newId } from '../lib/new-id.js';
import { RequestError } from './server/client.js';
import { confirm, makeChanges, isPending, toSend } from './queue.js';
import { confirmPreferences, makePreferenceChange, applyMuseumAnswer } from './preferences.js';
import { applyRestoredServer, applyServerTiles } from './server-state.js';

/** @typedef {import('./account.js').Account} Account */
/** @typedef {import('./orphaned-work.js').OrphanedWork} OrphanedWork */
/** @typedef {import('./server/client.js').Client} Client */
/** @typedef {import('./server/client.js').SyncAnswer} SyncAnswer */
/** @typedef {import('./device/device.js').Device} Device */
/** @typedef {import('./photo/transfer.js').PhotoTransfer} PhotoTransfer */
/** @typedef {import('./store.js').TileStore} TileStore */
/** @typedef {import('./queue.js').Change} Change */
/** @typedef {import('./queue.js').TileRecord} TileRecord */
/** @typedef {import('./preferences.js').Museum} Museum */

/**
 * A change being sent, with the type of its tile and the tile's edit count.
 *
 * @typedef {{type: string, edits: number, change: Change}} Parcel
 */
/** Why a change was refused: an HTTP status and the server's message. @typedef {{status: number, words: string}} Why */
/** @typedef {{parcels: Parcel[], preferences: Museum['flight']}} Load the content of one request */

/**
 * A tile that the server refused: its edit count, the reason, the number of refusals in a row, and when to retry, on
 * the monotonic clock of `performance.now`.
 *
 * @typedef {{edits: number, times: number, again: number} & Why} Refusal
 */

/** Bytes of one request. Small hosts refuse requests of 128 KiB and more. A larger change is sent alone. */
const LARGEST = 96 * 1024;

/** The HTTP status of refusals whose message is meant for users; messages of other refusals are for developers. */
const TOO_LARGE = 413;

/** The server's limit on changes per request. */
const MOST = 200;

/**
 * A refused change is retried after a while, since the reason may be temporary: a filter, a fault, an older version of
 * the museum. The pause doubles with each refusal in a row.
 */
const TRY_AGAIN_AFTER = { first: 20_000, longest: 600_000 };

export class Exchange {
  #client;
  #device;
  #store;
  #account;
  #orphanedWork;
  #photos;
  #onSending;
  /** Tiles that the server refused, by type. @type {Map<string, Refusal>} */
  #refused = new Map();

  /**
   * @param {{client: Client, device: Device, store: TileStore, account: Account, orphanedWork: OrphanedWork, photos:
   *   PhotoTransfer, onSending: () => void}} parts
   *   `onSending` is called when a request with changes is sent
   */
  constructor({ client, device, store, account, orphanedWork, photos, onSending }) {
    this.#client = client;
    this.#device = device;
    this.#store = store;
    this.#account = account;
    this.#orphanedWork = orphanedWork;
    this.#photos = photos;
    this.#onSending = onSending;
  }

  /** The tiles that the server refused in their current state, by type, with the HTTP status. */
  get refused() {
    return [...this.#refused].map(([type, { status, words }]) => ({ type, status, words }));
  }

  /**
   * Returns why a photo of a tile is not on the server, for users.
   *
   * @param {string} type
   * @returns {string} '' if all photos are there
   */
  photoProblem(type) {
    return this.#photos.problem(type, this.#store.tile(type).desmos_state);
  }

  /** Tiles with photos that are missing on the server and cannot be sent from here now, with a message for users. */
  get photoProblems() {
    return this.#photos.problems;
  }

  /** The types of tiles with photos that may be missing on the server. */
  get unsure() {
    return this.#photos.unsure;
  }

  /** Recomputes the state of the photos without asking the server. @returns {Promise<void>} */
  review() {
    return this.#photos.review(this.#store.owner);
  }

  /** Stores the photos that are shown on this device, as far as there is room. @returns {Promise<void>} */
  async keepPhotos() {
    if (this.#account.signedIn) await this.#photos.keeper.keepShown(this.#store.owner);
  }

  /** Drops stored photos that the server has, when the device is full. @returns {Promise<void>} */
  makeRoom() {
    return this.#photos.keeper.makeRoom();
  }

  /**
   * Milliseconds until the next retry of something that was refused.
   *
   * @returns {number | undefined} undefined if nothing was refused
   */
  get againIn() {
    if (this.#refused.size === 0) return undefined;
    const next = Math.min(...[...this.#refused.values()].map(({ again }) => again));
    return Math.max(TRY_AGAIN_AFTER.first, next - performance.now());
  }

  /** Makes the next round retry what was refused or missing. */
  retry() {
    this.#photos.retry();
    for (const refusal of this.#refused.values()) refusal.again = 0;
  }

  /** Clears all refusals, because another museum is open. */
  reset() {
    this.#refused.clear();
    this.#photos.reset();
  }

  /**
   * @param {boolean} pull whether to fetch changes of other devices even if there is nothing to send
   * @throws {RequestError} if it was not completed
   */
  async run(pull) {
    if (!this.#account.signedIn) return; // signed out during another round
    const owner = this.#store.owner;
    this.#photos.recall(await this.#device.museum(owner));
    const adopts = await this.#account.adoptionDue();
    let isMore = true;
    while (isMore) {
      if (!(await this.#askForPhotos(owner))) return;
      const parts = splitIntoRequests(await this.#makeChanges(owner), pull || adopts);
      let isTaken = true;
      while (isTaken && parts.length > 0) {
        if (!(await this.#account.confirm()) || this.#store.owner !== owner) return;
        isTaken = await this.#deliver(owner, /** @type {Load} */ (parts.shift()));
      }
      pull = !isTaken;
      isMore = !isTaken || (adopts && (await this.#adopt())) || (await this.#movePhotos(owner));
    }
  }

  /** @returns {Promise<boolean>} whether there is more to send */
  async #adopt() {
    return (await this.#account.adoptionDue()) && this.#account.adoptLocal();
  }

  /**
   * @param {string} owner
   * @returns {Promise<boolean>} false if another museum is open now
   */
  async #askForPhotos(owner) {
    if (!(await this.#account.confirm()) || this.#store.owner !== owner) return false;
    await this.#photos.ask(owner).catch((error) => {
      // Nothing depends on this answer; unknown photos stay unknown and are asked for again.
      if (!(error instanceof RequestError) || error.status === 0) throw error;
      console.info('The server does not say which photos it has:', String(error));
    });
    return true;
  }

  /**
   * @param {string} owner
   * @returns {Promise<boolean>} whether there is more to send
   */
  async #movePhotos(owner) {
    if (
      !(await this.#askForPhotos(owner)) ||
      !(await this.#device.list(owner)).some((record) => this.#photos.isWaiting(record))
    )
      return false;
    this.#onSending();
    await this.#photos.upload(owner);
    return true;
  }

  /**
   * Creates the changes to send and stores them before anything is sent.
   *
   * @param {string} owner
   * @returns {Promise<Load>} them, and earlier ones that have not been answered yet
   */
  async #makeChanges(owner) {
    /** @type {Load} */
    const load = { parcels: [], preferences: null };
    await this.#device.changeAll([owner], ({ records, museum }) => {
      const isRefused = (/** @type {TileRecord} */ { type, edits }) => {
        const refusal = this.#refused.get(type);
        return refusal !== undefined && refusal.edits === edits && performance.now() < refusal.again;
      };
      const ready = records.map((record) =>
        isRefused(record) || this.#photos.isWaiting(record) ? record : makeChanges(record),
      );
      const after = makePreferenceChange(museum, newId);
      for (const { type } of records.filter((record) => !isPending(record))) this.#refused.delete(type);
      load.parcels = ready
        .filter((record) => !isRefused(record))
        .flatMap(({ type, edits, flights }) => flights.map((change) => ({ type, edits, change })));
      load.preferences = after.flight;
      return {
        records: ready.filter((record, i) => record !== records[i]),
        ...(after !== museum && { museum: after }),
      };
    });
    return load;
  }

  /**
   * Sends a load. If a request is refused as a whole, each change is sent alone to find the one at fault.
   *
   * @param {string} owner
   * @param {Load} load
   * @returns {Promise<boolean>} false if the server was restored or replaced: then it took nothing, and the load is out
   *   of date
   */
  async #deliver(owner, load) {
    const { parcels } = load;
    if (parcels.length > 0) this.#onSending();
    try {
      return await this.#send(owner, load);
    } catch (error) {
      if (!(error instanceof RequestError && error.isRefusal) || parcels.length === 0) throw error;
      if (parcels.length === 1)
        await this.#refuse(owner, parcels[0], {
          status: error.status,
          words: error.status === TOO_LARGE ? error.words : '',
        });
      else
        for (const parcel of parcels)
          if (!(await this.#deliver(owner, { parcels: [parcel], preferences: null }))) return false;
      return true;
    }
  }

  /**
   * @param {string} owner
   * @param {Load} load
   * @returns {Promise<boolean>} as #deliver
   */
  async #send(owner, { parcels, preferences }) {
    const { cursor, epoch, account } = await this.#device.museum(owner);
    const answer = await this.#client.sync({
      cursor,
      ...(epoch && { epoch }),
      changes: parcels.map(({ type, change }) => toSend(type, change)),
      ...(preferences && { preferences: { change_id: preferences.id, fields: preferences.fields } }),
    });
    if (account !== undefined && account !== answer.account) {
      await this.#orphanedWork.put(owner, answer.account);
      return false;
    }
    if (answer.set_back) {
      this.#store.arrived(await this.#takeSetBack(owner, answer));
      return false;
    }
    for (const { type, edits, change } of parcels)
      if (isRefused(answer, change)) this.#noteRefusal(type, edits, { status: 400, words: wordsOf(answer, change) });
    const changed = await this.#take(owner, cursor, answer);
    for (const { type, flights } of changed) {
      if (flights.length === 0 && !parcels.some((each) => each.type === type && isRefused(answer, each.change)))
        this.#refused.delete(type);
    }
    this.#store.arrived(changed);
    return true;
  }

  /**
   * @param {string} owner
   * @param {SyncAnswer} answer of a server that was restored to an older state
   * @returns {Promise<TileRecord[]>} the records, with what has to be sent again
   */
  #takeSetBack(owner, answer) {
    return this.#device.changeAll([owner], ({ records, museum }) => ({
      records: applyRestoredServer(owner, records, answer.tiles),
      museum: applyMuseumAnswer({ ...museum, flight: null }, answer),
    }));
  }

  /**
   * @param {string} owner
   * @param {number} asked the cursor that was sent
   * @param {SyncAnswer} answer
   * @returns {Promise<TileRecord[]>} the records that changed
   */
  #take(owner, asked, answer) {
    return this.#device.changeAll([owner], ({ records, museum }) => {
      const now = Date.now();
      const confirmed = records.map((record) =>
        answer.results.reduce((each, result) => confirm(each, result, now), record),
      );
      const isAnswered = (/** @type {TileRecord} */ record) => confirmed[records.indexOf(record)] !== record;
      const isAll = asked === 0 || answer.cursor < asked;
      const own = new Set(records.filter(isAnswered).map(({ type }) => type));
      const told = applyServerTiles(owner, confirmed, answer.tiles, ({ type }) => isAll && !own.has(type));
      const toldTypes = new Set(told.map(({ type }) => type));
      return {
        records: [...told, ...confirmed.filter((record) => own.has(record.type) && !toldTypes.has(record.type))],
        museum: applyMuseumAnswer(answer.results.reduce(confirmPreferences, museum), answer),
      };
    });
  }

  /**
   * @param {string} type
   * @param {number} edits
   * @param {Why} why
   */
  #noteRefusal(type, edits, { status, words }) {
    const times = (this.#refused.get(type)?.times ?? 0) + 1;
    const pause = Math.min(TRY_AGAIN_AFTER.longest, TRY_AGAIN_AFTER.first * 2 ** (times - 1));
    this.#refused.set(type, { edits, status, words, times, again: performance.now() + pause });
  }

  /**
   * @param {string} owner
   * @param {Parcel} parcel
   * @param {Why} why
   */
  async #refuse(owner, { type, edits, change }, why) {
    this.#noteRefusal(type, edits, why);
    await this.#device.change(owner, type, (record) => confirm(record, { change_id: change.id, status: 'error' }, 0));
  }
}

/**
 * @param {SyncAnswer} answer
 * @param {Change} change
 */
function isRefused({ results }, { id }) {
  return results.some(({ change_id, status }) => change_id === id && status === 'error');
}

/**
 * Returns the server's message for users about a change that it refused as a whole, '' if it has none.
 *
 * @param {SyncAnswer} answer
 * @param {Change} change
 */
function wordsOf({ results }, { id }) {
  const words = results.find(({ change_id }) => change_id === id)?.errors?.non_field_errors;
  return Array.isArray(words) && typeof words[0] === 'string' ? words[0] : '';
}

/**
 * Splits a load into requests.
 *
 * @param {Load} load
 * @param {boolean} always whether to make one request even if there is nothing to send
 * @returns {Load[]}
 */
function splitIntoRequests({ parcels, preferences }, always) {
  /** @type {Load[]} */
  const parts = [];
  let room = 0;
  for (const parcel of parcels) {
    const size = JSON.stringify(toSend(parcel.type, parcel.change)).length;
    if (size > room || parts[parts.length - 1].parcels.length >= MOST) {
      parts.push({ parcels: [], preferences: null });
      room = LARGEST;
    }
    parts[parts.length - 1].parcels.push(parcel);
    room -= size;
  }
  if (parts.length === 0 && (always || preferences)) parts.push({ parcels: [], preferences: null });
  if (parts.length > 0) parts[0].preferences = preferences;
  return parts;
}
