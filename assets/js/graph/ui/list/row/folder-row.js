import { isCollapsed } from '../../../state/folders.js';
import { isHidden, itemText } from '../../../state/item.js';
import { button, element, setAttribute } from '../../parts/dom.js';
import { icon } from '../../parts/icons.js';
import { RowFrame } from './frame.js';

/** A row for a folder: its title, whether it is open, and whether its contents are shown on the plane. */
export class FolderRow {
  element;
  #frame;
  #eye;
  #fold;
  #isCollapsed = false;
  #title = element('input', {
    type: 'text',
    class: 'graph-folder-title',
    placeholder: 'Folder',
    autocomplete: 'off',
    maxlength: 1000,
  });
  #count = element('span', { class: 'graph-folder-count' });

  /**
   * @param {string} key
   * @param {import('../make-row.js').RowActions} actions
   */
  constructor(key, actions) {
    this.#frame = new RowFrame('graph-folder', key, actions);
    this.element = this.#frame.element;
    this.#eye = button('graph-swatch', '', () => actions.toggle(key), icon('folder'));
    this.#fold = button(
      'graph-fold',
      '',
      () => {
        actions.update(key, { collapsed: this.#isCollapsed ? undefined : true });
      },
      icon('open'),
    );
    this.#frame.tab.append(this.#eye);
    this.#frame.body.append(this.#fold, this.#title, this.#count);
    this.#title.addEventListener('input', () => {
      actions.update(key, { title: this.#title.value || undefined }, `edit ${key}`);
    });
    this.#title.addEventListener('keydown', (event) => this.#onKey(event, key, actions));
  }

  /** @param {import('../make-row.js').RowContent} content */
  show(content) {
    const {
      entry: { item },
      number,
      count,
      readOnly,
    } = content;
    const title = itemText(item, 'title');
    const name = title || `folder ${number}`;
    this.#isCollapsed = isCollapsed(item);
    this.#frame.show(content, title ? `folder ${title}` : name);
    setAttribute(this.#title, 'aria-label', `Title of folder ${number}`);
    if (this.#title.value !== title) this.#title.value = title;
    this.#title.readOnly = readOnly;
    this.#count.textContent = this.#isCollapsed && !readOnly ? linesIn(count) : '';
    setAttribute(this.#eye, 'aria-label', `Folder ${number}, ${isHidden(item) ? 'hidden' : 'shown'}`);
    this.#eye.dataset.look = isHidden(item) ? 'hidden' : 'shown';
    this.#eye.disabled = readOnly;
    setAttribute(this.#fold, 'aria-label', `Open ${name}`);
    setAttribute(this.#fold, 'aria-expanded', String(!this.#isCollapsed));
    this.#fold.hidden = readOnly;
  }

  focus() {
    this.#title.focus();
  }

  destroy() {
    this.#frame.destroy();
  }

  /**
   * @param {KeyboardEvent} event
   * @param {string} key
   * @param {import('../make-row.js').RowActions} actions
   */
  #onKey(event, key, actions) {
    if (event.altKey || event.ctrlKey || event.metaKey || event.isComposing) return;
    const { value, readOnly } = this.#title;
    if (event.key === 'ArrowUp') actions.leave(key, -1);
    else if (event.key === 'ArrowDown') actions.leave(key, 1);
    else if (readOnly) return;
    else if (event.key === 'Enter') actions.enter(key);
    else if (event.key === 'Backspace' && value === '') actions.unfold(key);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
}

/** @param {number} count */
function linesIn(count) {
  return count === 0 ? 'empty' : count === 1 ? '1 line' : `${count} lines`;
}
