import { test } from 'node:test';
import assert from 'node:assert/strict';
import { gunzipSync } from 'node:zlib';
import { Client } from '../../../js/sync/client.js';

/** Sends a body, and gives what went over the line. @param {object | Uint8Array<ArrayBuffer>} body */
async function sent(body) {
  /** @type {RequestInit} */
  let options = {};
  const client = new Client('http://museum.example/', async (_url, given) => {
    options = given;
    return new Response('{}');
  });
  await client.request('POST', 'api/sync/', body);
  return { content: /** @type {any} */ (options.body), headers: new Headers(options.headers) };
}

test('a short body goes as it is', async () => {
  const { content, headers } = await sent({ changes: [] });
  assert.equal(content, '{"changes":[]}');
  assert.equal(headers.get('Content-Encoding'), null);
});

test('a long one is packed, so that it passes where requests are cut off', async () => {
  const body = { notes: Array.from({ length: 20_000 }, (_, i) => `Row ${i}, where the bridge is highest.`) };
  const { content, headers } = await sent(body);
  assert.equal(headers.get('Content-Encoding'), 'gzip');
  assert.equal(headers.get('Content-Type'), 'application/json');
  assert.ok(content.length < 131_072, `${content.length} bytes`);
  assert.deepEqual(JSON.parse(gunzipSync(content).toString()), body);
});

test('a photo goes as it is', async () => {
  const photo = new Uint8Array(100_000).fill(7);
  const { content, headers } = await sent(photo);
  assert.equal(content, photo);
  assert.equal(headers.get('Content-Encoding'), null);
  assert.equal(headers.get('Content-Type'), 'application/octet-stream');
});
