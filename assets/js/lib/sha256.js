/**
 * Returns the SHA-256 of bytes in lowercase hexadecimal. Plain http pages have no crypto.subtle; there a library is
 * fetched.
 *
 * @param {Uint8Array<ArrayBuffer>} bytes
 * @returns {Promise<string>}
 */
export async function sha256(bytes) {
  const hash = globalThis.crypto?.subtle
    ? new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
    : await computed(bytes);
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** @param {Uint8Array<ArrayBuffer>} bytes */
async function computed(bytes) {
  const library = await import('@noble/hashes/sha2.js');
  return library.sha256(bytes);
}
