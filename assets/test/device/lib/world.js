/** One run of the simulation: the devices of one student on a bad network, and the invariants to check. */
import assert from 'node:assert/strict';
import { Dice } from './dice.js';
import { Network } from './network.js';
import { SimDevice, TYPES } from './device.js';
import { dataUrl, noise } from './pictures.js';

/** @typedef {import('../../browser/lib/server.js').Server} Server */

/**
 * A typed value: `what` is "description" or the id of an item, `value` is unique. `arrived`: the museum may have it;
 * `taken`: it has it. `replaced`: it may be gone, since the same device has overwritten it. `everybodys`: any device
 * may have sent it, and may overwrite it within one history entry. `fixed`: by the museum's clock its entry is too old
 * to absorb later edits.
 *
 * @typedef {{device: SimDevice, type: string, what: string, value: string, arrived: boolean, taken: boolean, replaced:
 *   boolean, everybodys?: boolean, fixed?: boolean}} TypedEdit
 */

/** How many days the museum's clock may be ahead. Sessions survive jumps of less than a day. */
export const DAYS_AHEAD = Object.freeze([0, 0.4, 0.9, -0.5, -20, 40, 365]);

export const DAY_MS = 24 * 3_600_000;

/** Edits of one session within a minute share a history entry. */
const LONGER_THAN_AN_ENTRY = 120_000;

/** The number of kinds of steps that only this device takes. */
const WITH_NOBODY = 97;

export class World extends Dice {
  #server;
  #email;
  /** @type {SimDevice[]} */
  #devices = [];
  /** @type {TypedEdit[]} */
  #edits = [];
  #count = 0;
  /** Milliseconds by which the museum's clock is ahead of the devices'. */
  #ahead = 0;
  #jumps = 0;
  /**
   * Whether the museum sometimes refuses. A change that it took without its answer arriving, and that it then refuses,
   * conflicts with what follows.
   */
  #refuses = true;
  /** Embedded photos that were taken so far. @type {string[]} */
  #photos = [];

  /**
   * @param {Server} server
   * @param {number} seed
   */
  constructor(server, seed) {
    super(seed);
    this.#server = server;
    this.#email = `student-${seed}@school.example`;
  }

  /**
   * Runs with two to four devices.
   *
   * @param {number} steps
   */
  async run(steps) {
    await this.#arriveAll();
    for (let i = 0; i < steps; i++) await this.#step(100);
    await this.#check();
  }

  /**
   * Like run, but the museum is emptied after two thirds of the steps, and others sign in first, so that the student
   * gets another account number.
   *
   * @param {number} steps
   */
  async runEmptied(steps) {
    const empty = await this.#server.backUp();
    await this.#arriveAll();
    for (let i = 0; i < steps; i++) {
      if (i === Math.floor((2 * steps) / 3)) await this.#empty(empty);
      await this.#step(100);
    }
    await this.#check();
  }

  /** @param {() => Promise<void>} empty */
  async #empty(empty) {
    for (const device of this.#devices) await device.save();
    await this.#putBack(empty, () => Promise.resolve(''));
    for (let i = this.pick(4); i >= 0; i--) {
      const email = `other-${this.#email}-${i}`;
      await this.#newDevice(1).signIn(email, this.#server.code);
    }
    for (const device of this.#devices) {
      device.network.isGood = true;
      await device.signIn(this.#email, this.#server.code);
      await device.flush();
      await device.tabs[0].orphanedWork.hang();
      await device.flush();
    }
  }

  /**
   * Like run, but after two thirds of the steps the museum is restored to its state after one third.
   *
   * @param {number} steps
   */
  async runPutBack(steps) {
    await this.#arriveAll();
    /** @type {() => Promise<void>} */
    let putBack = async () => undefined;
    for (let i = 0; i < steps; i++) {
      if (i === Math.floor(steps / 3)) putBack = await this.#server.backUp();
      if (i === Math.floor((2 * steps) / 3)) await this.#putBack(putBack);
      await this.#step(100);
    }
    await this.#check();
  }

  async #arriveAll() {
    await this.#setClock(0);
    const count = 2 + this.pick(3);
    for (let i = 0; i < count; i++) this.#devices.push(await this.#arrive(1 + this.pick(2)));
  }

  /**
   * What no device shows any more is lost with the restore.
   *
   * @param {() => Promise<void>} putBack
   * @param {() => Promise<string>} keptTexts what the museum has then
   */
  async #putBack(putBack, keptTexts = () => this.#keptTexts()) {
    await putBack();
    const shown = JSON.stringify(this.#devices.flatMap((device) => device.tabs.map((tab) => device.shows(tab))));
    const kept = await keptTexts();
    for (const edit of this.#edits) {
      edit.arrived = kept.includes(edit.value);
      edit.taken = edit.arrived;
      edit.fixed &&= edit.arrived;
      edit.replaced ||= !edit.arrived && !shown.includes(edit.value);
      edit.everybodys = true;
    }
    for (const { network } of this.#devices) [network.late, network.arrived] = [[], []]; // they were sent to a museum that no longer exists
  }

  /**
   * Runs with one device and one tab, which can only conflict with itself.
   *
   * @param {number} steps
   */
  async runAlone(steps) {
    this.#refuses = false;
    await this.#setClock(0);
    const device = await this.#arrive(1);
    this.#devices.push(device);
    await device.flush();
    for (const view of device.tabs[0].views.values()) view.refresh(); // work made before signing in is seen before it continues
    for (let i = 0; i < steps; i++) await this.#step(WITH_NOBODY);
    await this.#check();
    const [
      {
        tabs: [{ store }],
      },
    ] = this.#devices;
    assert.deepEqual(
      TYPES.map((type) => store.conflicts(type)),
      TYPES.map(() => []),
      'no conflict is made up',
    );
  }

  async #check() {
    for (const { network } of this.#devices) await this.#deliverLate(network, network.late.length);
    const [first] = this.#devices;
    if (this.chance(30)) this.#takeDown(first, TYPES[this.pick(TYPES.length)], first.tabs[0].store);
    for (let i = 0; i < 3; i++) for (const device of this.#devices) await device.flush();
    await this.#checkConverged();
    await this.#checkNothingLost();
    await this.#checkPhotos();
    await this.#checkRepeating();
    await this.#checkWiped();
  }

  /**
   * Adds a device, on some of which work was done before signing in.
   *
   * @param {number} tabs
   */
  async #arrive(tabs) {
    const device = this.#newDevice(tabs);
    if (this.chance(50)) for (let i = 0; i < 3; i++) await this.#edit(device);
    await device.save();
    await device.signIn(this.#email, this.#server.code);
    return device;
  }

  /** @param {number} tabs */
  #newDevice(tabs) {
    const network = new Network(this, (body, isSure) => this.#note(body, isSure));
    network.isStrange = true;
    network.refuses = this.#refuses;
    return new SimDevice({
      number: this.#devices.length,
      url: this.#server.url,
      network,
      tabs,
      code: this.#server.code,
    });
  }

  /** @param {number} kinds 100, or WITH_NOBODY */
  async #step(kinds) {
    const device = this.#devices[this.pick(this.#devices.length)];
    const n = this.pick(kinds);
    device.network.isGood = this.chance(40);
    if (n < 54) await this.#edit(device);
    else if (n < 86) await this.#sync(device);
    else if (n < 90) await this.#deliverLate(device.network, this.pick(device.network.late.length + 1));
    else if (n < 93) await this.#reload(device);
    else if (n < 95) await this.#jump(device);
    else if (n < WITH_NOBODY) await this.#crash(device);
    else if (n < 98) await this.#wipe(device);
    else await this.#editByOlderClient(device);
  }

  /** @param {SimDevice} device */
  async #sync(device) {
    if (this.chance(80)) await device.save();
    const tab = device.tabs[this.pick(device.tabs.length)];
    if (tab.account.ended && this.chance(60)) await tab.account.checkSession();
    if (tab.account.ended && this.chance(60)) await device.renewSession();
    if (this.chance(20)) tab.exchange.retry();
    const isDone = await device.sync(this.chance(50), tab);
    if (isDone && this.chance(30)) await tab.exchange.keepPhotos();
    if (this.chance(5)) await this.#makeRoom(device, tab);
  }

  /**
   * The device is full: it may drop photos that the museum has.
   *
   * @param {SimDevice} device
   * @param {import('./device.js').Tab} tab
   */
  async #makeRoom(device, tab) {
    await tab.exchange.makeRoom();
    device.network.uploaded.clear();
  }

  /** @param {SimDevice} device */
  async #reload(device) {
    await device.save();
    await device.reload();
  }

  /** The museum crashes during a request of a device, and restarts. @param {SimDevice} device */
  async #crash(device) {
    const [, ended] = await Promise.all([this.#server.kill(), device.sync(true)]);
    await this.#server.start();
    if (!ended) await device.sync(true);
  }

  /** The museum's clock jumps, often while the student overwrites a text. @param {SimDevice} device */
  async #jump(device) {
    const [tab] = device.tabs;
    const type = this.oneOf(TYPES);
    const write = async () => {
      const text = `text ${device.number}-${++this.#count}.`;
      this.#typed(device, type, 'description', text, tab.store.tile(type).description);
      tab.store.edit(type, { description: text });
      await device.save();
      await this.#sync(device);
    };
    const isWriting = this.chance(70);
    if (isWriting) await write();
    await this.#setClock(this.oneOf(DAYS_AHEAD));
    if (isWriting) await write();
  }

  /**
   * Sets the museum's clock. Sessions that have expired by it end, and no history entry counts as recent.
   *
   * @param {number} days ahead of the devices' clocks
   */
  async #setClock(days) {
    this.#ahead = days * DAY_MS + ++this.#jumps * LONGER_THAN_AN_ENTRY;
    await this.#server.shiftClock(this.#ahead);
    for (const edit of this.#edits) edit.fixed ||= edit.taken && !edit.replaced;
  }

  /**
   * Clears a device. Everything that only it had is lost: what was typed here and not taken, and after a restore also
   * what the museum has lost and no other device shows.
   *
   * @param {SimDevice} device
   */
  async #wipe(device) {
    const others = this.#devices.filter((each) => each !== device);
    const shown = JSON.stringify(others.flatMap((each) => each.tabs.map((tab) => each.shows(tab))));
    for (const edit of this.#edits) {
      if (!edit.taken && (edit.device === device || (edit.everybodys && !shown.includes(edit.value))))
        edit.replaced = true;
    }
    device.network.isGood = true;
    await device.wipe();
    device.network.uploaded.clear();
    if (device.tabs[0].store.owner === '') await device.renewSession(this.#email);
    await device.sync(true);
  }

  /**
   * Does one edit on a page, which may show an outdated state.
   *
   * @param {SimDevice} device
   */
  async #edit(device) {
    const tab = device.tabs[this.pick(device.tabs.length)];
    const type = TYPES[this.pick(TYPES.length)];
    const view = tab.views.get(type) ?? tab.store.view(type);
    tab.views.set(type, view);
    if (this.chance(70)) view.refresh();
    const name = `${device.number}-${++this.#count}`;
    const tile = view.tile;
    const list = tile.desmos_state.expressions?.list ?? [];
    const n = this.pick(40);
    if (n < 1) {
      this.#takeDown(device, type, tab.store);
      view.refresh();
    } else if (n < 10) {
      this.#typed(device, type, 'description', `text ${name}.`, tile.description);
      view.edit({ description: `text ${name}.` });
    } else if (n < 13) view.edit({ completed: !tile.completed });
    else if (n < 16) view.edit({ position_x: this.pick(1000) });
    else view.edit({ desmos_state: this.#graph(device, type, tile.desmos_state, list, name) });
    if (this.chance(70)) await device.save();
  }

  /**
   * @param {SimDevice} device
   * @param {string} type
   * @param {import('../../../js/sync/store.js').TileStore} store
   */
  #takeDown(device, type, store) {
    this.#replace(device, type, () => true);
    store.takeDown(type);
  }

  /**
   * @param {SimDevice} device
   * @param {string} type
   * @param {any} state
   * @param {any[]} list
   * @param {string} name
   */
  #graph(device, type, state, list, name) {
    const n = this.pick(10);
    const at = this.pick(list.length || 1);
    const withList = (/** @type {any[]} */ items) => ({ ...state, expressions: { ...state.expressions, list: items } });
    if (n < 2) return { ...state, graph: { view: name } };
    if (n < 3) return { ...state, expressions: { ...state.expressions, ticker: name } };
    if (n < 5 && list.length > 1) return withList([...list.slice(at), ...list.slice(0, at)]);
    if (n < 6 && list.length > 0) {
      this.#replace(device, type, ({ value }) => value === list[at].latex);
      return withList(list.toSpliced(at, 1));
    }
    const isNew = n > 8 || list.length === 0;
    const id = isNew ? this.#newId(list, name) : list[at].id;
    this.#typed(device, type, id, `item ${name}.`, isNew ? '' : list[at].latex);
    const item = { id, latex: `item ${name}.`, ...(this.chance(30) && { type: 'image', image_url: this.#photo() }) };
    return withList(isNew ? list.toSpliced(at, 0, item) : list.with(at, item));
  }

  /** Returns a new photo, sometimes large enough to be sent in parts, or an earlier one. */
  #photo() {
    if (this.#photos.length > 0 && this.chance(30)) return this.#photos[this.pick(this.#photos.length)];
    const url = dataUrl(noise(this.chance(4) ? 190 : 2));
    this.#photos.push(url);
    return url;
  }

  /** Two devices may choose the same id. @param {any[]} list @param {string} name */
  #newId(list, name) {
    const id = `${this.pick(6)}`;
    return this.chance(40) && !list.some((item) => item.id === id) ? id : name;
  }

  /**
   * @param {SimDevice} device
   * @param {string} type
   * @param {string} what
   * @param {string} value
   * @param {string} over the value that the page shows there, the only one that may be lost
   */
  #typed(device, type, what, value, over) {
    this.#replace(device, type, (edit) => edit.value === over);
    this.#edits.push({ device, type, what, value, arrived: false, taken: false, replaced: false });
  }

  /**
   * Marks values that the same device has overwritten.
   *
   * @param {SimDevice} device
   * @param {string} type
   * @param {(edit: TypedEdit) => boolean} condition
   */
  #replace(device, type, condition) {
    for (const edit of this.#edits) {
      if ((edit.device === device || edit.everybodys) && edit.type === type && !edit.fixed && condition(edit))
        edit.replaced = true;
    }
  }

  /**
   * @param {any} body of a sync that has arrived
   * @param {boolean} isSure whether the museum has confirmed it
   */
  #note(body, isSure) {
    const text = JSON.stringify(body);
    for (const edit of this.#edits.filter(({ value }) => text.includes(value))) {
      edit.arrived = true;
      edit.taken ||= isSure;
    }
  }

  /**
   * @param {Network} network
   * @param {number} count
   */
  async #deliverLate(network, count) {
    for (const sent of network.late.splice(0, count)) await network.arrive(sent);
  }

  /**
   * Edits with an older client in the same browser, which sends whole tiles, by a clock that may be wrong by a day.
   *
   * @param {SimDevice} device
   */
  async #editByOlderClient(device) {
    const last_synced = new Date(
      Date.now() + this.oneOf([0, this.#ahead]) + (this.pick(48) - 24) * 3_600_000,
    ).toISOString();
    const type = TYPES[this.pick(TYPES.length)];
    const body = JSON.stringify({
      tiles: [{ concept_type: type, description: `older ${++this.#count}.`, last_synced }],
    });
    const answer = await this.#ask(device, 'api/tiles/sync/', post(body));
    const [{ status }] = await answer.json();
    assert.ok(['created', 'updated', 'server_newer'].includes(status));
    if (status === 'updated') this.#replace(device, type, (edit) => edit.what === 'description' && edit.arrived);
  }

  async #checkConverged() {
    const expected = await this.#serverShows();
    for (const device of this.#devices) {
      for (const tab of device.tabs)
        assert.deepEqual(device.shows(tab), expected, `device ${device.number} shows what the server has`);
    }
  }

  /** Returns what a new device shows. */
  async #serverShows() {
    const fresh = this.#newDevice(1);
    fresh.network.borrow(this.#devices[0].network);
    await fresh.wipe();
    await fresh.flush();
    return fresh.shows();
  }

  async #checkNothingLost() {
    const kept = await this.#keptTexts();
    const lost = this.#edits.filter(({ value, replaced }) => !replaced && !kept.includes(value));
    assert.deepEqual(
      lost.map(({ device, type, what, value }) => [device.number, type, what, value]),
      [],
    );
  }

  /**
   * Every photo that is shown is on the server, unless no device has it any more: then each device reports it. A device
   * keeps what it has uploaded until it is wiped or full.
   */
  async #checkPhotos() {
    const [{ network }] = this.#devices;
    const kept = (await Promise.all(this.#devices.map((device) => device.photosKept()))).flat().map(({ hash }) => hash);
    const uploaded = this.#devices.flatMap((device) => [...device.network.uploaded]);
    for (const [type, { list }] of Object.entries(await this.#serverShows())) {
      /** @type {string[]} */
      const named = list
        .map((/** @type {any} */ item) => item.image_url)
        .filter((/** @type {any} */ url) => url?.startsWith('api/images/'));
      const answers = await Promise.all(
        named.map((url) => network.arrive({ url: new URL(url, this.#server.url), options: {} })),
      );
      const missing = named.filter((_, i) => !answers[i].ok);
      assert.deepEqual(
        missing.filter((url) => [...kept, ...uploaded].includes(url.slice(-64))),
        [],
        'what a device has, or has uploaded, is brought back',
      );
      for (const { number, tabs } of this.#devices) {
        assert.equal(
          tabs[0].exchange.unsure.includes(type),
          missing.length > 0,
          `device ${number} knows whether the photos of ${type} are there`,
        );
      }
    }
  }

  /**
   * Sends a request in the session of a device, which signs in again if necessary.
   *
   * @param {SimDevice} device
   * @param {string} path
   * @param {RequestInit} [options]
   */
  async #ask(device, path, options = {}) {
    const request = { url: new URL(path, this.#server.url), options };
    const answer = await device.network.arrive(request);
    if (answer.status !== 403) return answer;
    await device.renewSession(this.#email);
    return device.network.arrive(request);
  }

  /** Returns every version of every tile as text. */
  async #keptTexts() {
    const get = (/** @type {string} */ path) => this.#ask(this.#devices[0], path);
    let all = '';
    for (const {
      tabs: [{ store }],
    } of this.#devices.slice(0, 1)) {
      for (const id of TYPES.map((type) => store.tileId(type)).filter((each) => each !== null)) {
        const answer = await get(`api/tiles/${id}/versions/`);
        for (const { version } of answer.ok ? await answer.json() : [])
          all += await (await get(`api/tiles/${id}/versions/${version}/`)).text();
      }
    }
    return all;
  }

  /** Repeats every request that ever arrived, and checks that nothing changes. */
  async #checkRepeating() {
    const [before, kept] = [await this.#serverShows(), await this.#keptTexts()];
    for (const { network } of this.#devices)
      for (const sent of [...network.arrived]) assert.ok((await network.arrive(sent)).ok);
    assert.deepEqual(await this.#serverShows(), before, 'repeated requests have no effect');
    assert.equal(await this.#keptTexts(), kept);
  }

  async #checkWiped() {
    const [device] = this.#devices;
    const before = device.shows();
    await device.wipe();
    await device.flush();
    assert.deepEqual(device.shows(), before, 'a wiped device gets everything back');
  }
}

/** @param {string} body @returns {RequestInit} */
function post(body) {
  return { method: 'POST', body, headers: { Accept: 'application/json', 'Content-Type': 'application/json' } };
}
