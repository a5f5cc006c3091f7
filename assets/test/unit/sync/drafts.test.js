/** Drafts of closed pages, taken over by the next page. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { OWNER, Pages, settled } from './lib/pages.js';

test('what could not be taken over is not struck out by what is written here', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  t.mock.method(console, 'warn', () => undefined);
  const pages = new Pages();
  const { change } = pages.device;
  const gone = await pages.open();
  gone.edit('cubic', { description: 'An S.' });
  pages.device.change = () => new Promise(() => undefined); // closed before it has written
  gone.leave();
  await settled();
  pages.device.change = async () => {
    throw new DOMException('The disk does not answer.', 'UnknownError');
  };
  const next = await pages.open();
  pages.device.change = change;
  next.edit('linear', { description: 'A line.' });
  await next.save();
  t.mock.timers.tick(3_000); // it retries by itself
  await settled();
  const written = (await pages.device.list(OWNER)).map(({ type, pending }) => [type, pending.description.value]);
  assert.deepEqual(Object.fromEntries(written), { cubic: 'An S.', linear: 'A line.' });
});
