/**
 * Tells when an element is worked in. A mouse that is pressed elsewhere takes the focus away at once; what is hidden in that
 * moment would move the button from under the mouse before it is let go. So the end is told after that.
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
    // The click comes after the pointer is up.
    if (!isPressed) setTimeout(settle);
  };
  target.addEventListener('focusin', settle);
  target.addEventListener('focusout', () => setTimeout(settle));
}
