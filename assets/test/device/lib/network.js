/** A bad network between a device and the museum: requests and answers are lost, delayed and repeated. */
import { gunzipSync } from 'node:zlib';

/** @typedef {{url: URL, options: RequestInit}} Sent */
/** @typedef {{chance: (percent: number) => boolean, pick: (n: number) => number}} Dice */

/** Answers of other hosts in the museum's place. @type {(() => Response)[]} */
const STRANGERS = [
  () => json(200, { status: 'ok' }),
  () => json(200, []),
  () => json(403, { message: 'Blocked.' }),
  () => json(404, { message: 'No such route.' }),
  () => page(200),
  () => page(403),
  () => page(404),
  () => page(503),
  () => new Response(null, { status: 204 }),
];

/** Temporary refusals by the museum itself. @type {(() => Response)[]} */
const REFUSALS = [
  () => json(400, { changes: ['A fault that is mended later.'] }),
  () => json(413, { detail: 'A limit that is raised later.' }),
  () => json(404, { detail: 'Not found.' }),
  () => json(403, { detail: 'Authentication credentials were not provided.' }),
];

export class Network {
  /** While it is good, nothing is lost. */
  isGood = true;
  /** Delayed requests, whose answers nothing waits for. @type {Sent[]} */
  late = [];
  /** Every sync request that reached the museum. @type {Sent[]} */
  arrived = [];
  /** Hashes of photos whose upload was confirmed to this device. @type {Set<string>} */
  uploaded = new Set();
  /** An answer in the museum's place: a filter, a proxy, a fault. @type {(sent: Sent) => Response | undefined} */
  instead = () => undefined;
  /** Whether other hosts may answer while the network is bad. */
  isStrange = false;
  /** Whether the museum may refuse while the network is bad. */
  refuses = false;
  /** The number of further requests that are refused. */
  #refusals = 0;
  #dice;
  #onArrival;
  /** @type {Map<string, string>} */
  #cookies = new Map();

  /**
   * @param {Dice} dice
   * @param {(body: any, isSure: boolean) => void} onArrival called with the body of a sync, unless the museum answers
   *   that it took nothing; `isSure` is false if there was no answer
   */
  constructor(dice, onArrival) {
    this.#dice = dice;
    this.#onArrival = onArrival;
  }

  get cookies() {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  /**
   * Takes over the session of another network.
   *
   * @param {Network} other
   */
  borrow(other) {
    this.#cookies = new Map(other.#cookies);
  }

  /**
   * Like `fetch`, for the device's client.
   *
   * @param {URL} url
   * @param {RequestInit} options
   */
  send = async (url, options) => {
    const answer = await this.#pass({ url, options });
    if (options.method === 'POST' && url.pathname === '/api/images/' && answer.ok)
      await this.#noteUpload(answer.clone());
    return answer;
  };

  /** @param {Response} answer */
  async #noteUpload(answer) {
    const { sha256 } = await answer.json().catch(() => ({}));
    if (typeof sha256 === 'string') this.uploaded.add(sha256);
  }

  /** @param {Sent} sent */
  async #pass(sent) {
    const { chance } = this.#dice;
    const strange = this.instead(sent);
    if (strange) return strange;
    if (this.isGood) return this.arrive(sent);
    if (this.refuses && sent.url.pathname === '/api/sync/' && this.#isRefused()) return this.#anyOf(REFUSALS);
    if (this.isStrange && chance(6)) return this.#anyOf(STRANGERS);
    if (this.isStrange && chance(4)) {
      await (await this.arrive(sent)).arrayBuffer();
      return this.#anyOf(STRANGERS);
    }
    if (chance(12)) throw new TypeError('The request is lost.');
    if (chance(12)) {
      this.late.push(sent);
      throw new TypeError('The request is late.');
    }
    if (chance(6)) await this.arrive(sent);
    const answer = await this.arrive(sent);
    if (!chance(12)) return answer;
    await answer.arrayBuffer();
    throw new TypeError('The answer is lost.');
  }

  /** A refusal lasts for several requests, since each change is then sent alone, too. */
  #isRefused() {
    if (this.#refusals === 0 && this.#dice.chance(5)) this.#refusals = 1 + this.#dice.pick(6);
    if (this.#refusals === 0) return false;
    this.#refusals--;
    return true;
  }

  /** @param {(() => Response)[]} answers */
  #anyOf(answers) {
    return (answers.find(() => this.#dice.chance(20)) ?? answers[0])();
  }

  /**
   * Delivers a request to the museum.
   *
   * @param {Sent} sent
   */
  async arrive({ url, options }) {
    const isRound = url.pathname === '/api/sync/';
    const { signal: _, ...rest } = options;
    const token = this.#cookies.get('csrftoken');
    const headers = { ...rest.headers, Cookie: this.cookies, ...(token && { 'X-CSRFToken': token }) };
    const note = (/** @type {boolean} */ isSure) => isRound && this.#onArrival(JSON.parse(textOf(options)), isSure);
    const answer = await fetch(url, { ...rest, headers }).catch((error) => {
      note(false);
      throw error;
    });
    if (isRound && answer.ok) {
      this.arrived.push({ url, options });
      const { set_back: isSetBack, results = [] } = await answer.clone().json();
      if (!isSetBack) note(results.every((/** @type {{status: string}} */ { status }) => status !== 'error'));
    }
    for (const cookie of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      if (value === '') this.#cookies.delete(name);
      else this.#cookies.set(name, value);
    }
    return answer;
  }
}

/** @param {RequestInit} options @returns {string} the body, unpacked */
export function textOf({ body, headers }) {
  return new Headers(headers).get('Content-Encoding') === 'gzip'
    ? gunzipSync(/** @type {Uint8Array} */ (body)).toString()
    : String(body);
}

/** @param {number} status */
function page(status) {
  return new Response('<html>Back soon.', { status, headers: { 'Content-Type': 'text/html' } });
}

/** @param {number} status @param {unknown} value @returns {Response} */
export function json(status, value) {
  return new Response(JSON.stringify(value), { status, headers: { 'Content-Type': 'application/json' } });
}
