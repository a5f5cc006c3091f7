/**
 * Reports when the focus enters or leaves an element. Pressing elsewhere moves the focus at once; hiding something at
 * that moment would move the button from under the pointer, so leaving is reported after the release.
 *
 * @param {HTMLElement} target
 * @param {(isAtHand: boolean) => void} tell
 */
export function trackFocus(target, tell) {
  let isAtHand = false;
  let isPressed = false;
  const settle = () => {
    const isNow = target.contains(document.activeElement);
    if (isNow === isAtHand || (isPressed && !isNow)) return;
    isAtHand = isNow;
    for (const type of ['pointerdown', 'pointerup', 'pointercancel']) {
      if (isAtHand) document.addEventListener(type, onPointer, { capture: true });
      else document.removeEventListener(type, onPointer, { capture: true });
    }
    tell(isAtHand);
  };
  const onPointer = (/** @type {Event} */ { type }) => {
    isPressed = type === 'pointerdown';
    // The click comes after the pointer is released.
    if (!isPressed) setTimeout(settle);
  };
  target.addEventListener('focusin', settle);
  target.addEventListener('focusout', () => setTimeout(settle));
}
