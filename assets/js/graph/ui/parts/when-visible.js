/** How far from being seen something is got ready, so that scrolling finds it done. */
const AHEAD = '300px';

/** @type {WeakMap<Element, () => void>} */
const waiting = new WeakMap();

/** @type {IntersectionObserver | null} one for all, for each costs the browser work on every scroll */
let observer = null;

/**
 * Does something once when an element comes near to being seen. What is costly to make in a long list (a field for
 * mathematics takes some ten milliseconds) is made as it is scrolled to.
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
