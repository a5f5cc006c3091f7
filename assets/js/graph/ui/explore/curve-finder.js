import { followersOf } from '../../math/follow/follow.js';
import { domainOf } from '../../plot/sample/path.js';
import { entryKeyOf } from '../../state/table-scene.js';

/** @typedef {import('../../math/follow/follow.js').Follower} Follower */
/** @typedef {import('../../state/scene.js').Drawable} Drawable */

/**
 * @param {Drawable} drawable
 * @returns {{min: number, max: number}} the range of its parameter; without one, an arbitrary range
 */
export function parameterOf({ meaning, domain }) {
  return meaning.kind === 'polar' || meaning.kind === 'parametric' ? domainOf(meaning, domain) : { min: 0, max: 0 };
}

/** Finds the curves on the plane that can be touched or traced. */
export class CurveFinder {
  #editing;
  /** @type {WeakMap<Drawable, Follower[]>} */
  #followers = new WeakMap();

  /** @param {import('../editing.js').Editing} editing */
  constructor(editing) {
    this.#editing = editing;
  }

  /** @returns {import('../../math/follow/follow.js').Seen} */
  get seen() {
    const { viewport, size } = this.#editing.plane;
    const pixel = {
      x: (viewport.xmax - viewport.xmin) / Math.max(1, size.width),
      y: (viewport.ymax - viewport.ymin) / Math.max(1, size.height),
    };
    return { viewport, pixel };
  }

  /** @returns {readonly Drawable[]} the traceable ones, in the order of the list */
  get drawables() {
    return this.#editing.scene.drawables.filter((drawable) => this.followers(drawable).length > 0);
  }

  /** @param {string | null} key @returns {Drawable | undefined} */
  drawable(key) {
    return this.#editing.scene.drawables.find((drawable) => drawable.key === key);
  }

  /** @returns {Drawable | undefined} the selected curve; for a table, only a column that was touched */
  get selected() {
    return this.drawable(this.#editing.selectedCurve);
  }

  /**
   * @returns {Drawable | undefined} where the keyboard starts: the selected curve, the first column of a selected
   *   table, or the first curve drawn
   */
  get first() {
    const { drawables } = this;
    const own = drawables.filter(({ key }) => entryKeyOf(key) === this.#editing.selected);
    return own.find((drawable) => drawable === this.selected) ?? own[0] ?? drawables[0];
  }

  /** @param {Drawable} drawable @returns {readonly Follower[]} */
  followers(drawable) {
    let followers = this.#followers.get(drawable);
    if (!followers) {
      followers = followersOf(drawable.meaning, parameterOf(drawable));
      this.#followers.set(drawable, followers);
    }
    return followers;
  }

  /**
   * @param {import('../plane/tools.js').Pixel} pixel
   * @param {number} reach in pixels
   * @returns {{drawable: Drawable, index: number} | null} the nearest curve; of two, the topmost
   */
  at(pixel, reach) {
    const [at, seen] = [this.#editing.plane.toPlane(pixel), this.seen];
    let nearest = null;
    let least = reach;
    for (const drawable of this.#editing.scene.drawables) {
      this.followers(drawable).forEach((follower, index) => {
        const distance = follower.distance(at, seen);
        if (distance > least) return;
        nearest = { drawable, index };
        least = distance;
      });
    }
    return nearest;
  }
}
