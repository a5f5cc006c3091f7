/**
 * The museum server's HTTP interface: one method a request, one kind of error.
 */

/** @typedef {import('./queue.js').ServerTile} ServerTile */
/** @typedef {import('./queue.js').Patch} Patch */

/** Longer than any answer takes on a slow school line; without a limit a lost connection would look like "sending" for ever. */
const ANSWER_WITHIN = 30_000;

/** Why a request brought nothing. */
export class RequestError extends Error {
  /** HTTP status; 0 when there was no answer at all. */
  status;
  /** How long the server asks to wait, in milliseconds; 0 if it does not say. */
  retryAfter;

  /**
   * @param {number} status
   * @param {string} message the server's words, or ''
   * @param {number} [retryAfter]
   */
  constructor(status, message, retryAfter = 0) {
    super(message);
    this.name = 'RequestError';
    this.status = status;
    this.retryAfter = retryAfter;
  }
}

export class Client {
  #base;

  /** @param {string | URL} base address of the museum's page, under which all others lie */
  constructor(base) {
    this.#base = base;
  }

  /**
   * Mails a sign-in code.
   *
   * @param {string} email
   */
  async requestCode(email) {
    await this.#request('POST', 'auth/request-otp/', { email });
  }

  /**
   * Signs in.
   *
   * @param {string} email
   * @param {string} code six digits
   * @returns {Promise<{isNew: boolean}>} whether the account was made just now
   */
  async verifyCode(email, code) {
    const answer = await this.#request('POST', 'auth/verify-otp/', { email, otp_code: code });
    return { isNew: answer.is_new_user === true };
  }

  async signOut() {
    await this.#request('POST', 'auth/logout/', {});
  }

  /**
   * @returns {Promise<string | null>} e-mail address of who is signed in, null for nobody
   */
  async whoAmI() {
    try {
      return (await this.#request('GET', 'auth/profile/')).email;
    } catch (error) {
      if (error instanceof RequestError && error.status === 403) return null;
      throw error;
    }
  }

  /** @returns {Promise<ServerTile[]>} */
  listTiles() {
    return this.#request('GET', 'api/tiles/');
  }

  /**
   * @param {string} type
   * @param {Patch} fields
   * @returns {Promise<ServerTile>}
   */
  createTile(type, fields) {
    return this.#request('POST', 'api/tiles/', { concept_type: type, ...fields });
  }

  /**
   * @param {number} id
   * @param {Patch} fields
   * @returns {Promise<ServerTile>}
   */
  updateTile(id, fields) {
    return this.#request('PATCH', `api/tiles/${id}/`, fields);
  }

  /**
   * @param {string} method
   * @param {string} path
   * @param {object} [body]
   * @returns {Promise<any>}
   * @throws {RequestError}
   */
  async #request(method, path, body) {
    const response = await this.#fetch(path, {
      method,
      headers: { Accept: 'application/json', ...(body && { 'Content-Type': 'application/json' }) },
      body: body && JSON.stringify(body),
      cache: 'no-store',
      signal: AbortSignal.timeout(ANSWER_WITHIN),
    });
    const answer = await response.json().catch(() => null);
    if (!response.ok) throw new RequestError(response.status, wordsOf(answer), retryAfter(response));
    if (answer === null) throw new RequestError(0, '');
    return answer;
  }

  /**
   * @param {string} path
   * @param {RequestInit} options
   */
  async #fetch(path, options) {
    try {
      return await fetch(new URL(path, this.#base), options);
    } catch {
      throw new RequestError(0, '');
    }
  }
}

/**
 * The message in an error's body: `{"error": "..."}`, `{"detail": "..."}` or `{"field": ["..."]}`.
 *
 * @param {any} answer
 */
function wordsOf(answer) {
  const first = answer?.error ?? answer?.detail ?? Object.values(answer ?? {})[0];
  const words = Array.isArray(first) ? first[0] : first;
  return typeof words === 'string' ? words : '';
}

/** @param {Response} response */
function retryAfter(response) {
  const seconds = Number(response.headers.get('Retry-After'));
  return Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : 0;
}
