import { test } from 'node:test';
import assert from 'node:assert/strict';
import { describe, describeTile, onServer } from '../../../js/sync/status.js';

/** @type {import('../../../js/sync/status.js').Situation} */
const CALM = {
  keeps: true,
  saving: false,
  saveProblem: 'none',
  touched: false,
  signedIn: true,
  sessionEnded: false,
  online: true,
  sending: false,
  pending: false,
  problem: 'none',
  refused: [],
  savedAt: null,
};

/** @type {[string, Partial<import('../../../js/sync/status.js').Situation>, RegExp][]} */
const CASES = [
  ['all confirmed', {}, /^Saved on the server$/],
  ['typed a moment ago', { saving: true, pending: true }, /^Saving…$/],
  ['on the device, not sent', { pending: true }, /^Saved on this device$/],
  ['being sent', { pending: true, sending: true }, /^Sending…$/],
  ['offline', { pending: true, online: false, problem: 'silent' }, /^Offline\. Saved on this device\.$/],
  [
    'server silent',
    { pending: true, problem: 'silent' },
    /^Could not send: the museum does not answer\. Saved on this device/,
  ],
  ['server silent, nothing to send', { problem: 'silent' }, /^Saved on this device\. The museum does not answer/],
  [
    'server full',
    { pending: true, problem: 'full' },
    /^The museum’s disk is full\. Your work is kept on this device\.$/,
  ],
  ['server busy', { pending: true, problem: 'busy' }, /^Could not send: the museum is busy/],
  [
    'one tile refused',
    { pending: true, refused: [{ name: 'Cubic', status: 413 }] },
    /^Could not send Cubic: the work is too large\. It is kept/,
  ],
  [
    'one tile refused in words',
    { pending: true, refused: [{ name: 'Cubic', status: 400, words: 'Your museum is full.' }] },
    /^Could not send Cubic\. Your museum is full\.$/,
  ],
  ['works of an earlier account wait', { aside: true }, /^Works of your earlier account are on this device only\.$/],
  [
    'a photo is nowhere at hand',
    { pending: true, photos: [{ name: 'Cubic', words: 'A photo is missing on the server.' }] },
    /^Cubic: A photo is missing on the server\.$/,
  ],
  ['private window, with works of an earlier account', { keeps: false, aside: true }, /^Not sent yet/],
  [
    'session over',
    { pending: true, sessionEnded: true },
    /^Please sign in again\. Your work is kept on this device\.$/,
  ],
  ['signed out', { signedIn: false }, /^Kept on this device only\. Sign in to keep it safe\.$/],
  ['signed out, edited', { signedIn: false, touched: true, pending: true }, /^Saved on this device\. Sign in/],
  ['signed out, typing', { signedIn: false, saving: true, pending: true }, /^Saving…$/],
  ['no room', { saveProblem: 'full', saving: true }, /^Not saved: this device has no room left/],
  [
    'this device cannot write what it sends',
    { pending: true, problem: 'unwritten' },
    /^Could not send: this browser could not write/,
  ],
  ['private window, signed out', { keeps: false, signedIn: false }, /keeps nothing when you close it/],
  ['private window, unsent', { keeps: false, pending: true }, /^Not sent yet/],
  ['private window, sent', { keeps: false }, /^Saved on the server$/],
];

for (const [name, situation, words] of CASES) {
  test(`the status line when ${name}`, () => assert.match(describe({ ...CALM, ...situation }).text, words));
}

test('it never claims the server has what is pending', () => {
  for (const [name, situation] of CASES) {
    const now = { ...CALM, ...situation };
    if (now.pending || now.saving) assert.doesNotMatch(describe(now).text, /saved on the server/i, name);
  }
});

test('it says when the server got the work: the time today, else the day', () => {
  const now = new Date(2026, 2, 12, 15, 0).getTime();
  assert.match(onServer(new Date(2026, 2, 12, 10, 42).getTime(), now), /^Saved on the server at 10:42/);
  assert.equal(onServer(new Date(2026, 2, 9, 10, 42).getTime(), now), 'Saved on the server on March 9');
  assert.equal(onServer(null, now), 'Saved on the server');
});

test('a tile that is on the server says so, whatever keeps others from being sent', () => {
  const elsewhere = /** @type {const} */ ({ ...CALM, online: false, problem: 'silent', savedAt: 0 });
  assert.match(describeTile(elsewhere).text, /^Saved on the server/);
  assert.equal(describeTile({ ...elsewhere, pending: true }).text, 'Offline. Saved on this device.');
  assert.equal(describeTile({ ...CALM, pending: true, refused: [{ name: 'Cubic', status: 413 }] }).tone, 'warn');
});

test('a tile says why its photo stays within the graph', () => {
  const why = 'This photo is larger than 8 MB. Please make it smaller, and add that.';
  const { tone, text } = describeTile({ ...CALM, savedAt: 0 }, why);
  assert.equal(tone, 'warn');
  assert.match(text, /^Saved on the server on \w+ \d+\. About its photo: This photo is larger/);
  assert.match(
    describeTile({ ...CALM, pending: true, refused: [{ name: 'Cubic', status: 413 }] }, why).text,
    /It is kept on this device\. About its photo: /,
  );
});

test('a tile in which nobody did anything says nothing', () => {
  assert.equal(describeTile(CALM).text, '');
  assert.equal(describeTile({ ...CALM, signedIn: false }).text, '');
});
