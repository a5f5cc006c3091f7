/** The earlier versions of tiles, which the server stores. */
import { isHistory, isTile, isVersion } from './answer-shapes.js';

/** @typedef {import('./client.js').Client} Client */
/** @typedef {import('../store.js').TileStore} TileStore */
/** @typedef {import('../../museum/history.js').Version} Version */
/** @typedef {import('../../museum/tile.js').Tile} Tile */

/**
 * Thrown when changes of this device have not reached the server and have to go first. Its message is meant for users.
 */
export class UnsentError extends Error {}

export class VersionClient {
  #client;
  #store;
  #synchroniser;

  /** @param {{client: Client, store: TileStore, synchroniser: {round: (options: {pull: boolean}) => Promise<void>}}} parts */
  constructor({ client, store, synchroniser }) {
    this.#client = client;
    this.#store = store;
    this.#synchroniser = synchroniser;
  }

  /**
   * Returns the history of a tile, after sending what was typed just now.
   *
   * @param {string} type
   * @returns {Promise<Version[]>} newest first, without the graphs; empty while the server does not have the tile
   * @throws {import('./client.js').RequestError | UnsentError}
   */
  async list(type) {
    const { sent, why } = await this.#store.flush();
    const id = this.#store.tileId(type);
    if (id === null && !sent) throw new UnsentError(why);
    return id === null ? [] : this.#client.request('GET', `api/tiles/${id}/versions/`, isHistory);
  }

  /**
   * @param {string} type
   * @param {number} version
   * @returns {Promise<Tile & Version>}
   * @throws {import('./client.js').RequestError}
   */
  find(type, version) {
    return this.#client.request('GET', `api/tiles/${this.#store.tileId(type)}/versions/${version}/`, isVersion);
  }

  /**
   * Restores an earlier version as a new one.
   *
   * @param {string} type
   * @param {number} version
   * @returns {Promise<number | undefined>} the version before, with which this can be undone
   * @throws {import('./client.js').RequestError | UnsentError}
   */
  async restore(type, version) {
    const { sent, why } = await this.#store.flush();
    if (!sent && this.#store.pending) throw new UnsentError(why); // missing photos do not matter here
    const [before] = await this.list(type);
    await this.#client.request(
      'POST',
      `api/tiles/${this.#store.tileId(type)}/versions/${version}/restore/`,
      isTile,
      {},
    );
    await this.#synchroniser.round({ pull: true });
    return before?.version;
  }
}
