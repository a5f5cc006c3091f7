/**
 * A student with one device, in one tab or two, switching between them, with photos being moved to the server and pages
 * closed at any moment. The student always sees their own last state, and is never asked to resolve a conflict.
 */
import assert from 'node:assert/strict';
import { Dice } from './dice.js';
import { SimDevice } from './device.js';
import { Network } from './network.js';
import { DAYS_AHEAD, DAY_MS } from './world.js';
import { addressOf, dataUrl, noise } from './pictures.js';

/** @typedef {import('../../browser/lib/server.js').Server} Server */
/** @typedef {import('../../../js/sync/tile-view.js').TileView} TileView */

const TYPE = 'linear';

/** The content of the tile: the notes and the items of the graph. @typedef {{description: string, list: any[]}} Work */

export class LoneStudent {
  #dice;
  #server;
  #email;
  #device;
  /** What each tab shows. @type {TileView[]} */
  #views = [];
  /** The tab in front, which may be in use so that its content must not change. */
  #front = 0;
  #isBusy = false;
  /** The states of the tile that the student has made, the newest last. @type {Work[]} */
  #made = [{ description: '', list: [] }];
  /** The addresses of photos, by embedded photo. @type {Map<string, string>} */
  #addresses = new Map();
  #count = 0;
  #isSyncing = false;

  /** @param {Server} server @param {number} seed @param {number} tabs */
  constructor(server, seed, tabs) {
    this.#dice = new Dice(seed);
    this.#server = server;
    this.#email = `lone-${tabs}-${seed}@school.example`;
    this.#device = new SimDevice({
      number: 1,
      url: server.url,
      network: new Network(this.#dice, () => undefined),
      tabs,
      code: server.code,
    });
  }

  /** @param {number} steps */
  async run(steps) {
    await this.#setClock(0);
    await this.#device.signIn(this.#email, this.#server.code);
    this.#device.tabs.forEach((_, place) => this.#look(place));
    this.#device.network.isStrange = true;
    for (let i = 0; i < steps; i++) {
      for (const { account } of this.#device.tabs) if (account.ended) await account.checkSession();
      if (this.#dice.chance(20) && this.#device.tabs.some(({ account }) => account.ended))
        await this.#device.renewSession();
      this.#device.network.isGood = this.#dice.chance(50);
      await this.#step();
      this.#checkNobodyElse();
    }
    await this.#device.flush();
    await this.#device.flush();
    this.#checkNobodyElse();
    await this.#checkServer();
  }

  async #step() {
    const n = this.#dice.pick(100);
    if (n < 50) this.#edit();
    else if (n < 60) await this.#device.tabs[this.#front].store.save();
    else if (n < 68) this.#turnAway();
    else if (n < 74) await this.#goToOther();
    else if (n < 80) await this.#close();
    else if (n < 82) await this.#setClock(this.#dice.oneOf(DAYS_AHEAD));
    else await this.#sync();
  }

  /** @param {number} days days by which the museum's clock is ahead */
  #setClock(days) {
    return this.#server.shiftClock(days * DAY_MS);
  }

  /** Opens the tile in a tab. @param {number} place */
  #look(place) {
    const { store } = this.#device.tabs[place];
    const view = (this.#views[place] = store.view(TYPE));
    store.onChange((event) => {
      if (event.kind === 'opened') view.refresh();
      if (event.kind === 'arrived' && event.type === TYPE && !(this.#isBusy && place === this.#front)) view.refresh();
    });
  }

  #turnAway() {
    this.#isBusy = false;
    this.#views[this.#front].refresh();
  }

  /** Switches to the other tab once it has been notified of the changes. */
  async #goToOther() {
    this.#device.tabs[this.#front].store.leave();
    this.#turnAway();
    await this.#device.save();
    this.#front = this.#dice.pick(this.#device.tabs.length);
  }

  /** Closes a page, possibly while it is writing, and opens another. */
  async #close() {
    const place = this.#dice.pick(this.#device.tabs.length);
    const { store } = this.#device.tabs[place];
    if (place === this.#front) this.#isBusy = false;
    store.leave();
    for (let i = this.#dice.pick(8); i > 0; i--) await undefined;
    await this.#device.reopen(place);
    this.#look(place);
    await this.#device.save();
  }

  /** Syncs from any tab, while the student continues. */
  async #sync() {
    if (this.#isSyncing) return; // tabs sync one at a time
    const tab = this.#device.tabs[this.#dice.pick(this.#device.tabs.length)];
    this.#isSyncing = true;
    /** @type {Promise<void> | undefined} */
    let step;
    this.#device.meanwhile = async () => {
      if (step || !this.#dice.chance(60)) return;
      step = this.#step();
      await step;
      step = undefined;
    };
    await Promise.race([this.#device.sync(true, tab), tab.closed]);
    this.#device.meanwhile = async () => undefined;
    await step; // the step may have closed the tab
    this.#isSyncing = false;
  }

  #edit() {
    const view = this.#views[this.#front];
    this.#isBusy = true;
    const { desmos_state: state } = view.tile;
    const before = { description: view.tile.description, list: state.expressions?.list ?? [] };
    assert.deepEqual(
      this.#moved(before),
      this.#moved(this.#made[this.#made.length - 1]),
      'the page shows what was made last',
    );
    const { description, list } = this.#change(before);
    this.#made.push({ description, list });
    view.edit({ description, desmos_state: { version: 11, expressions: { list } } });
  }

  /** @param {Work} work @returns {Work} */
  #change({ description, list }) {
    const [n, name, at] = [this.#dice.pick(20), `${++this.#count}`, this.#dice.pick(list.length || 1)];
    if (n < 3) return { description: `Notes ${name}.`, list };
    if (n < 5) return this.#made[Math.max(0, this.#made.length - 2)]; // undo, with the photos as they were then
    if (n < 8 || list.length === 0)
      return {
        description,
        list: [...list, { id: `${100 + this.#count}`, type: 'image', image_url: this.#photo(), width: name }],
      };
    if (n < 10)
      return {
        description,
        list: [...list, { id: `${100 + this.#count}`, type: 'expression', latex: `y=x^{${name}}` }],
      };
    if (n < 11) return { description, list: list.toSpliced(at, 1) };
    if (n < 12) return { description, list: [...list.slice(at), ...list.slice(0, at)] };
    if (n < 14 && list[at].type === 'image')
      return { description, list: list.with(at, { ...list[at], image_url: this.#photo() }) };
    return { description, list: list.with(at, { ...list[at], width: name }) };
  }

  /** Returns a new photo or an earlier one. */
  #photo() {
    const known = [...this.#addresses.keys()];
    if (known.length > 0 && this.#dice.chance(40)) return known[this.#dice.pick(known.length)];
    const photo = noise(2);
    this.#addresses.set(dataUrl(photo), addressOf(photo));
    return dataUrl(photo);
  }

  /** @param {Work} work @returns {Work} with every photo replaced by its address */
  #moved({ description, list }) {
    return {
      description,
      list: list.map((item) =>
        item.image_url ? { ...item, image_url: this.#addresses.get(item.image_url) ?? item.image_url } : item,
      ),
    };
  }

  #checkNobodyElse() {
    for (const { store } of this.#device.tabs) assert.deepEqual(store.conflicts(TYPE), [], 'nobody is asked to choose');
  }

  async #checkServer() {
    const fresh = new SimDevice({
      number: 2,
      url: this.#server.url,
      network: new Network(this.#dice, () => undefined),
      tabs: 1,
    });
    fresh.network.borrow(this.#device.network);
    await fresh.wipe();
    await fresh.flush();
    const { description, desmos_state: state } = fresh.tabs[0].store.tile(TYPE);
    assert.deepEqual(
      { description, list: state.expressions?.list ?? [] },
      this.#moved(this.#made[this.#made.length - 1]),
    );
  }
}
