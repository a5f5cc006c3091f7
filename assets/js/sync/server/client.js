/**
 * The museum server's HTTP interface: one method a request, one kind of error. Only the API's own answers are believed, see
 * answer-shapes.js; anything else counts as no answer.
 */
import { isCodeMade, isDone, isEnded, isImage, isMissing, isOwnError, isProfile, isSessions, isSignedIn, isUpload, roundOf } from './answer-shapes.js';

/** @typedef {import('./answer-shapes.js').Shape} Shape */

/**
 * What the server answers in a round: what became of each change, what others changed, and up to where that is everything.
 *
 * @typedef {object} SyncAnswer
 * @property {number} account
 * @property {number} cursor
 * @property {string} epoch names the time of the cursor; both are sent with the next round
 * @property {boolean} [set_back] the server was set back to an older day: it took nothing, and tells everything
 * @property {import('../queue.js').Result[]} results
 * @property {import('../server-state.js').ServerTile[]} tiles
 * @property {Record<string, any>} [preferences]
 */

/** A photo in the museum's store. @typedef {{sha256: string, url: string, size: number}} Image */

/** How far a photo has come that is sent in parts. @typedef {{part_size: number, positions: number[], image: Image | null}} Upload */

/**
 * Longer than any answer takes to begin on a slow school line, and than any pause within it; without a limit a lost connection
 * would look like "sending" for ever.
 */
const ANSWER_WITHIN = 30_000;

/** Bytes a millisecond that the slowest line brings to the server, on which a long request takes its time. */
const SLOWEST_LINE = 3;

/** The length of a text from which it is packed: some small hosts cut off what is longer than 128 KiB. */
const PACKED_FROM = 64_000;

/**
 * A browser in which somebody is signed in.
 *
 * @typedef {object} Session
 * @property {number} id
 * @property {string} device its user agent
 * @property {boolean} this_device
 * @property {string} last_seen_at ISO 8601
 */

/** How a code reaches the person who asked for it; without a mail server the teacher has it. @typedef {'mail' | 'teacher'} Delivery */

/** Why a request brought nothing. */
export class RequestError extends Error {
  /** HTTP status; 0 when there was no answer, or none of the API's own. */
  status;
  /** How long the server asks to wait, in milliseconds; 0 if it does not say. */
  retryAfter;
  /** What the server says of it, for people; '' if it says nothing. */
  words;

  /**
   * @param {number} status
   * @param {number} [retryAfter]
   * @param {string} [words]
   */
  constructor(status, retryAfter = 0, words = '') {
    super(status === 0 ? 'The server did not answer.' : `The server answered with status ${status}.`);
    this.name = 'RequestError';
    this.status = status;
    this.retryAfter = retryAfter;
    this.words = words;
  }

  /** Whether it is about the request itself, so that sending the same again at once is of no use. */
  get isRefusal() {
    return this.status >= 400 && this.status < 500 && ![403, 408, 429].includes(this.status);
  }
}

export class Client {
  #base;
  #send;

  /**
   * @param {string | URL} base address of the museum's page, under which all others lie
   * @param {(url: URL, options: RequestInit) => Promise<Response>} [send] makes a request, as `fetch` does
   */
  constructor(base, send = (url, options) => fetch(url, options)) {
    this.#base = base;
    this.#send = send;
  }

  /**
   * Asks for a sign-in code.
   *
   * @param {string} email
   * @returns {Promise<Delivery>}
   */
  async requestCode(email) {
    return deliveryOf(await this.request('POST', 'auth/request-otp/', isCodeMade, { email }));
  }

  /**
   * Signs in.
   *
   * @param {string} email
   * @param {string} code six digits
   * @returns {Promise<string | undefined>} the account's address, as the server writes it
   */
  async verifyCode(email, code) {
    return (await this.request('POST', 'auth/verify-otp/', isSignedIn, { email, otp_code: code })).email;
  }

  /**
   * Signs in with a password, which those who look after the museum may have.
   *
   * @param {string} email
   * @param {string} password
   * @returns {Promise<string | undefined>} the account's address, as the server writes it
   */
  async checkPassword(email, password) {
    return (await this.request('POST', 'auth/password/', isSignedIn, { email, password })).email;
  }

  async signOut() {
    await this.request('POST', 'auth/logout/', isDone, {});
  }

  /**
   * @returns {Promise<string | null>} e-mail address of who is signed in, null for nobody
   */
  async whoAmI() {
    try {
      return (await this.request('GET', 'auth/profile/', isProfile)).email;
    } catch (error) {
      if (error instanceof RequestError && error.status === 403) return null;
      throw error;
    }
  }

  /**
   * Asks for the code with which the account can be deleted.
   *
   * @returns {Promise<Delivery>}
   */
  async requestDeletionCode() {
    return deliveryOf(await this.request('POST', 'api/account/delete-code/', isCodeMade, {}));
  }

  /**
   * Deletes the account of who is signed in, with all that is theirs. The answer has no content to recognise it by, and what is
   * on this device goes with the account: so the server is asked whether it still knows who this is.
   *
   * @param {string} code six digits
   * @throws {RequestError} also if the account is still there
   */
  async deleteAccount(code) {
    await this.request('POST', 'api/account/delete/', null, { otp_code: code });
    if ((await this.whoAmI()) !== null) throw new RequestError(0);
  }

  /**
   * Puts a photo into the museum's store.
   *
   * @param {Uint8Array<ArrayBuffer>} bytes
   * @returns {Promise<Image>}
   */
  addImage(bytes) {
    return this.request('POST', 'api/images/', isImage, bytes);
  }

  /**
   * How far a photo has come that is sent in parts.
   *
   * @param {string} hash
   * @returns {Promise<Upload>}
   */
  findUpload(hash) {
    return this.request('GET', `api/images/${hash}/parts/`, isUpload);
  }

  /**
   * Sends a part of a photo.
   *
   * @param {{hash: string, size: number, position: number, bytes: Uint8Array<ArrayBuffer>}} part `hash` and `size` are those of the
   *   whole photo
   * @returns {Promise<Image | Upload>} the photo if that was all of it
   */
  sendPart({ hash, size, position, bytes }) {
    return this.request('PUT', `api/images/${hash}/parts/${position}?size=${size}`, (value) => isImage(value) || isUpload(value), bytes);
  }

  /**
   * Which photos the server does not have.
   *
   * @param {string[]} hashes at most 200
   * @returns {Promise<string[]>}
   */
  async missingImages(hashes) {
    return (await this.request('POST', 'api/images/missing/', isMissing, { sha256: hashes })).missing;
  }

  /**
   * A photo of the museum's store, from the browser's cache where it is there.
   *
   * @param {string} hash
   * @returns {Promise<Uint8Array<ArrayBuffer>>}
   */
  async photo(hash) {
    const patience = new Patience(ANSWER_WITHIN);
    try {
      const response = await this.#fetch(`api/images/${hash}`, { cache: 'force-cache', signal: patience.signal });
      if (!response.ok) throw new RequestError(0);
      return new Uint8Array(await response.arrayBuffer().catch(() => { throw new RequestError(0); }));
    } finally {
      patience.end();
    }
  }

  /**
   * Makes sure that the browser no longer has photos of somebody who has signed out: each is asked for anew, and the refusal takes its
   * place. Where the page came by https the browser has dropped them at the server's word already.
   *
   * @param {string[]} hashes
   */
  async dropCached(hashes) {
    if (globalThis.isSecureContext) return;
    await Promise.all(hashes.map((hash) => this.#fetch(`api/images/${hash}`, { cache: 'reload' }).catch(() => undefined)));
  }

  /**
   * Where the account is signed in.
   *
   * @returns {Promise<Session[]>} the last used first
   */
  sessions() {
    return this.request('GET', 'api/account/sessions/', isSessions);
  }

  /**
   * Signs out in another browser.
   *
   * @param {number} [id] of its session; without one, in all but this browser
   */
  async endSession(id) {
    await this.request('DELETE', id === undefined ? 'api/account/sessions/' : `api/account/sessions/${id}/`, isEnded);
  }

  /** Address of the whole museum as a file. */
  get museumAddress() {
    return new URL('api/museum/', this.#base).href;
  }

  /**
   * One round with the server: what was changed here, and what was changed elsewhere.
   *
   * @param {{cursor: number, epoch?: string, changes: {change_id: string}[], preferences?: {change_id: string, fields: object}}} request
   * @returns {Promise<SyncAnswer>}
   */
  sync(request) {
    const changes = [...request.changes, ...(request.preferences ? [request.preferences] : [])];
    return this.request('POST', 'api/sync/', roundOf(changes.map(({ change_id }) => change_id)), request);
  }

  /**
   * @param {string} method
   * @param {string} path
   * @param {Shape | null} shape of the answer; null for one without content
   * @param {object | Uint8Array<ArrayBuffer>} [body] bytes go as they are, all else as JSON
   * @returns {Promise<any>} undefined for an answer without content
   * @throws {RequestError}
   */
  async request(method, path, shape, body) {
    const sent = body && (body instanceof Uint8Array ? { kind: 'application/octet-stream', content: body } : await packed(JSON.stringify(body)));
    const patience = new Patience(ANSWER_WITHIN + (sent?.content.length ?? 0) / SLOWEST_LINE);
    try {
      const response = await this.#fetch(path, {
        method,
        headers: { Accept: 'application/json', ...(sent && { 'Content-Type': sent.kind }), ...sent?.headers },
        body: sent?.content,
        cache: 'no-store',
        signal: patience.signal,
      });
      if (shape === null && response.status === 204) return undefined;
      const answer = isJson(response) ? await read(response, patience).then(JSON.parse).catch(() => undefined) : undefined;
      if (response.ok && shape?.(answer)) return answer;
      const status = isOwnError(response.status, answer) ? response.status : 0;
      throw new RequestError(status, retryAfter(response), status === 0 ? '' : wordsOf(answer));
    } finally {
      patience.end();
    }
  }

  /**
   * @param {string} path
   * @param {RequestInit} options
   */
  async #fetch(path, options) {
    try {
      return await this.#send(new URL(path, this.#base), options);
    } catch {
      throw new RequestError(0);
    }
  }
}

/**
 * Makes a long text shorter, where the browser can.
 *
 * @param {string} text JSON
 * @returns {Promise<{kind: string, content: string | Uint8Array<ArrayBuffer>, headers?: Record<string, string>}>}
 */
async function packed(text) {
  const kind = 'application/json';
  if (text.length < PACKED_FROM || typeof CompressionStream === 'undefined') return { kind, content: text };
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'));
  return { kind, content: new Uint8Array(await new Response(stream).arrayBuffer()), headers: { 'Content-Encoding': 'gzip' } };
}

/** Gives up a request on which nothing happens any more. */
class Patience {
  #controller = new AbortController();
  #time;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /** @param {number} time in milliseconds */
  constructor(time) {
    this.#time = time;
    this.renew();
  }

  get signal() {
    return this.#controller.signal;
  }

  /** Something has happened. */
  renew() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#controller.abort(), this.#time);
  }

  end() {
    clearTimeout(this.#timer);
  }
}

/**
 * Reads an answer as it comes: a whole museum may take long on a slow line, without being lost.
 *
 * @param {Response} response
 * @param {Patience} patience
 */
async function read(response, patience) {
  const decoder = new TextDecoder();
  const reader = response.body?.getReader();
  let text = '';
  for (;;) {
    const part = await reader?.read();
    if (!part || part.done) return text + decoder.decode();
    patience.renew();
    text += decoder.decode(part.value, { stream: true });
  }
}

/** @param {Response} response */
function isJson(response) {
  return !response.redirected && /^application\/json\b/i.test(response.headers.get('Content-Type') ?? '');
}

/** @param {any} answer */
function wordsOf(answer) {
  const words = answer?.error ?? answer?.detail;
  return typeof words === 'string' ? words : '';
}

/** @param {Response} response */
function retryAfter(response) {
  const seconds = Number(response.headers.get('Retry-After'));
  return Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : 0;
}

/** @param {{delivery?: string}} answer of older servers without one @returns {Delivery} */
function deliveryOf({ delivery }) {
  return delivery === 'teacher' ? 'teacher' : 'mail';
}
