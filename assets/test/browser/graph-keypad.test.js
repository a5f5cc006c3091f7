import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { after, before, describe, test } from 'node:test';
import { NO_BROWSER } from './lib/chromium.js';
import { GrapherLab, settle } from './lib/grapher-page.js';

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** @param {...string} formulas */
const stateOf = (...formulas) => ({
  version: 11,
  expressions: { list: formulas.map((latex, i) => ({ type: 'expression', id: String(i), color: '#c74440', latex })) },
});

/** The labels of keys are mathematics, which is spoken differently from its letters. */
const OPTIONS = '{ rules: { "label-content-name-mismatch": { enabled: false } } }';

const PHONE = { viewport: { width: 320, height: 640 }, hasTouch: true, isMobile: true };
const LYING = { viewport: { width: 640, height: 320 }, hasTouch: true, isMobile: true };

describe('the keypad', { skip: NO_BROWSER }, () => {
  /** @type {GrapherLab} */
  let lab;
  before(async () => {
    lab = await GrapherLab.open();
  });
  after(() => lab.close());

  /** @typedef {Awaited<ReturnType<GrapherLab['page']>>} Grapher */

  /** @param {Grapher} grapher */
  const keypad = ({ page }) => page.getByRole('region', { name: 'Keypad', exact: true });

  /** @param {Grapher} grapher @param {number} index */
  const open = async (grapher, index) => {
    // Rows that have not been visible have no field yet.
    const row = grapher.page.locator('.graph-row').nth(index);
    await row.scrollIntoViewIfNeeded();
    const field = row.locator('math-field');
    await field.tap();
    await keypad(grapher).waitFor();
  };

  /** Taps keys by their names. @param {Grapher} grapher @param {...string} names */
  const tap = async (grapher, ...names) => {
    for (const name of names) await keypad(grapher).getByRole('button', { name, exact: true }).tap();
    await settle(grapher.page);
  };

  /** @param {Grapher} grapher @returns {Promise<string[]>} */
  const formulas = async (grapher) => {
    await settle(grapher.page);
    return (await grapher.state()).expressions.list.map((/** @type {{latex?: string}} */ item) => item.latex ?? '');
  };

  test('a formula is typed with it, with nothing fetched from elsewhere', async () => {
    const grapher = await lab.page({ state: stateOf(''), context: PHONE });
    /** @type {string[]} */
    const asked = [];
    grapher.page.on('request', (request) => asked.push(request.url()));
    await open(grapher, 0);
    await tap(
      grapher,
      'y',
      'equals',
      '2',
      'x',
      'to the power',
      '1',
      '0',
      'plus',
      'square root',
      'x',
      'right',
      'divided by, fraction',
      '3',
    );
    assert.deepEqual(await formulas(grapher), ['y=2x^{10}+\\frac{\\sqrt{x}}{3}']);
    await tap(grapher, 'right', 'only where, braces', 'x', 'less than or equal', '5', 'delete', '4');
    assert.deepEqual(await formulas(grapher), ['y=2x^{10}+\\frac{\\sqrt{x}}{3}\\left\\{x\\le4\\right\\}']);
    assert.ok(
      asked.every((url) => new URL(url).origin === new URL(grapher.page.url()).origin && !/\.(wav|mp3)/.test(url)),
      asked.join(' '),
    );
    assert.deepEqual(grapher.complaints, []);
    await grapher.page.close();
  });

  test('functions and letters lie on further pages; enter begins the next line, delete takes an empty one away', async () => {
    const grapher = await lab.page({ state: stateOf(''), context: LYING });
    await open(grapher, 0);
    await tap(
      grapher,
      'letters',
      'capital letters',
      'q',
      'equals',
      'functions',
      'sin',
      'numbers',
      'pi',
      'right',
      'enter, next line',
    );
    await tap(grapher, '7');
    assert.deepEqual(await formulas(grapher), ['Q=\\sin\\left(\\pi\\right)', '7']);
    await tap(grapher, 'delete', 'delete');
    assert.deepEqual(await formulas(grapher), ['Q=\\sin\\left(\\pi\\right)']);
    await grapher.page.close();
  });

  for (const [name, context] of /** @type {const} */ ([
    ['an upright phone', PHONE],
    ['a lying phone', LYING],
  ])) {
    test(`it does not cover what is typed, and its keys are large enough: ${name}`, async () => {
      const grapher = await lab.page({ state: stateOf('y=1', 'y=2', 'y=3', 'y=4', 'y=5', 'y=6', 'y=7'), context });
      for (const index of [0, 6]) {
        await open(grapher, index);
        await grapher.page.waitForFunction((wanted) => {
          const field = /** @type {Element} */ (
            document.querySelectorAll('.graph-row')[wanted].querySelector('math-field')
          ).getBoundingClientRect();
          const plate = document.querySelector('.MLK__plate')?.getBoundingClientRect();
          return plate && field.top >= 0 && field.bottom <= plate.top + 1 && plate.bottom <= innerHeight + 1;
        }, index);
      }
      for (const page of ['numbers', 'functions', 'letters']) {
        if (page !== 'numbers') await tap(grapher, page);
        const small = await keypad(grapher)
          .getByRole('button')
          .evaluateAll((nodes) =>
            nodes
              .filter((node) => node.checkVisibility())
              .map((node) => ({
                name: node.getAttribute('aria-label'),
                box: node.getBoundingClientRect(),
                over: node.scrollWidth - node.clientWidth,
              }))
              .filter(
                ({ box, over }) =>
                  box.width < 43.99 || box.height < 43.99 || box.left < 0 || box.right > innerWidth || over > 3,
              )
              .map(({ name: key, box, over }) => `${key} ${box.width} ${box.height} ${over}`),
          );
        assert.deepEqual(small, [], page);
      }
      await grapher.page.close();
    });
  }

  test('the head of the page makes way, so that the curve is seen while it is typed', async () => {
    const grapher = await lab.page({ state: stateOf('y=1'), context: PHONE });
    await grapher.page.locator('h1').evaluate((head) => {
      head.style.marginBlockEnd = '200px';
    });
    await open(grapher, 0);
    await grapher.page.waitForFunction(() => document.querySelector('.graph[data-keypad="open"]'));
    assert.equal(await grapher.page.locator('canvas').isVisible(), true);
    await grapher.page.close();
  });

  test('on a tablet the list and the plane reach down to it', async () => {
    const grapher = await lab.page({
      state: stateOf('a=1'),
      context: { ...PHONE, viewport: { width: 820, height: 1180 } },
    });
    await open(grapher, 0);
    await grapher.page.waitForFunction(() => {
      const plate = document.querySelector('.MLK__plate')?.getBoundingClientRect();
      const bottoms = ['.graph-list', '.graph-plane'].map(
        (part) => document.querySelector(part)?.getBoundingClientRect().bottom ?? 0,
      );
      return plate && bottoms.every((bottom) => Math.abs(bottom - plate.top) < 3);
    });
    const over = await grapher.page.locator('.graph-list').evaluate((list) => list.scrollWidth - list.clientWidth);
    assert.ok(over <= 0, `a slider sticks out of the list by ${over} px`);
    await grapher.page.close();
  });

  test('the line that is typed in stays in sight beside a message that leaves no room for both', async () => {
    const grapher = await lab.page({ state: stateOf('y=1', ''), context: PHONE });
    await open(grapher, 1);
    await grapher.page.keyboard.type('y=dhkmpqrs');
    await grapher.page.getByRole('button', { name: 'Add all sliders' }).waitFor();
    await settle(grapher.page);
    const [bar, field, message] = await Promise.all(
      ['.graph-list-bar', '.graph-row:last-child math-field', '.graph-row:last-child .graph-message'].map((part) =>
        grapher.page.locator(part).boundingBox(),
      ),
    );
    const keys = await keypad(grapher).locator('.MLK__plate').boundingBox();
    assert.ok(bar && field && message && keys);
    assert.ok(message.height + field.height > keys.y - bar.y - bar.height, 'there is no room for both');
    assert.ok(
      field.y >= bar.y + bar.height - 1 && field.y + field.height <= keys.y + 1,
      `the field is at ${field.y}, under ${bar.y + bar.height}, above ${keys.y}`,
    );
    await grapher.page.close();
  });

  test('it is hidden, comes back by a tap, and goes when the cursor is elsewhere', async () => {
    const grapher = await lab.page({ state: stateOf('y=1'), context: PHONE });
    await open(grapher, 0);
    await tap(grapher, 'hide the keypad');
    assert.equal(await keypad(grapher).count(), 0);
    await open(grapher, 0);
    await grapher.page.locator('canvas').tap({ position: { x: 60, y: 110 } });
    await grapher.page.evaluate(() => /** @type {HTMLElement} */ (document.querySelector('canvas')).focus());
    await keypad(grapher).waitFor({ state: 'detached' });
    assert.equal(await grapher.page.locator('.graph[data-keypad]').count(), 0, 'the room is given back');
    await grapher.page.close();
  });

  test('a key takes the keyboard of the device instead, a button the keypad again', async () => {
    const grapher = await lab.page({ state: stateOf('y=x^{2}', 'y=1'), context: PHONE });
    await open(grapher, 0);
    await tap(grapher, 'keyboard of the device');
    assert.equal(await keypad(grapher).count(), 0);
    assert.deepEqual(
      await grapher.page.evaluate(() => {
        const { activeElement } = document;
        return activeElement instanceof HTMLInputElement && [activeElement.value, activeElement.inputMode];
      }),
      ['y = x^2', ''],
    );
    await grapher.page.keyboard.type('+1');
    assert.deepEqual(await formulas(grapher), ['y=x^{2}+1', 'y=1']);
    const toggle = grapher.page.getByRole('button', { name: 'Keypad' });
    assert.equal(await toggle.getAttribute('aria-pressed'), 'false');
    await toggle.tap();
    await keypad(grapher).waitFor();
    await grapher.page.keyboard.press('End');
    await tap(grapher, 'plus', '2');
    assert.deepEqual(await formulas(grapher), ['y=x^{2}+1+2', 'y=1']);
    await grapher.page.close();
  });

  test('at a desk it is there only if asked for, and reached by keys', async () => {
    const grapher = await lab.page({ state: stateOf('y=1', 'y=2') });
    const { page } = grapher;
    await page.locator('math-field').nth(1).click();
    await page.waitForFunction(() => document.activeElement?.tagName === 'MATH-FIELD');
    assert.equal(await keypad(grapher).count(), 0);
    await page.getByRole('button', { name: 'Keypad' }).click();
    await keypad(grapher).waitFor();
    await page.keyboard.press('End');
    await keypad(grapher).getByRole('button', { name: 'x', exact: true }).focus();
    await page.keyboard.press('Enter');
    for (const key of ['ArrowRight', 'ArrowRight', 'ArrowDown', ' ']) await page.keyboard.press(key);
    assert.deepEqual(await formulas(grapher), ['y=1', 'y=2x\\sqrt{}']);
    assert.equal(
      await page.evaluate(() => document.activeElement?.getAttribute('role')),
      'button',
      'the focus stays on the key',
    );
    await page.keyboard.press('Escape');
    assert.equal(await page.evaluate(() => document.activeElement?.tagName), 'MATH-FIELD');
    await page.close();
  });

  test('who only looks gets none', async () => {
    const grapher = await lab.page({ state: stateOf('y=1'), context: PHONE, readOnly: true });
    await grapher.page.locator('math-field').first().tap();
    await settle(grapher.page);
    assert.equal(await keypad(grapher).count(), 0);
    await grapher.page.close();
  });

  for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
    test(`axe finds nothing with it open: ${colorScheme}`, async () => {
      const grapher = await lab.page({ state: stateOf('y=1'), context: { ...PHONE, colorScheme } });
      await open(grapher, 0);
      await grapher.page.evaluate(axe);
      for (const page of ['functions', 'letters', 'numbers']) {
        await tap(grapher, page);
        const { violations } = /** @type {any} */ (
          await grapher.page.evaluate('axe.run(document, options)'.replace('options', OPTIONS))
        );
        assert.deepEqual(
          violations.map(
            (/** @type {any} */ { id, nodes }) =>
              `${id}: ${nodes
                .map((/** @type {any} */ node) => node.html)
                .join(' ')
                .slice(0, 400)}`,
          ),
          [],
          page,
        );
      }
      await grapher.page.close();
    });
  }
});
