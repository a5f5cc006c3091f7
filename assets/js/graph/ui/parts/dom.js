/**
 * Creates an element.
 *
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, string | number | boolean>} [attributes] `true` sets an attribute without a value, `false`
 *   leaves it out
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function element(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== false) node.setAttribute(name, value === true ? '' : String(value));
  }
  node.append(...children);
  return node;
}

/**
 * Creates a button of type "button".
 *
 * @param {string} className
 * @param {string} label accessible name
 * @param {() => void} onClick
 * @param {...(Node | string)} children
 * @returns {HTMLButtonElement}
 */
export function button(className, label, onClick, ...children) {
  const node = element('button', { type: 'button', class: className, 'aria-label': label }, ...children);
  node.addEventListener('click', onClick);
  return node;
}

/**
 * Sets an attribute only if it differs, to avoid needless work by screen readers and style recalculation.
 *
 * @param {Element} node
 * @param {string} name
 * @param {string} value
 */
export function setAttribute(node, name, value) {
  if (node.getAttribute(name) !== value) node.setAttribute(name, value);
}
