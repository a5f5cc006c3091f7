/** Small helpers that build elements. Text always becomes a text node, so user input is never parsed as HTML. */

/** @typedef {Node | string | null | false | undefined} Child */

/**
 * The options of `element`: `on` holds event listeners, `style` styles and custom properties; all others are
 * attributes. `true` sets an attribute without a value; `false`, `null` and `undefined` leave it out.
 *
 * @typedef {object} Options
 * @property {Record<string, (event: any) => void>} [on]
 * @property {Record<string, string>} [style]
 */

/**
 * Creates an HTML element with attributes, listeners and children.
 *
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Options & Record<string, any>} [options]
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function element(tag, options = {}, ...children) {
  const made = document.createElement(tag);
  const { on = {}, style = {}, ...attributes } = options;
  for (const [name, value] of Object.entries(attributes)) setAttribute(made, name, value);
  for (const [name, listener] of Object.entries(on)) made.addEventListener(name, listener);
  for (const [name, value] of Object.entries(style)) made.style.setProperty(name, value);
  made.append(...present(children));
  return made;
}

/**
 * Creates an icon of the museum's set (`img/icons.svg`), as large as the surrounding text. Icons are decorative: the
 * text or the accessible name of the button has to say the same.
 *
 * @param {string} name id of a symbol in the set
 */
export function icon(name) {
  const namespace = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(namespace, 'svg');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('aria-hidden', 'true');
  const use = document.createElementNS(namespace, 'use');
  use.setAttribute('href', `${new URL('../../img/icons.svg', import.meta.url)}#${name}`);
  svg.append(use);
  return svg;
}

/**
 * @param {Element} target
 * @param {string} name
 * @param {string | number | boolean | null | undefined} value
 */
function setAttribute(target, name, value) {
  if (value === false || value === null || value === undefined) return;
  target.setAttribute(name, value === true ? '' : String(value));
}

/**
 * @param {Child[]} children
 * @returns {(Node | string)[]}
 */
function present(children) {
  return /** @type {(Node | string)[]} */ (
    children.filter((child) => child !== null && child !== false && child !== undefined)
  );
}
