/**
 * Small helpers to build and change elements.
 */
import { element } from '../../../lib/dom.js';

export { element };

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
