import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { isNear, meaningOf } from '../support.js';

/**
 * @typedef {object} Case a line and what it means; values worked out by hand
 * @property {string} latex
 * @property {'fn'|'val'|'pt'|'impl'|'ineq'|'polar'|'list'|'fnlist'|'reg'} kind
 * @property {any} expect
 * @property {any[][]} [points]
 * @property {Record<string, number>} [at]
 * @property {string[]} [definitions]
 * @property {boolean} [degreeMode]
 */

/** @type {Case[]} student-cases.json has what a student writes who knows Desmos, in the spelling that Desmos saves */
const CASES = ['latex-cases', 'student-cases'].flatMap((name) =>
  JSON.parse(readFileSync(new URL(`./testdata/${name}.json`, import.meta.url), 'utf8')),
);

/** @param {unknown} expected a number, or "undefined" */
const wanted = (expected) => (expected === 'undefined' ? NaN : Number(expected));

/** @type {Record<Case['kind'], (c: Case, m: any) => boolean>} */
const HOLDS = {
  fn: (c, m) =>
    m.kind === 'function' && c.expect.every((/** @type {any[]} */ [x, y]) => isNear(m.curves[0].value(x), wanted(y))),
  val: (c, m) => m.kind === 'value' && isNear(m.value, wanted(c.expect)),
  pt: (c, m) => m.kind === 'point' && isNear(m.points[0].x, c.expect[0]) && isNear(m.points[0].y, c.expect[1]),
  impl: (c, m) =>
    m.kind === 'function' && m.of === 'y'
      ? (c.points ?? []).every(([x, y, difference]) => isNear(x - m.curves[0].value(y), difference))
      : m.kind === 'implicit' &&
        (c.points ?? []).every(([x, y, difference]) => isNear(m.curves[0].value(x, y), difference)),
  ineq: (c, m) =>
    m.kind === 'inequality' && (c.points ?? []).every(([x, y, holds]) => m.regions[0].holds(x, y) === holds),
  polar: (c, m) =>
    m.kind === 'polar' &&
    c.expect.every((/** @type {number[]} */ [angle, r]) => isNear(m.curves[0].value(angle), wanted(r))),
  list: (c, m) => m.kind === 'list' && m.values.join() === c.expect.join(),
  fnlist: (c, m) =>
    m.kind === 'function' &&
    c.expect.every(
      (/** @type {[number, number[]]} */ [x, ys]) =>
        m.curves.length === ys.length && ys.every((y, i) => isNear(m.curves[i].value(x), y)),
    ),
  reg: (c, m) => {
    const values = Object.fromEntries(
      Object.entries(c.at ?? {}).map(([name, value]) => [name.replace(/_(\d)/, '_{$1}'), value]),
    );
    return m.kind === 'regression' && isNear(m.right(values), c.expect);
  },
};

for (const c of CASES) {
  const given = c.definitions === undefined ? '' : ` where ${c.definitions.join(', ')}`;
  test(`${c.kind} ${c.latex}${given}`, () => {
    const meaning = meaningOf(c.latex, c.definitions, { degreeMode: c.degreeMode ?? false });
    assert.ok(HOLDS[c.kind](c, meaning), JSON.stringify(meaning));
  });
}
