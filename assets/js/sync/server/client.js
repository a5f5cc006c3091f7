/**
 * The client of the museum server's HTTP API: one method per request and one type of error. Only answers of the API
 * itself are accepted, see answer-shapes.js; anything else counts as no answer.
 */
import {
  isCodeMade,
  isDone,
  isEnded,
  isImage,
  isMissing,
  isOwnError,
  isProfile,
  isSessions,
  isSignedIn,
  isUpload,
  roundOf,
} from './answer-shapes.js';

/** @typedef {import('./answer-shapes.js').Shape} Shape */

/**
 * The answer to a sync request: the result of each change, what others changed, and the new cursor.
 *
 * @typedef {object} SyncAnswer
 * @property {number} account
 * @property {number} cursor
 * @property {string} epoch identifies the period in which the cursor is valid; both are sent with the next request
 * @property {boolean} [set_back] the server was restored to an older state: it took no change, and reports everything
 * @property {import('../queue.js').Result[]} results
 * @property {import('../server-state.js').ServerTile[]} tiles
 * @property {Record<string, any>} [preferences]
 */

/** A stored photo. @typedef {{sha256: string, url: string, size: number}} Image */

/**
 * The progress of a photo that is uploaded in parts.
 *
 * @typedef {{part_size: number, positions: number[], image: Image | null}} Upload
 */

/**
 * Milliseconds until an answer must begin, and between its parts: longer than on any slow school line. Without a limit,
 * a lost connection would look like "sending" forever.
 */
const ANSWER_WITHIN = 30_000;

/** Upload speed of the slowest line, in bytes per millisecond, by which the timeout of large requests is extended. */
const SLOWEST_LINE = 3;

/** Length from which a request is compressed: some small hosts reject bodies over 128 KiB. */
const PACKED_FROM = 64_000;

/**
 * A session of the account in a browser.
 *
 * @typedef {object} Session
 * @property {number} id
 * @property {string} device its user agent
 * @property {boolean} this_device
 * @property {string} signed_in_at ISO 8601
 * @property {string} last_seen_at ISO 8601
 */

/** How a code is delivered; without a mail server the teacher has it. @typedef {'mail' | 'teacher'} Delivery */

/** The error of a request that failed. */
export class RequestError extends Error {
  /** HTTP status; 0 when there was no answer, or none of the API's own. */
  status;
  /** How long the server asks to wait, in milliseconds; 0 if unknown. */
  retryAfter;
  /** The server's message for users, '' if there is none. */
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

  /** Whether the request itself was refused, so that repeating it at once is useless. */
  get isRefusal() {
    return this.status >= 400 && this.status < 500 && ![403, 408, 429].includes(this.status);
  }
}

export class Client {
  #base;
  #send;

  /**
   * @param {string | URL} base address of the museum's page, the base of all others
   * @param {(url: URL, options: RequestInit) => Promise<Response>} [send] makes a request, as `fetch` does
   */
  constructor(base, send = (url, options) => fetch(url, options)) {
    this.#base = base;
    this.#send = send;
  }

  /**
   * Requests a sign-in code.
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
   * @returns {Promise<string | undefined>} the account's address as the server spells it
   */
  async verifyCode(email, code) {
    return (await this.request('POST', 'auth/verify-otp/', isSignedIn, { email, otp_code: code })).email;
  }

  /**
   * Signs in with a password, which staff may have.
   *
   * @param {string} email
   * @param {string} password
   * @returns {Promise<string | undefined>} the account's address as the server spells it
   */
  async checkPassword(email, password) {
    return (await this.request('POST', 'auth/password/', isSignedIn, { email, password })).email;
  }

  async signOut() {
    await this.request('POST', 'auth/logout/', isDone, {});
  }

  /**
   * @returns {Promise<string | null>} the email address of the signed-in account, null if there is none
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
   * Requests the code that confirms the deletion of the account.
   *
   * @returns {Promise<Delivery>}
   */
  async requestDeletionCode() {
    return deliveryOf(await this.request('POST', 'api/account/delete-code/', isCodeMade, {}));
  }

  /**
   * Deletes the signed-in account and all its data. The answer has no content by which it could be recognized, and the
   * device deletes its copy too, so the server is asked afterwards whether the session has ended.
   *
   * @param {string} code six digits
   * @throws {RequestError} also if the account still exists
   */
  async deleteAccount(code) {
    await this.request('POST', 'api/account/delete/', null, { otp_code: code });
    if ((await this.whoAmI()) !== null) throw new RequestError(0);
  }

  /**
   * Uploads a photo.
   *
   * @param {Uint8Array<ArrayBuffer>} bytes
   * @returns {Promise<Image>}
   */
  addImage(bytes) {
    return this.request('POST', 'api/images/', isImage, bytes);
  }

  /**
   * Returns the progress of a photo that is uploaded in parts.
   *
   * @param {string} hash
   * @returns {Promise<Upload>}
   */
  findUpload(hash) {
    return this.request('GET', `api/images/${hash}/parts/`, isUpload);
  }

  /**
   * Uploads a part of a photo.
   *
   * @param {{hash: string, size: number, position: number, bytes: Uint8Array<ArrayBuffer>}} part `hash` and `size` are
   *   those of the
   *   whole photo
   * @returns {Promise<Image | Upload>} the photo once it is complete
   */
  sendPart({ hash, size, position, bytes }) {
    return this.request(
      'PUT',
      `api/images/${hash}/parts/${position}?size=${size}`,
      (value) => isImage(value) || isUpload(value),
      bytes,
    );
  }

  /**
   * Returns the photos that the server does not have.
   *
   * @param {string[]} hashes at most 200
   * @returns {Promise<string[]>}
   */
  async missingImages(hashes) {
    return (await this.request('POST', 'api/images/missing/', isMissing, { sha256: hashes })).missing;
  }

  /**
   * Returns the bytes of a stored photo, from the browser's cache if possible.
   *
   * @param {string} hash
   * @returns {Promise<Uint8Array<ArrayBuffer>>}
   */
  async photo(hash) {
    const patience = new Patience(ANSWER_WITHIN);
    try {
      const response = await this.#fetch(`api/images/${hash}`, { cache: 'force-cache', signal: patience.signal });
      if (!response.ok) throw new RequestError(0);
      return new Uint8Array(
        await response.arrayBuffer().catch(() => {
          throw new RequestError(0);
        }),
      );
    } finally {
      patience.end();
    }
  }

  /**
   * Removes photos of a signed-out user from the browser's cache: each is requested again, and the refusal replaces it.
   * On https pages the server's Clear-Site-Data header has done this.
   *
   * @param {string[]} hashes
   */
  async dropCached(hashes) {
    if (globalThis.isSecureContext) return;
    await Promise.all(
      hashes.map((hash) => this.#fetch(`api/images/${hash}`, { cache: 'reload' }).catch(() => undefined)),
    );
  }

  /**
   * Lists the sessions of the account.
   *
   * @returns {Promise<Session[]>} the most recently used first
   */
  sessions() {
    return this.request('GET', 'api/account/sessions/', isSessions);
  }

  /**
   * Ends another session.
   *
   * @param {number} [id] of the session; without it, all but this one
   */
  async endSession(id) {
    await this.request('DELETE', id === undefined ? 'api/account/sessions/' : `api/account/sessions/${id}/`, isEnded);
  }

  /** The address of the museum's export file. */
  get museumAddress() {
    return new URL('api/museum/', this.#base).href;
  }

  /**
   * Sends changes and fetches those of other devices.
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
   * @param {Shape | null} shape of the answer; null for 204
   * @param {object | Uint8Array<ArrayBuffer>} [body] bytes are sent as they are, anything else as JSON
   * @returns {Promise<any>} undefined for an answer without content
   * @throws {RequestError}
   */
  async request(method, path, shape, body) {
    const sent =
      body &&
      (body instanceof Uint8Array
        ? { kind: 'application/octet-stream', content: body }
        : await packed(JSON.stringify(body)));
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
      const answer = isJson(response)
        ? await read(response, patience)
            .then(JSON.parse)
            .catch(() => undefined)
        : undefined;
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
 * Compresses a long text, if the browser can.
 *
 * @param {string} text JSON
 * @returns {Promise<{kind: string, content: string | Uint8Array<ArrayBuffer>, headers?: Record<string, string>}>}
 */
async function packed(text) {
  const kind = 'application/json';
  if (text.length < PACKED_FROM || typeof CompressionStream === 'undefined') return { kind, content: text };
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'));
  return {
    kind,
    content: new Uint8Array(await new Response(stream).arrayBuffer()),
    headers: { 'Content-Encoding': 'gzip' },
  };
}

/** Aborts a request when nothing has happened for a while. */
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

  /** Restarts the timeout. */
  renew() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#controller.abort(), this.#time);
  }

  end() {
    clearTimeout(this.#timer);
  }
}

/**
 * Reads a body as it arrives: a whole museum may take long on a slow line.
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

/** @param {{delivery?: string}} answer without it on older servers @returns {Delivery} */
function deliveryOf({ delivery }) {
  return delivery === 'teacher' ? 'teacher' : 'mail';
}
