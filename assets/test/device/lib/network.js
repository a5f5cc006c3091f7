/**
 * A bad network between a device and the museum: requests and answers are lost, come late, and come twice.
 */
import { gunzipSync } from 'node:zlib';

/** @typedef {{url: URL, options: RequestInit}} Sent */
/** @typedef {{chance: (percent: number) => boolean}} Dice */

export class Network {
  /** While it is good nothing is lost. */
  isGood = true;
  /** Requests on their way, which arrive at some time; nobody waits for their answers. @type {Sent[]} */
  late = [];
  /** Every sync that ever arrived. @type {Sent[]} */
  arrived = [];
  /** What answers in the museum's place, if anything does: a filter, a proxy, a fault. @type {(sent: Sent) => Response | undefined} */
  instead = () => undefined;
  #dice;
  #onArrival;
  /** @type {Map<string, string>} */
  #cookies = new Map();

  /**
   * @param {Dice} dice
   * @param {(body: any) => void} onArrival called with what a sync sent, before it is answered
   */
  constructor(dice, onArrival) {
    this.#dice = dice;
    this.#onArrival = onArrival;
  }

  get cookies() {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  /**
   * Takes over the session of another one.
   *
   * @param {Network} other
   */
  borrow(other) {
    this.#cookies = new Map(other.#cookies);
  }

  /**
   * As `fetch`, for the device's client.
   *
   * @param {URL} url
   * @param {RequestInit} options
   */
  send = async (url, options) => {
    const sent = { url, options };
    const { chance } = this.#dice;
    const strange = this.instead(sent);
    if (strange) return strange;
    if (this.isGood) return this.arrive(sent);
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
  };

  /**
   * Lets the museum answer.
   *
   * @param {Sent} sent
   */
  async arrive({ url, options }) {
    if (url.pathname === '/api/sync/') {
      this.arrived.push({ url, options });
      this.#onArrival(JSON.parse(textOf(options)));
    }
    const { signal: _, ...rest } = options;
    const token = this.#cookies.get('csrftoken');
    const headers = { ...rest.headers, Cookie: this.cookies, ...(token && { 'X-CSRFToken': token }) };
    const answer = await fetch(url, { ...rest, headers });
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
  return new Headers(headers).get('Content-Encoding') === 'gzip' ? gunzipSync(/** @type {Uint8Array} */ (body)).toString() : String(body);
}

/** @param {number} status @param {unknown} value @returns {Response} */
export function json(status, value) {
  return new Response(JSON.stringify(value), { status, headers: { 'Content-Type': 'application/json' } });
}
