/** Distance from the viewport at which work starts, so that scrolling finds it done. */
const AHEAD = '300px';

/** @type {WeakMap<Element, () => void>} */
const waiting = new WeakMap();

/** @type {IntersectionObserver | null} shared, because each observer costs work on every scroll */
let observer = null;

/**
 * Runs work once when an element comes near the viewport. What is expensive in a long list (a math field takes some ten
 * milliseconds) is created when it is scrolled to.
 *
 * @param {Element} target
 * @param {() => void} work
 */
export function whenVisible(target, work) {
  observer ??= new IntersectionObserver(onSeen, { rootMargin: AHEAD });
  waiting.set(target, work);
  observer.observe(target);
}

/**
 * @param {IntersectionObserverEntry[]} entries
 * @param {IntersectionObserver} watcher
 */
function onSeen(entries, watcher) {
  for (const { isIntersecting, target } of entries) {
    if (!isIntersecting) continue;
    watcher.unobserve(target);
    waiting.get(target)?.();
    waiting.delete(target);
  }
}
