import { describeKept } from '../../explore/describe-graph.js';
import { element, setAttribute } from '../../parts/dom.js';
import { RowFrame } from './frame.js';
import { listenToRowKeys } from './arrow-keys.js';

/** A row for an item that cannot be edited here: it names the item, which is kept unchanged. */
export class UnsupportedRow {
  element;
  #frame;
  #name = element('span', { class: 'graph-kept-name' });
  #detail = element('span', { class: 'graph-kept-detail' });
  #text = element('div', { class: 'graph-kept-text', role: 'group', tabindex: 0 }, this.#name, this.#detail);

  /**
   * @param {string} key
   * @param {import('../make-row.js').RowActions} actions
   */
  constructor(key, actions) {
    this.#frame = new RowFrame('graph-kept', key, actions);
    this.element = this.#frame.element;
    this.#frame.body.append(this.#text);
    listenToRowKeys(this.#text, key, actions);
  }

  /** @param {import('../make-row.js').RowContent} content */
  show(content) {
    const { name, detail } = describeKept(content.entry.item);
    this.#frame.show(content, `${name.toLowerCase()} ${content.number}`);
    setAttribute(this.#text, 'aria-label', `${name} ${content.number}`);
    this.#name.textContent = name;
    this.#detail.textContent = detail || 'kept safe, not shown here yet';
  }

  focus() {
    this.#text.focus();
  }

  destroy() {
    this.#frame.destroy();
  }
}
