/** Loads style sheets on demand. */

/** @type {Map<string, Promise<void>>} */
const loaded = new Map();

/**
 * Loads style sheets, each once, and waits until they apply.
 *
 * @param {string[]} names paths below css/, without the extension
 * @throws {Error} if one cannot be loaded; the next call tries again
 */
export async function loadStyles(names) {
  await Promise.all(
    names.map((name) => {
      const sheet = loaded.get(name) ?? load(new URL(`../../css/${name}.css`, import.meta.url).href);
      loaded.set(name, sheet);
      sheet.catch(() => loaded.delete(name));
      return sheet;
    }),
  );
}

/**
 * @param {string} href
 * @returns {Promise<void>}
 */
function load(href) {
  const link = document.createElement('link');
  link.rel = 'stylesheet';
  link.href = href;
  document.head.append(link);
  return new Promise((resolve, reject) => {
    link.addEventListener('load', () => resolve());
    link.addEventListener('error', () => {
      link.remove();
      reject(new Error(`The style sheet ${href} could not be loaded.`));
    });
  });
}
