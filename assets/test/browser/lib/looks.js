/** Checks accessibility and horizontal overflow. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

/** A folder for screenshots of the checked pages, from the environment variable TEST_PICTURES. */
const PICTURES = process.env.TEST_PICTURES;

let axe = '';

/**
 * Fails if the page overflows its width or axe finds a violation. The visitor's browser has to be created with
 * `bypassCSP`.
 *
 * @param {import('./visitor.js').Visitor} visitor
 * @param {string} where
 */
export async function checkLooks({ page }, where) {
  axe ||= readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  await page.waitForTimeout(300);
  if (PICTURES) await takePicture(page, where);
  const over = await page.evaluate(() =>
    Math.max(
      ...[document.documentElement, ...document.querySelectorAll('dialog[open]')].map(
        (part) => part.scrollWidth - part.clientWidth,
      ),
    ),
  );
  assert.ok(over <= 0, `${where} runs over by ${over} px`);
  const violations = await page.evaluate(async (source) => {
    // eval, since the page's policy forbids foreign scripts; bypassCSP allows this.
    if (!('axe' in window)) (0, eval)(source);
    const { axe } = /** @type {any} */ (window);
    const result = await axe.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    });
    return result.violations.map((/** @type {any} */ violation) => ({
      id: violation.id,
      nodes: violation.nodes.map((/** @type {any} */ node) => `${node.html} ${node.failureSummary}`),
    }));
  }, axe);
  assert.deepEqual(violations, [], where);
}

/**
 * @param {import('playwright-core').Page} page
 * @param {string} where
 */
async function takePicture(page, where) {
  const width = page.viewportSize()?.width;
  const scheme = (await page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches)) ? 'dark' : 'light';
  await page.screenshot({
    path: join(/** @type {string} */ (PICTURES), `${where.replaceAll(/\W+/g, '-')}-${width}-${scheme}.png`),
  });
}
