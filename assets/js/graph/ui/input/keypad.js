import { PAGES, keysOf } from './keypad-keys.js';
import { leaveRoom, makeRoom } from './keypad-room.js';
import { sinkOf } from './mathlive.js';
import { applyTypingRules } from './mathlive-typing.js';

/** @typedef {import('mathlive').MathfieldElement} MathfieldElement */
/** @typedef {import('./keypad-keys.js').Key} Key */

/** From this width on there is space for twelve keys in a row. */
const WIDE_PX = 560;

/** Devices with a touch screen and an on-screen keyboard. */
const TOUCHED = '(pointer: coarse)';

/** When the focus moves between fields, no element has it for a moment. */
const LEAVE_MS = 60;

const PAGE_ID = 'graph-keypad-';

/** Selector of all keys. */
const CAP = '.MLK__row > *';

/**
 * The on-screen keypad for mathematics: MathLive's keyboard with our keys. Nothing else uses MathLive's keyboard, which
 * is a singleton in the body of the page. The keys act on the field that had the focus last, because a key reached by
 * keyboard or switch has taken the focus from it.
 */
class Keypad {
  #isWanted = matchMedia(TOUCHED).matches;
  /** @type {Set<() => void>} */
  #listeners = new Set();
  /** @type {{field: MathfieldElement, enter: () => void} | null} */
  #target = null;
  #width = '';
  #isCapital = false;
  #isSetUp = false;
  #leaving = 0;
  /** The field was not told that a key has taken the focus. */
  #isLossUntold = false;

  /** @returns {boolean} whether the keypad is in use */
  get isWanted() {
    return this.#isWanted;
  }

  set isWanted(isWanted) {
    if (isWanted === this.#isWanted) return;
    this.#isWanted = isWanted;
    for (const listener of [...this.#listeners]) listener();
    if (!isWanted) this.#hide();
  }

  /**
   * @param {() => void} listener called when the input method changes
   * @returns {() => void} stops listening
   */
  listen(listener) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * Connects a field to the keypad.
   *
   * @param {MathfieldElement} field
   * @param {() => void} enter
   */
  serve(field, enter) {
    const show = () => {
      this.#target = { field, enter };
      if (this.#isWanted && !field.readOnly) this.#show();
    };
    field.addEventListener('focusin', show);
    // A tap brings a hidden keypad back.
    field.addEventListener('click', show);
    field.addEventListener('focusout', () => this.leave());
    // MathLive's field takes the focus back from its keyboard, so that keys could never be pressed without a pointer;
    // not telling it that it has lost the focus prevents that.
    field.addEventListener(
      'blur',
      (event) => {
        if (event.relatedTarget instanceof Element && event.relatedTarget.closest('.graph-keypad')) {
          this.#isLossUntold = true;
          event.stopPropagation();
        }
      },
      { capture: true },
    );
  }

  /** Called when a field is removed from the page, possibly with the focus. */
  leave() {
    clearTimeout(this.#leaving);
    this.#leaving = window.setTimeout(() => this.#hideWhenLeft(), LEAVE_MS);
  }

  /** @returns {HTMLElement | null} */
  get #element() {
    return document.querySelector('body > .ML__keyboard');
  }

  #show() {
    const keyboard = window.mathVirtualKeyboard;
    const width = window.innerWidth >= WIDE_PX ? 'wide' : 'narrow';
    if (width !== this.#width) {
      this.#width = width;
      this.#hide();
      keyboard.editToolbar = 'none';
      keyboard.layouts = [
        /** @type {any} */ ({
          label: 'keypad',
          displayEditToolbar: false,
          layers: PAGES.map((page) => ({
            id: PAGE_ID + page,
            rows: keysOf(width, page).map((row) => row.map(keycapOf)),
          })),
        }),
      ];
    }
    if (!this.#isSetUp) this.#setUp();
    const isNew = !keyboard.visible;
    if (isNew) {
      keyboard.show({ animate: false });
      this.#name();
    }
    const element = this.#element;
    const host = this.#target?.field.closest('.graph');
    if (!element || !(host instanceof HTMLElement)) return;
    makeRoom(host, element.querySelector('.MLK__plate') ?? element, isNew);
    this.#target?.field.scrollIntoView({ block: 'nearest' });
  }

  #setUp() {
    this.#isSetUp = true;
    const keyboard = window.mathVirtualKeyboard;
    const own = keyboard.executeCommand.bind(keyboard);
    keyboard.executeCommand = (command) => this.#run(command) || own(command);
    window.addEventListener('resize', () => {
      if (keyboard.visible) this.#show();
    });
  }

  /** Names the keys for screen readers, and makes them operable without a pointer. */
  #name() {
    const element = this.#element;
    if (!element) return;
    element.classList.add('graph-keypad');
    element.setAttribute('role', 'region');
    element.setAttribute('aria-label', 'Keypad');
    const width = /** @type {'narrow' | 'wide'} */ (this.#width);
    for (const page of PAGES) {
      const caps = element.querySelectorAll(`#${PAGE_ID}${page} ${CAP}`);
      keysOf(width, page)
        .flat()
        .forEach((key, index) => {
          const cap = caps[index];
          cap?.setAttribute('role', 'button');
          cap?.setAttribute('aria-label', key.name);
          cap?.setAttribute('tabindex', index === 0 ? '0' : '-1');
        });
    }
    element.addEventListener('keydown', this.#onKey);
    // A click without a pointer comes from a screen reader or a switch.
    element.addEventListener('click', (event) => {
      if (event.detail === 0) this.#press(event.target);
    });
    element.addEventListener('focusout', () => this.leave());
  }

  #hideWhenLeft() {
    const { activeElement } = document;
    const isHere =
      activeElement !== null && (activeElement === this.#target?.field || this.#element?.contains(activeElement));
    if (isHere) return;
    if (this.#isLossUntold) this.#target?.field.blur();
    this.#isLossUntold = false;
    this.#hide();
  }

  #hide() {
    if (window.mathVirtualKeyboard?.visible) window.mathVirtualKeyboard.hide({ animate: false });
    leaveRoom();
  }

  /**
   * @param {unknown} command command of a key
   * @returns {boolean} whether it is one of our commands
   */
  #run(command) {
    if (!Array.isArray(command) || !this.#target) return false;
    const { field, enter } = this.#target;
    const [name, argument] = /** @type {[string, string]} */ (command);
    switch (name) {
      case 'typed':
        this.#type(field, argument);
        return true;
      case 'insert':
        field.insert(argument, { format: 'latex', mode: 'math', selectionMode: 'placeholder', focus: false });
        return true;
      case 'perform':
        if (argument === 'deleteBackward' && field.value === '') field.dispatchEvent(keyEvent('Backspace'));
        else field.executeCommand(/** @type {'deleteBackward'} */ (argument));
        return true;
      case 'page':
        window.mathVirtualKeyboard.executeCommand(['switchKeyboardLayer', PAGE_ID + argument]);
        return true;
      case 'shift':
        this.#setCapital(!this.#isCapital);
        return true;
      case 'enter':
        enter();
        return true;
      case 'device':
        this.isWanted = false;
        return true;
      case 'hide':
        this.#hide();
        return true;
      default:
        return false;
    }
  }

  /**
   * Types a character as from a keyboard, with the same typing rules.
   *
   * @param {MathfieldElement} field
   * @param {string} sign
   */
  #type(field, sign) {
    const key = this.#isCapital ? sign.toUpperCase() : sign;
    if (this.#isCapital) this.#setCapital(false);
    if (!applyTypingRules(field, keyEvent(key))) field.executeCommand(['typedText', key, { simulateKeystroke: true }]);
  }

  /** @param {boolean} isCapital */
  #setCapital(isCapital) {
    this.#isCapital = isCapital;
    this.#element?.classList.toggle('graph-keypad-capital', isCapital);
    this.#element?.querySelector(`[aria-label="capital letters"]`)?.setAttribute('aria-pressed', String(isCapital));
  }

  /** @param {EventTarget | null} target a key or its label */
  #press(target) {
    const cap = target instanceof Element ? target.closest(CAP) : null;
    const command = cap?.getAttribute('data-command');
    if (!command) return;
    const isFocused = cap === document.activeElement;
    this.#run(JSON.parse(command));
    // The key may be on a page that is hidden now.
    const first = isFocused ? this.#element?.querySelector(`.MLK__layer.is-visible ${CAP}[tabindex="0"]`) : null;
    if (first instanceof HTMLElement && !first.closest('.MLK__layer')?.contains(cap)) first.focus();
  }

  #onKey = (/** @type {KeyboardEvent} */ event) => {
    const cap = event.target instanceof Element ? event.target.closest(CAP) : null;
    if (!cap) return;
    if (event.key === 'Enter' || event.key === ' ') this.#press(cap);
    else if (event.key === 'Escape') {
      if (this.#target) sinkOf(this.#target.field)?.focus();
    } else if (!go(cap, event.key)) return;
    event.preventDefault();
    event.stopPropagation();
  };
}

export const keypad = new Keypad();

/** @param {string} key */
function keyEvent(key) {
  return new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true });
}

/** @param {Key} key */
function keycapOf({ label, latex, command, isAction }) {
  return {
    ...(latex === undefined ? { label } : { latex }),
    command,
    class: isAction ? 'action' : (label ?? '').length > 3 ? 'small' : '',
  };
}

/**
 * @param {Element} cap a key
 * @param {string} key an arrow key
 * @returns {boolean} whether the focus moved to the next key in that direction
 */
function go(cap, key) {
  const rows = [...(cap.closest('.MLK__layer')?.querySelectorAll('.MLK__row') ?? [])].map((row) => [
    ...row.querySelectorAll(CAP),
  ]);
  const y = rows.findIndex((row) => row.includes(cap));
  const x = rows[y].indexOf(cap);
  const [dx, dy] = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[key] ?? [0, 0];
  const row = rows[y + dy];
  const next = row?.[Math.min(x + dx, row.length - 1)];
  if (!(next instanceof HTMLElement) || next === cap) return false;
  cap.setAttribute('tabindex', '-1');
  next.setAttribute('tabindex', '0');
  next.focus();
  return true;
}
