import { describeKept } from './describe.js';
import { element, setAttribute } from './dom.js';
import { RowFrame } from './row-frame.js';
import { listenToRowKeys } from './row-keys.js';

/**
 * A row for an item that is not edited here: it says what the item is, for it is kept as it came.
 */
export class KeptRow {
  element;
  #kind;
  #frame;
  #name = element('span', { class: 'graph-kept-name' });
  #detail = element('span', { class: 'graph-kept-detail' });
  #text = element('div', { class: 'graph-kept-text', role: 'group', tabindex: 0 }, this.#name, this.#detail);

  /**
   * @param {string} key
   * @param {import('./rows.js').RowActions} actions
   * @param {import('../state/item.js').ItemKind} kind
   */
  constructor(key, actions, kind) {
    this.#kind = kind;
    this.#frame = new RowFrame(kind === 'text' ? 'graph-kept graph-note' : 'graph-kept', () => actions.remove(key));
    this.element = this.#frame.element;
    this.#frame.body.append(this.#text);
    listenToRowKeys(this.#text, key, actions);
  }

  /** @param {import('./rows.js').RowContent} content */
  show(content) {
    const { name, detail } = describeKept(content.entry.item);
    this.#frame.show(content, `${name.toLowerCase()} ${content.number}`);
    setAttribute(this.#text, 'aria-label', `${name} ${content.number}`);
    this.#name.textContent = name;
    this.#detail.textContent = detail || (this.#kind === 'text' ? '' : 'kept safe, not shown here yet');
  }

  focus() {
    this.#text.focus();
  }

  destroy() {
    this.#frame.destroy();
  }
}
