/**
 * A table of lines and what they must mean. What is wanted is said by its type:
 * a number (NaN: not defined); an array: a list, or points if its items are arrays; a function of x: a curve with these
 * values; a function of x and y: an implicit curve with this difference of its sides; a pattern: an error with words like
 * these; or an object: {ofY}, {polar}, {path}, {region, strict}, {curves}, {unsupported}, {kind}.
 */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isNear, meaningOf } from '../support.js';

/**
 * @typedef {object} Wanted
 * @property {(y: number) => number} [ofY]
 * @property {(angle: number) => number} [polar]
 * @property {(t: number) => number[]} [path]
 * @property {(x: number, y: number) => boolean} [region]
 * @property {boolean[]} [strict] which edges of the region are no part of it
 * @property {((x: number) => number)[]} [curves]
 * @property {RegExp} [unsupported]
 * @property {string} [kind]
 *
 * @typedef {number|number[]|number[][]|((x: number, y: number) => number)|RegExp|Wanted} Want
 * @typedef {[latex: string | string[], want: Want, definitions?: string[]]} Row several spellings may share a row
 */

const PLACES = [-7.25, -2, -1, -0.5, 0, 0.3, 1, 2.75, 4, 9];

/**
 * @param {string} title
 * @param {Row[]} rows
 * @param {{degreeMode?: boolean}} [settings]
 */
export function table(title, rows, settings) {
  const count = rows.reduce((sum, [latex]) => sum + (Array.isArray(latex) ? latex.length : 1), 0);
  test(`${title} (${count})`, () => {
    for (const [latex, want, definitions] of rows) {
      for (const spelling of Array.isArray(latex) ? latex : [latex]) {
        check(
          `${spelling}${definitions ? ` where ${definitions.join(', ')}` : ''}`,
          /** @type {any} */ (meaningOf(spelling, definitions, settings)),
          want,
        );
      }
    }
  });
}

/** @param {string} line @param {any} meaning @param {Want} want */
function check(line, meaning, want) {
  const told = `${line}: ${JSON.stringify(meaning)}`;
  /** @type {(kind: string) => void} */
  const is = (kind) => assert.equal(meaning.kind, kind, told);
  /** @type {(got: number, wanted: number, where?: unknown) => void} */
  const near = (got, wanted, where = '') => assert.ok(isNear(got, wanted), `${line} ${where} is ${got}, not ${wanted}`);
  if (typeof want === 'number') {
    is('value');
    near(meaning.value, want);
  } else if (want instanceof RegExp) {
    is('error');
    assert.match(meaning.message, want, line);
  } else if (Array.isArray(want)) {
    const isPoints = Array.isArray(want[0]);
    is(isPoints ? 'point' : 'list');
    const got = isPoints
      ? meaning.points.map((/** @type {{x: number, y: number}} */ { x, y }) => [x, y])
      : meaning.values;
    assert.equal(got.length, want.length, told);
    want.flat().forEach((number, i) => near(got.flat()[i], number, `item ${i}`));
  } else if (typeof want === 'function') {
    is(want.length === 2 ? 'implicit' : 'function');
    if (want.length === 2)
      for (const x of PLACES) for (const y of PLACES) near(meaning.curves[0].value(x, y), want(x, y), `at ${x}, ${y}`);
    else curve(meaning, 'x', [/** @type {(x: number) => number} */ (want)]);
  } else checkObject(meaning, want);

  /** @param {any} found @param {'x'|'y'} of @param {((x: number) => number)[]} wanted */
  function curve(found, of, wanted) {
    is('function');
    assert.equal(found.of, of, told);
    assert.equal(found.curves.length, wanted.length, told);
    wanted.forEach((f, i) => PLACES.forEach((x) => near(found.curves[i].value(x), f(x), `at ${x}`)));
  }

  /** @param {any} found @param {Wanted} object */
  function checkObject(found, { ofY, polar, path, region, strict, curves, unsupported, kind }) {
    if (kind) is(kind);
    if (ofY) curve(found, 'y', [ofY]);
    if (curves) curve(found, 'x', curves);
    if (unsupported) {
      is('unsupported');
      assert.match(found.message, unsupported);
    }
    if (polar) PLACES.forEach((t) => near(found.curves[0].value(t), polar(t), `at ${t}`));
    if (path)
      PLACES.forEach((t) =>
        [found.curves[0].x, found.curves[0].y].forEach((c, i) => near(c.value(t), path(t)[i], `at ${t}`)),
      );
    if (region) {
      is('inequality');
      for (const x of PLACES)
        for (const y of PLACES) assert.equal(found.regions[0].holds(x, y), region(x, y), `${line} at ${x}, ${y}`);
    }
    if (strict)
      assert.deepEqual(
        found.regions[0].edges.map((/** @type {{strict: boolean}} */ edge) => edge.strict),
        strict,
        line,
      );
  }
}
