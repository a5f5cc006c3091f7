import { membersOf } from '../../state/folders.js';
import { itemKind } from '../../state/item.js';
import { versionKind } from '../../state/format-version.js';
import { ExpressionList } from './expression-list.js';
import { GraphSettings } from '../plane/graph-settings.js';
import { keypad } from '../input/keypad.js';
import { ListBar } from './bar.js';
import { ListEdits } from './edits.js';
import { commandOf } from './shortcuts.js';
import { ListPaste } from './paste.js';
import { RowMoves } from './row/moves.js';
import { RowOptions } from './row/options.js';
import { rowsAsText } from './copy-text.js';
import { SliderController } from '../slider/controller.js';
import { TableEdits } from '../table/edits.js';

/** Messages below the list for states of an unknown version. */
const VERSION_WORDS = {
  known: '',
  older: 'This graph was made with an older version. Some of it may look different here. All of it is kept.',
  newer: 'This graph was made with a newer version. Some of it may look different here. All of it is kept.',
  unknown: 'This graph has no version. Some of it may look different here. All of it is kept.',
};

const LOGARITHMIC_WORDS = 'This graph has logarithmic axes. They are drawn as linear axes here. The setting is kept.';

/** Connects the list to the document: dispatches what rows and buttons ask for. */
export class ListController {
  #editing;
  #list;
  #edits;
  #moves;
  #options;
  #forgetKeypad;
  #settings;
  #paste;
  #bar;
  /** @type {import('./bar.js').Offer[]} */
  #offers = [];
  /** @type {import('./shortcuts.js').ListCommands} */
  #commands = {
    undo: () => this.step('undo'),
    redo: () => this.step('redo'),
    note: () => this.#edits.addBelowSelected({ type: 'text' }),
    table: () => this.#tables.add(),
    folder: () => this.#edits.addBelowSelected({ type: 'folder' }),
    remove: () => this.#atHand((key) => this.#edits.remove(key, 1)),
    duplicate: () => this.#atHand((key) => this.#edits.duplicate(key)),
    toggle: () => this.#atHand((key) => this.#edits.toggle(key)),
    help: () => void this.#help(),
  };
  #sliders;
  /** @type {TableEdits} */
  #tables;

  /**
   * @param {import('../editing.js').Editing} editing
   * @param {import('../slider/player.js').SliderPlayer} player
   */
  constructor(editing, player) {
    this.#editing = editing;
    this.#settings = new GraphSettings(editing, () => void this.#copy());
    this.#bar = new ListBar(editing.host, () => [...this.#kinds(), ...this.#offers], {
      undo: () => this.step('undo'),
      redo: () => this.step('redo'),
      keypad: () => this.#toggleKeypad(),
      settings: (anchor) => this.#settings.toggle(anchor),
      help: this.#commands.help,
    });
    this.#sliders = new SliderController(editing, player);
    this.#forgetKeypad = keypad.listen(() => this.#bar.showKeypad(keypad.isWanted));
    this.#bar.showKeypad(keypad.isWanted);
    this.#list = new ExpressionList(
      this.#rowActions(),
      {
        add: () => this.#edits.add(editing.document.entries.length),
        write: () => this.#edits.writeAtEnd(),
        undo: () => this.step('undo'),
        select: (key) => editing.select(key),
      },
      this.#bar.element,
    );
    this.#edits = new ListEdits(editing, this.#list);
    this.#tables = new TableEdits(editing, this.#edits);
    this.#paste = new ListPaste(editing, this.#list);
    this.#moves = new RowMoves(editing, this.#list);
    this.#options = new RowOptions(editing, {
      step: (key, direction) => this.#moves.step(key, direction),
      duplicate: (key) => this.#edits.duplicate(key),
      copy: (key) => void this.#copy(key),
      clear: (key) => this.#edits.clear(key),
      enfold: (key) => this.#edits.enfold(key),
      unfold: (key) => this.#edits.unfold(key),
      remove: (key) => this.#edits.remove(key, 1),
      update: (key, changes, tag) => this.#edits.update(key, changes, tag),
    });
  }

  get element() {
    return this.#list.element;
  }

  /** @param {readonly import('../../state/document.js').Entry[]} entries with the current values of playing sliders */
  show(entries) {
    const { document, scene, readOnly } = this.#editing;
    this.#list.show(entries, scene, readOnly);
    this.#list.showSelected(this.#editing.selected);
    const words = [
      VERSION_WORDS[versionKind(document.version)],
      document.settings.logarithmic ? LOGARITHMIC_WORDS : '',
    ];
    this.#list.showRemark(words.filter(Boolean).join(' '));
    this.#bar.show(readOnly);
    this.#bar.showSteps(document.steps);
    this.#settings.show();
    this.#options.show((key) => this.#list.contentOf(key));
  }

  /** Focuses the last expression, or adds one. */
  focus() {
    const last = this.#editing.document.entries.findLast(({ item }) => itemKind(item) === 'expression');
    if (!last || !this.#list.focusRow(last.key)) this.#list.focusAdd();
  }

  /** @param {string | null} key of the selected entry */
  showSelected(key) {
    this.#list.showSelected(key);
  }

  /** @param {string} key of the selected entry, which may have been selected by its curve */
  reveal(key) {
    this.#list.reveal(key);
  }

  /** @param {string} key of a new row; the keypad stays closed, because it would cover what the row draws */
  goToRow(key) {
    if (keypad.isWanted) this.#list.showRow(key);
    else this.#list.focusRow(key);
  }

  /** @param {import('./bar.js').Offer} offer one more command of the "Add" menu */
  offer(offer) {
    this.#offers.push(offer);
  }

  /**
   * @param {KeyboardEvent} event anywhere in the grapher
   * @returns {boolean} whether it was a command
   */
  command(event) {
    const command = commandOf(event);
    if (!command || (this.#editing.readOnly && command !== 'help')) return false;
    this.#commands[command]();
    return true;
  }

  /** @param {'undo' | 'redo'} direction */
  step(direction) {
    if (this.#editing.document[direction]()) this.#editing.restructured();
  }

  destroy() {
    this.#moves.destroy();
    this.#paste.destroy();
    this.#options.destroy();
    this.#settings.destroy();
    this.#bar.destroy();
    this.#forgetKeypad();
    this.#list.destroy();
  }

  /** @param {(key: string) => void} act called with the selected row, if any */
  #atHand(act) {
    const { selected } = this.#editing;
    if (selected !== null) act(selected);
  }

  /** @returns {import('./bar.js').Offer[]} */
  #kinds() {
    return [
      { label: 'Expression', picture: 'curve', run: () => this.#edits.add(this.#editing.document.entries.length) },
      { label: 'Table', picture: 'table', run: this.#commands.table },
      { label: 'Note', picture: 'note', run: this.#commands.note },
      { label: 'Folder', picture: 'folder', run: this.#commands.folder },
    ];
  }

  /** @param {string} [key] of a row, or of a folder with its contents; the whole list by default */
  async #copy(key) {
    const { entries } = this.#editing.document;
    const entry = entries.find((other) => other.key === key);
    const copied = entry ? [entry, ...membersOf(entries, entry)] : entries;
    try {
      await navigator.clipboard.writeText(rowsAsText(copied));
      this.#list.notify('Copied as text.', false);
    } catch {
      this.#list.notify('The browser does not allow copying here. Nothing has changed.', false);
    }
  }

  #toggleKeypad() {
    keypad.isWanted = !keypad.isWanted;
    const { selected } = this.#editing;
    // Without a selected row there is nothing to type in, and the keypad would not be shown.
    if (selected !== null) this.#list.focusRow(selected);
    else if (keypad.isWanted) this.focus();
  }

  /** The help sheet is opened rarely, so it is loaded on demand. */
  async #help() {
    try {
      const { HelpSheet } = await import('../parts/help-sheet.js');
      new HelpSheet(this.#editing.host);
    } catch {
      this.#list.notify('The help could not be loaded. Check the network and try again.', false);
    }
  }

  /** @returns {import('./make-row.js').RowActions} */
  #rowActions() {
    const controller = this;
    return {
      edit: (key, latex) => {
        if (this.#tables.isAsked(latex)) this.#tables.become(key);
        else this.#edits.update(key, { latex: latex || undefined }, `edit ${key}`);
      },
      update: (key, changes, tag) => this.#edits.update(key, changes, tag),
      enter: (key) => this.#edits.addBelow(key),
      paste: (key, text) => this.#paste.intoRow(key, text),
      backspace: (key) => this.#edits.remove(key, -1),
      leave: (key, direction) => this.#edits.focusFrom(key, direction),
      move: (key, index, folder) => this.#edits.move(key, index, folder),
      toggle: (key) => this.#edits.toggle(key),
      become: (key, type, rest) => this.#edits.become(key, type, rest),
      remove: (key) => this.#edits.remove(key, 1),
      unfold: (key) => this.#edits.unfold(key),
      options: (key, name, anchor, isToggle) => {
        const content = this.#list.contentOf(key);
        if (content && !content.readOnly) this.#options.open(content, name, anchor, isToggle);
      },
      sliders: this.#sliders,
      get tables() {
        return controller.#tables;
      },
      addSliders: (key, names) => this.#edits.addSliders(key, names),
      announce: (text) => this.#editing.announce(text),
      select: (key) => this.#editing.select(key),
      images: this.#editing.images,
    };
  }
}
