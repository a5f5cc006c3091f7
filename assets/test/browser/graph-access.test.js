import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { after, before, describe, test } from 'node:test';
import { NO_BROWSER } from './lib/chromium.js';
import { GrapherLab } from './lib/grapher-page.js';

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const state = {
  version: 11,
  graph: { viewport: { xmin: -10, xmax: 10, ymin: -10, ymax: 10 } },
  expressions: {
    list: [
      { type: 'expression', id: '1', color: '#c74440', latex: 'y=\\sqrt{x}' },
      { type: 'expression', id: '2', color: '#2d70b3', latex: 'y=mx+' },
      { type: 'expression', id: '3', color: '#388c46', latex: 'y=cx+k' },
      { type: 'expression', id: '4', color: '#6042a6', latex: 'a=2' },
      { type: 'expression', id: '5', color: '#fa7e19', latex: '2+3' },
      { type: 'expression', id: '6', color: '#000000', latex: 'y=2', hidden: true },
      { type: 'expression', id: '7', color: '#000000' },
      { type: 'text', id: '8', text: 'A note' },
      { type: 'table', id: '9', columns: [] },
    ],
  },
};

/** @param {{id: string, nodes: {html: string}[]}} violation */
const summary = ({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`;

describe('for everyone', { skip: NO_BROWSER }, () => {
  /** @type {GrapherLab} */
  let lab;
  before(async () => {
    lab = await GrapherLab.open();
  });
  after(() => lab.close());

  for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
    for (const [device, screen] of /** @type {const} */ ([
      ['a desk', { viewport: { width: 1280, height: 800 } }],
      ['a narrow window', { viewport: { width: 320, height: 640 } }],
      ['a phone', { viewport: { width: 360, height: 700 }, hasTouch: true, isMobile: true }],
    ])) {
      test(`axe finds nothing: ${device}, ${colorScheme}`, async () => {
        const { page } = await lab.page({ state, context: { colorScheme, ...screen } });
        await page.evaluate(axe);
        const { violations } = /** @type {any} */ (await page.evaluate('axe.run()'));
        assert.deepEqual(violations.map(summary), []);
        await page.close();
      });
    }
  }

  for (const touched of [false, true]) {
    test(`at 320 pixels nothing is cut off sideways, however long a formula is${touched ? ', by touch' : ''}`, async () => {
      const latex = `y=${'x^{2}+'.repeat(40)}1`;
      const list = [{ type: 'expression', id: 'long', latex }, ...state.expressions.list];
      const context = { viewport: { width: 320, height: 640 }, hasTouch: touched, isMobile: touched };
      const { page } = await lab.page({ state: { ...state, expressions: { list } }, context });
      const [inner, scroll] = await page.evaluate(() => [innerWidth, document.documentElement.scrollWidth]);
      assert.ok(scroll <= inner);
      const overhang = await page.locator('.graph-list').evaluate((node) => node.scrollWidth - node.clientWidth);
      assert.equal(overhang, 0);
      await page.close();
    });
  }

  for (const [pointer, least, context] of /** @type {const} */ ([
    ['a mouse', 24, {}],
    ['a finger', 44, { hasTouch: true, isMobile: true, viewport: { width: 400, height: 800 } }],
  ])) {
    test(`every control is large enough for ${pointer}`, async () => {
      const { page } = await lab.page({ state, context });
      const boxes = await page.locator('.graph button, .graph math-field, .graph input').evaluateAll((nodes) =>
        nodes
          .filter((node) => node.checkVisibility())
          .map((node) => {
            const { width, height } = node.getBoundingClientRect();
            return { name: node.ariaLabel ?? node.textContent, width, height };
          }),
      );
      assert.ok(boxes.length > 20);
      const small = boxes.filter(({ width, height }) => Math.min(width, height) < least - 0.01);
      assert.deepEqual(small, []);
      await page.close();
    });
  }

  test('formulas are told to those who come to them without seeing them', async () => {
    const { page } = await lab.page({ state });
    const field = page.getByRole('textbox', { name: 'Expression 1: y equals the square root of x', exact: true });
    await field.focus();
    await page.keyboard.press('End');
    await page.keyboard.type('+1');
    await page.locator('canvas').focus();
    await page
      .getByRole('textbox', { name: 'Expression 1: y equals the square root of x plus 1', exact: true })
      .waitFor({ state: 'attached' });
    await page.close();
  });

  test('with the keyboard alone every control is reached in the order it is read', async () => {
    const { page } = await lab.page({ state });
    await page.evaluate(() => document.body.focus());
    /** @type {string[]} */
    const names = [];
    for (let i = 0; i < 70; i++) {
      await page.keyboard.press('Tab');
      names.push(
        await page.evaluate(() => {
          const node = document.activeElement;
          return node?.ariaLabel || node?.textContent || '';
        }),
      );
      if (names.includes('Back to the start view')) break;
    }
    const order = [
      'Expression 1, red, shown',
      'Expression 1',
      'Delete expression 1',
      'Expression 2',
      'Add slider: c',
      'Slider for a',
      'Add expression',
      'Zoom in',
    ];
    const places = order.map((name) => names.indexOf(name));
    assert.ok(
      places.every((place, i) => place >= 0 && (i === 0 || place > places[i - 1])),
      names.join(' | '),
    );
    await page.close();
  });
});
