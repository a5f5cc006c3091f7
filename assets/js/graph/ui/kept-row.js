import { describeKept } from './describe.js';
import { element } from './dom.js';

/**
 * A row for an item that is not edited here: it says what the item is, for it is kept as it came.
 */
export class KeptRow {
  #name = element('span', { class: 'graph-kept-name' });
  #detail = element('span', { class: 'graph-kept-detail' });
  #number = element('span', { class: 'graph-number', 'aria-hidden': 'true' });
  element = element(
    'li',
    { class: 'graph-row graph-kept' },
    element('div', { class: 'graph-tab' }, this.#number),
    element('p', { class: 'graph-kept-text' }, this.#name, this.#detail),
  );

  /** @param {import('../state/item.js').ItemKind} kind */
  constructor(kind) {
    this.kind = kind;
    if (kind === 'text') this.element.classList.add('graph-note');
  }

  /** @param {import('./expression-row.js').RowContent} content */
  show({ entry, number }) {
    const { name, detail } = describeKept(entry.item);
    this.#number.textContent = String(number);
    this.#name.textContent = name;
    this.#detail.textContent = detail || (this.kind === 'text' ? '' : 'kept safe, not shown here yet');
  }

  destroy() {
    this.element.remove();
  }
}
