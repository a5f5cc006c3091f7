import { test } from 'node:test';
import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseRoute, tileAddress } from '../../../js/pages/router.js';
import { versionError } from '../../../js/pages/version-messages.js';
import { askingFailed, passwordFailed, verifyingFailed } from '../../../js/pages/sign-in-messages.js';
import { adoptionWords } from '../../../js/pages/notices.js';
import { FAMILIES } from '../../../js/museum/families.js';
import { UnsentError } from '../../../js/sync/server/versions.js';
import { RequestError } from '../../../js/sync/server/client.js';

const ASSETS = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');
const PAGE = readFileSync(join(ASSETS, 'html/index.html'), 'utf8');
const SETUP_PAGE = readFileSync(join(ASSETS, 'html/setup.html'), 'utf8');

/** @param {string} pattern @param {string} [page] */
function linked(pattern, page = PAGE) {
  return [...page.matchAll(new RegExp(pattern, 'g'))].map((match) => match[1]).sort();
}

const SHEETS = 'rel="stylesheet" href="\\{\\{\\.Static\\}\\}css/([^"]+)"';
const LINKED = linked(SHEETS);

/**
 * Returns a style sheet and all those that it imports.
 *
 * @param {string} sheet path below css/
 * @returns {string[]} with the sheet itself
 */
function sheetsOf(sheet) {
  const source = readFileSync(join(ASSETS, 'css', sheet), 'utf8');
  return [
    sheet,
    ...[...source.matchAll(/@import "([^"]+)"/g)].flatMap(([, name]) => sheetsOf(join(dirname(sheet), name))),
  ];
}

test('every style sheet is linked by the page, or brought along by what needs it', () => {
  const sheets = [...readdirSync(join(ASSETS, 'css'), { recursive: true })]
    .map(String)
    .filter((name) => name.endsWith('.css'));
  const pages = readdirSync(join(ASSETS, 'js/pages'))
    .map((name) => readFileSync(join(ASSETS, 'js/pages', name), 'utf8'))
    .join('\n');
  const brought = new Set([...pages.matchAll(/loadStyles\(\['([a-z-]+)'\]\)/g)].map(([, name]) => `${name}.css`));
  const used = new Set([...LINKED, ...linked(SHEETS, SETUP_PAGE), ...brought].flatMap(sheetsOf));
  assert.deepEqual([...used].sort(), sheets.sort());
});

test('the first style sheet names the layers', () => {
  const first = sheetsOf(LINKED[0])[1];
  assert.match(readFileSync(join(ASSETS, 'css', first), 'utf8'), /^@layer reset, tokens, base, components, utilities;/);
});

test('every file that the page names exists, and none comes from elsewhere', () => {
  for (const path of linked('\\{\\{\\.Static\\}\\}([^"#{]+)')) assert.ok(existsSync(join(ASSETS, path)), path);
  assert.doesNotMatch(PAGE, /(?:src|href)="(?:https?:)?\/\//);
});

test('the import map comes before every module', () => {
  assert.ok(PAGE.indexOf('{{.ImportMap}}') < PAGE.indexOf('modulepreload'));
});

test('each family has an address that leads back to it', () => {
  for (const family of FAMILIES) assert.deepEqual(parseRoute(tileAddress(family)), { page: 'tile', family });
});

test('addresses that lead nowhere lead to the poster', () => {
  for (const hash of ['', '#', '#/', '#/tile/', '#/tile/nothing', '#/tile/linear/x', '#main']) {
    assert.deepEqual(parseRoute(hash), { page: 'poster' }, hash);
  }
});

test('each way in which signing in fails has its own words', () => {
  const said = [0, 400, 429, 503, 500].map((status) => askingFailed(new RequestError(status)));
  assert.equal(new Set(said).size, said.length);
  assert.equal(askingFailed(new RequestError(503, 0, 'An import is under way.')), 'An import is under way.');
  assert.match(verifyingFailed(new RequestError(400)), /wrong or too old/);
  assert.match(verifyingFailed(new RequestError(503)), /the same code again/);
  assert.match(verifyingFailed(new RequestError(429, 61_000)), /in 2 minutes/);
  assert.match(askingFailed(new RequestError(429, 3 * 3_600_000)), /in 3 hours/);
  assert.match(askingFailed(new RequestError(429)), /later/);
});

test('a password that is refused is answered in the server’s words, where there are any', () => {
  assert.equal(passwordFailed(new RequestError(400, 0, 'Not right.')), 'Not right.');
  assert.match(passwordFailed(new RequestError(0)), /does not answer/);
  assert.match(passwordFailed(new RequestError(502)), /Nothing is lost/);
});

test('each way in which earlier versions cannot be had has its own words', () => {
  const said = [0, 403, 404, 503, 500].map((status) => versionError(new RequestError(status)));
  assert.equal(new Set(said).size, said.length);
  assert.match(
    versionError(new UnsentError('Offline. Saved on this device.')),
    /has to reach the server first\. Offline/,
  );
});

test('what became of earlier work is said by name, or by number where there is much', () => {
  assert.equal(adoptionWords({ moved: [], joined: [] }), '');
  assert.match(
    adoptionWords({ moved: ['square_root', 'linear'], joined: [] }),
    /in your museum: Linear and Square root\./,
  );
  assert.match(
    adoptionWords({ moved: FAMILIES.map((family) => family.type), joined: [] }),
    /in your museum: 12 works\./,
  );
  assert.match(adoptionWords({ moved: [], joined: ['cubic'] }), /work of its own: Cubic\. Nothing was replaced/);
});
