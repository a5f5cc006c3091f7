/**
 * Compares the drawing of each family with a picture in testdata/families. After an intended change,
 * "MATHMUSEUMS_PICTURES=new node --test browser/families-look.test.js" takes new pictures: look at each before
 * committing it.
 */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { NO_BROWSER } from './lib/chromium.js';
import { compareCurves, takeCurve } from './lib/curve-picture.js';
import { GrapherLab, settle } from './lib/grapher-page.js';

/**
 * A formula of each family, and a part of it without which the comparison must fail.
 *
 * @type {[string, string, string][]}
 */
const FAMILIES = [
  ['linear', 'y=\\frac{2}{3}x-1', 'x<7'],
  ['quadratic', 'y=\\frac{1}{2}\\left(x-1\\right)^{2}-4', 'x>-2'],
  ['cubic', 'y=\\frac{1}{4}x^{3}-2x', 'x>-1'],
  ['polynomial', 'y=\\frac{1}{10}x^{4}-x^{2}+2', 'x<2'],
  ['square_root', 'y=2\\sqrt{x+4}-3', 'x>-3.5'],
  ['cube_root', 'y=3\\sqrt[3]{x-1}', 'x>1'],
  ['absolute_value', 'y=\\left|x-2\\right|-3', 'x>2'],
  ['rational', 'y=\\frac{3}{x-1}+1', 'x>1'],
  ['exponential', 'y=2^{x}-3', 'x>-6'],
  ['logarithmic', 'y=2\\ln\\left(x+5\\right)', 'x>-4.8'],
  ['trigonometric', 'y=3\\sin\\left(2x\\right)+1', 'x<8'],
  ['piecewise', 'y=\\left\\{x<-2:x+4,-2\\le x\\le3:-\\frac{1}{2}x^{2}+3,x>3:2\\right\\}', 'x<=3'],
];

/** Fraction of a curve that may differ. */
const TOLERANCE = 0.01;

describe('the twelve families look as they did', { skip: NO_BROWSER }, () => {
  /** @type {GrapherLab} */
  let lab;
  before(async () => {
    lab = await GrapherLab.open();
  });
  after(() => lab.close());

  for (const [family, formula, part] of FAMILIES) {
    test(family, async () => {
      const { page } = await lab.page({ context: { viewport: { width: 800, height: 480 }, deviceScaleFactor: 1 } });
      const take = async (/** @type {string} */ latex) => {
        await page.evaluate((line) => {
          const list = [{ type: 'expression', id: '1', color: '#c74440', latex: line }];
          const graph = { viewport: { xmin: -10, xmax: 10, ymin: -8, ymax: 8 } };
          /** @type {any} */ (globalThis).probe.grapher.setState({ version: 11, graph, expressions: { list } });
        }, latex);
        await settle(page);
        return takeCurve(page, [0xc7, 0x44, 0x40]);
      };
      const file = new URL(`testdata/families/${family}.png`, import.meta.url);
      const now = await take(formula);
      if (process.env.MATHMUSEUMS_PICTURES === 'new') writeFileSync(file, Buffer.from(now.split(',')[1], 'base64'));
      const then = `data:image/png;base64,${readFileSync(file).toString('base64')}`;
      const { missing, added } = await compareCurves(page, then, now);
      assert.ok(missing < TOLERANCE && added < TOLERANCE, `${missing} of the curve is missing, ${added} is new`);
      const less = await compareCurves(
        page,
        then,
        await take(`${formula}\\left\\{${part.replace('<=', '\\le ')}\\right\\}`),
      );
      assert.ok(
        less.missing >= TOLERANCE,
        `without a part of it, too, the picture would be taken for the same: ${less.missing}`,
      );
      await page.close();
    });
  }
});
