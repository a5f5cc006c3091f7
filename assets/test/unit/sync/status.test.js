import { test } from 'node:test';
import assert from 'node:assert/strict';
import { describe } from '../../../js/sync/status.js';

/** @type {import('../../../js/sync/status.js').Situation} */
const CALM = {
  keeps: true, saving: false, saveProblem: 'none', touched: false, signedIn: true, sessionEnded: false, online: true,
  sending: false, pending: false, problem: 'none', refused: [],
};

/** @type {[string, Partial<import('../../../js/sync/status.js').Situation>, RegExp][]} */
const CASES = [
  ['all confirmed', {}, /^Saved on the server$/],
  ['typed a moment ago', { saving: true, pending: true }, /^Saving…$/],
  ['on the device, not sent', { pending: true }, /^Saved on this device$/],
  ['being sent', { pending: true, sending: true }, /^Sending…$/],
  ['offline', { pending: true, online: false, problem: 'silent' }, /^Offline\. Saved on this device\.$/],
  ['server silent', { pending: true, problem: 'silent' }, /^Could not send: the museum does not answer\. Saved on this device/],
  ['server silent, nothing to send', { problem: 'silent' }, /^Saved on this device\. The museum does not answer/],
  ['server busy', { pending: true, problem: 'busy' }, /^Could not send: the museum is busy/],
  ['one tile refused', { pending: true, refused: [{ name: 'Cubic', status: 413 }] }, /^Could not send Cubic: the work is too large\. It is kept/],
  ['session over', { pending: true, sessionEnded: true }, /^Please sign in again\. Your work is kept on this device\.$/],
  ['signed out', { signedIn: false }, /^Kept on this device only\. Sign in to keep it safe\.$/],
  ['signed out, edited', { signedIn: false, touched: true, pending: true }, /^Saved on this device\. Sign in/],
  ['signed out, typing', { signedIn: false, saving: true, pending: true }, /^Saving…$/],
  ['no room', { saveProblem: 'full', saving: true }, /^Not saved: this device has no room left/],
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
    if (now.pending || now.saving) assert.doesNotMatch(describe(now).text, /on the server/, name);
  }
});
