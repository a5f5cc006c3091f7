import { test } from 'node:test';
import assert from 'node:assert/strict';
import { gunzipSync } from 'node:zlib';
import { Client, RequestError } from '../../../js/sync/server/client.js';

/** @param {number} status @param {unknown} value @param {string} [kind] */
function json(status, value, kind = 'application/json') {
  return new Response(JSON.stringify(value), { status, headers: { 'Content-Type': kind } });
}

/** Sends a body and returns what was transmitted. @param {object | Uint8Array<ArrayBuffer>} body */
async function sent(body) {
  /** @type {RequestInit} */
  let options = {};
  const client = new Client('http://museum.example/', async (_url, given) => {
    options = given;
    return json(200, {});
  });
  await client.request('POST', 'api/sync/', () => true, body);
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

const HASH = 'a'.repeat(64);
const TILE = {
  id: 1,
  concept_type: 'linear',
  position_x: 0,
  position_y: 0,
  width: 1,
  height: 1,
  desmos_state: {},
  description: '',
  completed: false,
  version: 1,
};
const ROUND = {
  account: 1,
  cursor: 1,
  epoch: 'e',
  results: [{ change_id: 'change01', status: 'saved', id: 1, version: 1 }],
  tiles: [TILE],
};
const IMAGE = { sha256: HASH, url: `api/images/${HASH}`, size: 3 };

/**
 * Requests of the page, with valid answers of the museum.
 *
 * @type {Record<string, {ask: (client: Client) => Promise<unknown>, answer: unknown}>}
 */
const ASKED = {
  'a round': { ask: (client) => client.sync({ cursor: 0, changes: [{ change_id: 'change01' }] }), answer: ROUND },
  'who is signed in': {
    ask: (client) => client.whoAmI(),
    answer: { email: 'ann@school.example', is_authenticated: true },
  },
  'a code': { ask: (client) => client.requestCode('ann@school.example'), answer: { message: 'OTP sent to email' } },
  'signing in': {
    ask: (client) => client.verifyCode('ann@school.example', '123456'),
    answer: { message: 'Authentication successful', is_new_user: false },
  },
  'signing out': { ask: (client) => client.signOut(), answer: { message: 'Logged out successfully' } },
  'a photo': { ask: (client) => client.addImage(new Uint8Array([1])), answer: IMAGE },
  'how far a photo has come': {
    ask: (client) => client.findUpload(HASH),
    answer: { part_size: 98304, positions: [0], image: null },
  },
  'which photos are missing': { ask: (client) => client.missingImages([HASH]), answer: { missing: [HASH] } },
};

/** Answers from elsewhere than the museum. @type {Record<string, () => Response>} */
const FOREIGN = {
  'JSON of something else': () => json(200, { status: 'ok' }),
  'a list': () => json(200, []),
  nothing: () => json(200, null),
  'no content': () => new Response(null, { status: 204 }),
  'the sign-in page of a network': () =>
    new Response('<html>Please accept', { headers: { 'Content-Type': 'text/html' } }),
  'JSON that is called HTML': () => json(200, ROUND, 'text/html'),
  'a refusal as a page': () =>
    new Response('<html>Forbidden', { status: 403, headers: { 'Content-Type': 'text/html' } }),
  'a refusal of another kind': () => json(403, { message: 'Blocked by your school' }),
  'a missing page': () => new Response('<html>Not found', { status: 404 }),
  'a request for a password': () => json(401, { detail: 'A proxy wants a password.' }),
  'a gateway without a museum behind it': () => json(502, { error: 'Bad gateway' }),
};

for (const [asked, { ask, answer }] of Object.entries(ASKED)) {
  test(`${asked}: the museum's answer is taken, and no other`, async () => {
    await ask(new Client('http://museum.example/', async () => json(200, answer)));
    for (const [name, foreign] of Object.entries(FOREIGN)) {
      const rejected = ask(new Client('http://museum.example/', async () => foreign()));
      await assert.rejects(rejected, (error) => error instanceof RequestError && error.status === 0, name);
    }
  });
}

test('a round has to answer what was sent, in every part', async () => {
  const spoilt = [
    { ...ROUND, account: undefined },
    { ...ROUND, account: '1' },
    { ...ROUND, cursor: -1 },
    { ...ROUND, epoch: undefined },
    { ...ROUND, results: [] },
    { ...ROUND, tiles: {} },
    { ...ROUND, results: [{ change_id: 'another1', status: 'saved' }] },
    { ...ROUND, tiles: [{ ...TILE, description: undefined }] },
    { ...ROUND, tiles: [{ id: 1 }] },
  ];
  for (const value of spoilt)
    await assert.rejects(ASKED['a round'].ask(new Client('http://museum.example/', async () => json(200, value))), {
      status: 0,
    });
  const gone = {
    ...ROUND,
    set_back: true,
    results: [],
    tiles: [{ id: 1, concept_type: 'linear', version: 3, deleted: true, common: 0 }],
  };
  await ASKED['a round'].ask(new Client('http://museum.example/', async () => json(200, gone)));
});

test('the museum says itself what is wrong', async () => {
  const { ask } = ASKED['a round'];
  const refusal = (/** @type {Response} */ response) => ask(new Client('http://museum.example/', async () => response));
  await assert.rejects(refusal(json(403, { detail: 'Authentication credentials were not provided.' })), {
    status: 403,
  });
  await assert.rejects(refusal(json(400, { changes: ['Expected a list of changes.'] })), {
    status: 400,
    isRefusal: true,
  });
  await assert.rejects(refusal(json(413, { error: 'Too large.' })), { status: 413, words: 'Too large.' });
  await assert.rejects(refusal(new Response('', { status: 503, headers: { 'Retry-After': '7' } })), {
    status: 0,
    retryAfter: 7000,
  });
});

test('an account counts as deleted only if the server does not know who this is any more', async () => {
  const answers = [new Response(null, { status: 204 }), json(200, ASKED['who is signed in'].answer)];
  await assert.rejects(
    new Client('http://museum.example/', async () => /** @type {Response} */ (answers.shift())).deleteAccount('123456'),
    { status: 0 },
  );
});
