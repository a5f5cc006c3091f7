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
   * @param {number} [retryAfter]
   */
  constructor(status, retryAfter = 0) {
    super(status === 0 ? 'The server did not answer.' : `The server answered with status ${status}.`);
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
   */
  async verifyCode(email, code) {
    await this.#request('POST', 'auth/verify-otp/', { email, otp_code: code });
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
    if (!response.ok) throw new RequestError(response.status, retryAfter(response));
    if (answer === null) throw new RequestError(0);
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
      throw new RequestError(0);
    }
  }
}

/** @param {Response} response */
function retryAfter(response) {
  const seconds = Number(response.headers.get('Retry-After'));
  return Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : 0;
}
