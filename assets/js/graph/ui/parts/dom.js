/**
 * Makes an element.
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
 * Makes a button that does nothing but what it is told to.
 *
 * @param {string} className
 * @param {string} label its name for those who do not see its picture
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
 * Sets an attribute only where it differs, so that screen readers and style engines are not woken for nothing.
 *
 * @param {Element} node
 * @param {string} name
 * @param {string} value
 */
export function setAttribute(node, name, value) {
  if (node.getAttribute(name) !== value) node.setAttribute(name, value);
}
