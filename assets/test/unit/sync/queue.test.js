import { test } from 'node:test';
import assert from 'node:assert/strict';
import {
  applyEdit,
  confirm,
  makeChanges,
  isPending,
  newRecord,
  resolve,
  shown,
  toSend,
  touch,
  mergeTyped,
  versionOf,
} from '../../../js/sync/queue.js';
import { forgetServer, applyRestoredServer, applyServerTile, applyServerTiles } from '../../../js/sync/server-state.js';
import { emptyTile } from '../../../js/museum/tile.js';

/** @typedef {import('../../../js/sync/queue.js').TileRecord} TileRecord */

const OWNER = 'ann@school.example';

/** @param {...[string, string]} items @returns {any} */
function graph(...items) {
  return { version: 11, expressions: { list: items.map(([id, latex]) => ({ id, latex })) } };
}

/** @param {Partial<import('../../../js/sync/server-state.js').ServerTile>} [fields] */
function serverTile(fields = {}) {
  return { ...emptyTile('linear'), id: 7, version: 3, ...fields };
}

/**
 * A record that equals the server's state.
 *
 * @param {Partial<import('../../../js/sync/server-state.js').ServerTile>} [fields]
 */
function synced(fields) {
  return applyServerTile(newRecord(OWNER, 'linear'), serverTile(fields));
}

/** @param {TileRecord} record returned with changes to send, whose ids are change-1, change-2 */
function sent(record) {
  let count = 0;
  return makeChanges(record, () => `change-${++count}`);
}

/** @param {TileRecord} record */
function wire(record) {
  return sent(record).flights.map((flight) => toSend(record.type, flight));
}

/** @param {TileRecord} record @param {number} version @param {string} [id] */
function saved(record, version, id = 'change-1') {
  return confirm(record, { change_id: id, status: 'saved', id: 7, version }, 1);
}

test('only what was edited is sent, with the version that was seen', () => {
  const record = applyEdit(synced({ desmos_state: graph(['1', 'a=1'], ['2', 'y=ax']) }), {
    description: 'steep',
    desmos_state: graph(['1', 'a=2'], ['2', 'y=ax']),
  });
  assert.deepEqual(wire(record), [
    {
      change_id: 'change-1',
      concept_type: 'linear',
      base_version: 3,
      fields: { description: 'steep', desmos_patch: { items: { 1: { id: '1', latex: 'a=2' } } } },
    },
  ]);
});

test('an edit that changes nothing is not pending', () => {
  const record = synced({ desmos_state: { a: 1, b: [1, 2] } });
  assert.equal(applyEdit(record, { description: '', completed: false, desmos_state: { b: [1, 2], a: 1 } }), record);
  assert.equal(isPending(record), false);
  assert.equal(sent(record), record);
});

test('a tile that the server does not have is sent with its place on the poster', () => {
  const [change] = wire(applyEdit(newRecord(OWNER, 'cubic'), { completed: true }));
  const { position_x, position_y, width, height } = emptyTile('cubic');
  assert.deepEqual(change.fields, { completed: true, position_x, position_y, width, height });
});

test('what is on its way stays as it is until it is answered, whatever is edited meanwhile', () => {
  const flying = sent(applyEdit(synced(), { description: 'ste' }));
  const edited = applyEdit(flying, { description: 'steep', completed: true });
  assert.equal(sent(edited), edited);
  assert.deepEqual(
    edited.flights.map(({ things }) => things),
    [{ description: { value: 'ste' } }],
  );
});

test('an answer settles what was sent, and what was typed since stays pending from there on', () => {
  const edited = applyEdit(sent(applyEdit(synced(), { description: 'ste', completed: true })), {
    description: 'steep',
  });
  const after = saved(edited, 4);
  assert.equal(shown(after).description, 'steep');
  assert.equal(after.known.description, 'ste');
  assert.deepEqual(after.pending, { description: { value: 'steep', base: 4 } });
  assert.equal(isPending(saved(sent(applyEdit(synced(), { description: 'ste' })), 4)), false);
});

test('an answer that comes twice changes nothing', () => {
  const after = saved(sent(applyEdit(synced(), { description: 'ste' })), 4);
  assert.equal(saved(after, 9), after);
});

test('a refused change stays pending', () => {
  const flying = sent(applyEdit(synced(), { description: 'bad' }));
  const after = confirm(flying, { change_id: 'change-1', status: 'error', errors: {} }, 1);
  assert.deepEqual([after.flights, after.pending], [[], flying.pending]);
});

test('a pull replaces what is not pending, and only that', () => {
  const record = applyEdit(synced({ desmos_state: graph(['1', 'a']) }), {
    description: 'mine',
    desmos_state: graph(['1', 'a'], ['2', 'mine']),
  });
  const after = applyServerTile(
    record,
    serverTile({
      version: 9,
      description: 'theirs',
      completed: true,
      desmos_state: graph(['1', 'theirs'], ['9', 'new']),
    }),
  );
  const tile = shown(after);
  assert.deepEqual([tile.description, tile.completed], ['mine', true]);
  assert.deepEqual(
    tile.desmos_state.expressions.list.map((/** @type {any} */ item) => item.latex),
    ['theirs', 'new', 'mine'],
  );
  assert.equal(after.pending.description.base, 3, 'the server is to see that theirs was not known');
});

test('what began with different versions is sent apart, the oldest first; what knows no conflict goes last', () => {
  const first = applyEdit(synced(), { description: 'mine', position_x: 5 });
  const second = applyEdit(applyServerTile(first, serverTile({ version: 5, desmos_state: graph(['1', 'theirs']) })), {
    desmos_state: graph(['1', 'mine']),
  });
  assert.deepEqual(
    wire(second).map(({ base_version, fields }) => [base_version, Object.keys(fields ?? {})]),
    [
      [3, ['description']],
      [5, ['position_x', 'desmos_patch']],
    ],
  );
});

test('what was typed over something unseen keeps the version that was seen', () => {
  const record = synced({ version: 8, description: 'theirs' });
  const seen = { ...versionOf(record), version: 6 };
  const typed = { description: { value: 'mine', was: { value: 'before' }, seen } };
  assert.equal(touch(record, typed).pending.description.base, 6);
  const knowing = { description: { value: 'mine', was: { value: 'theirs' }, seen } };
  assert.equal(touch(record, knowing).pending.description.base, 8);
});

test('a version seen before the server was restored or set up anew is no version of it now', () => {
  const before = synced({ version: 5, description: 'before' });
  const typed = { description: { value: 'mine', was: { value: 'before' }, seen: versionOf(before) } };
  const theirs = serverTile({ version: 6, description: 'theirs' });
  const setUpAnew = forgetServer(before);
  const [restored] = applyRestoredServer(OWNER, [before], [{ ...theirs, common: 3 }]);
  const [takenAsOlder] = [applyServerTile(before, serverTile({ version: 4, description: 'older' }))];
  for (const record of [setUpAnew, restored, takenAsOlder]) {
    const now = { ...applyServerTile(record, theirs), pending: {} };
    assert.equal(shown(now).description, 'theirs');
    assert.equal(touch(now, typed).pending.description.base, 0);
  }
  assert.equal(touch(applyServerTile(before, theirs), typed).pending.description.base, 5);
});

test('a bare version number, as earlier releases kept it in drafts, counts as none', () => {
  const seen = /** @type {any} */ (6);
  const typed = { description: { value: 'mine', was: { value: 'before' }, seen } };
  for (const record of [synced({ version: 8 }), { ...synced({ version: 8 }), numbering: undefined }])
    assert.equal(touch(record, typed).pending.description.base, 0);
});

test('what is typed on keeps what stood there first', () => {
  const first = { description: { value: 'a', was: { value: '' }, seen: { version: 1 } } };
  const next = { description: { value: 'ab', was: { value: 'a' }, seen: { version: 1 } } };
  assert.deepEqual(mergeTyped(first, next).description, { value: 'ab', was: { value: '' }, seen: { version: 1 } });
  const item = { 'item:1': { value: { id: '1' }, was: {}, seen: { version: 1 } } };
  assert.deepEqual(Object.keys(mergeTyped(item, { state: { value: 5, was: {}, seen: { version: 1 } } })), ['state']);
  assert.deepEqual(
    Object.keys(mergeTyped(mergeTyped(item, { deleted: { value: true, was: {}, seen: { version: 1 } } }), next)),
    ['description'],
  );
});

test('what is made and taken away before the server heard of it is never sent', () => {
  const made = applyEdit(synced({ desmos_state: graph(['1', 'a']) }), { desmos_state: graph(['1', 'a'], ['2', 'b']) });
  assert.deepEqual(Object.keys(applyEdit(made, { desmos_state: graph(['1', 'a']) }).pending), ['order']);
  const flying = sent(made);
  assert.ok('item:2' in applyEdit(flying, { desmos_state: graph(['1', 'a']) }).pending, 'it may have arrived');
});

test('a graph that cannot be taken apart is sent whole, and takes up what is changed since', () => {
  const record = applyEdit(synced({ desmos_state: 'odd' }), { desmos_state: graph(['1', 'a']) });
  const after = applyEdit(record, { desmos_state: graph(['1', 'b']) });
  assert.deepEqual(wire(after)[0].fields, { desmos_state: graph(['1', 'b']) });
});

test('a tile taken down is empty, and an edit brings it back', () => {
  const record = applyEdit(synced({ description: 'old' }), { completed: true });
  const down = touch(record, { deleted: { value: true, was: {}, seen: { version: 3 } } });
  assert.deepEqual(shown(down), emptyTile('linear'));
  assert.deepEqual(
    wire(down).map(({ deleted, fields }) => [deleted, fields]),
    [[true, undefined]],
  );
  const back = applyEdit(down, { completed: true });
  assert.deepEqual(Object.keys(back.pending), ['completed']);
  assert.equal(shown(saved(sent(down), 4)).description, '');
});

test('a tile that was taken down elsewhere is empty here, but for what was written meanwhile', () => {
  const record = applyEdit(synced({ description: 'old', completed: true }), { description: 'new' });
  const after = applyServerTile(record, { id: 7, concept_type: 'linear', version: 4, deleted: true });
  assert.deepEqual([shown(after).description, shown(after).completed], ['new', false]);
});

test('conflicts are kept until they are settled here or elsewhere', () => {
  const flying = sent(applyEdit(synced({ conflicts: [2] }), { description: 'mine' }));
  const after = confirm(flying, { change_id: 'change-1', status: 'conflict', id: 7, version: 5, conflict: 4 }, 1);
  assert.deepEqual(after.conflicts, [2, 4]);
  const settled = resolve(after, [4, 2]);
  assert.deepEqual(wire(settled), [
    { change_id: 'change-1', concept_type: 'linear', base_version: 5, resolves: [4, 2] },
  ]);
  assert.deepEqual(saved(sent(settled), 5).conflicts, []);
  assert.deepEqual(applyServerTile(after, serverTile({ version: 5 })).conflicts, []);
});

test('work that the server has lost is sent again', () => {
  const record = synced({ version: 4, description: 'steep', desmos_state: graph(['1', 'a']) });
  const after = forgetServer(record);
  assert.equal(after.id, null);
  const [{ fields = {} }] = wire(after);
  assert.equal(fields.description, 'steep');
  assert.deepEqual(Object.keys(fields.desmos_patch.items), ['1']);
  assert.equal(isPending(forgetServer(synced())), false, 'nothing was in it');
});

test('a server that was set back gets what it has lost, and no more', () => {
  const record = synced({ version: 9, description: 'new', completed: true });
  const after = applyServerTile(record, serverTile({ version: 4, description: 'old', completed: true }));
  assert.deepEqual(after.pending, { description: { value: 'new', base: 4 } });
  assert.equal(shown(after).description, 'new');
});

test('a list brings new tiles, changes and losses, and leaves out what stays the same', () => {
  const linear = synced();
  const cubic = applyServerTile(newRecord(OWNER, 'cubic'), {
    ...emptyTile('cubic'),
    id: 8,
    version: 1,
    description: 'lost',
  });
  const answers = [serverTile(), { ...emptyTile('rational'), id: 9, version: 1, completed: true }];
  const told = (/** @type {boolean} */ all) =>
    applyServerTiles(OWNER, [linear, cubic], answers, () => all).map((record) => [
      record.type,
      record.id,
      isPending(record),
    ]);
  assert.deepEqual(told(true), [
    ['rational', 9, false],
    ['cubic', null, true],
  ]);
  assert.deepEqual(told(false), [['rational', 9, false]]);
});

test('of several tiles of one type the newest counts', () => {
  const gone = { id: 5, concept_type: 'linear', version: 2, deleted: true };
  for (const answers of [
    [gone, serverTile({ description: 'hangs' })],
    [serverTile({ description: 'hangs' }), gone],
  ]) {
    assert.equal(applyServerTiles(OWNER, [], answers, () => false)[0].known.description, 'hangs');
  }
  const record = synced();
  assert.equal(applyServerTile(record, gone), record);
});

test('functions leave their records alone', () => {
  /** @param {any} value @returns {any} */
  const frozen = (value) => {
    if (value && typeof value === 'object') Object.values(value).forEach(frozen);
    return Object.freeze(value);
  };
  const record = frozen(synced({ desmos_state: graph(['1', 'a']) }));
  const edited = frozen(applyEdit(record, { completed: true, desmos_state: graph(['2', 'b']) }));
  const flying = frozen(sent(edited));
  assert.doesNotThrow(() =>
    forgetServer(frozen(applyServerTile(frozen(saved(flying, 8)), frozen(serverTile({ version: 9 }))))),
  );
});

test("what one tab types over another's words unseen does not take their place: both are sent", () => {
  const told = synced({ description: 'told', version: 3 });
  const typed = (/** @type {string} */ value) => ({
    description: { value, was: { value: 'told' }, seen: versionOf(told) },
  });
  const record = touch(touch(told, typed('in one tab')), typed('in the other'));
  assert.equal(shown(record).description, 'in the other');
  const [first] = record.flights;
  assert.deepEqual([first.base, first.things], [3, { description: { value: 'in one tab' } }]);
  const answered = confirm(record, { change_id: first.id, status: 'saved', id: 7, version: 4 }, 0);
  const {
    flights: [second],
  } = makeChanges(answered);
  assert.deepEqual(
    [second.base, second.things],
    [3, { description: { value: 'in the other' } }],
    'as by who has not seen the first: the server finds both',
  );
  assert.equal(
    touch(record, { description: { value: 'more', was: { value: 'in the other' }, seen: versionOf(told) } }).flights
      .length,
    1,
    'who sees what is there types on',
  );
});

test('what a server that was set back has lost is sent before what was typed over it unseen', () => {
  const seen = {
    ...newRecord('ann@school.example', 'linear'),
    id: 1,
    version: 5,
    known: { ...emptyTile('linear'), description: 'lost' },
  };
  const typed = touch(seen, { description: { value: 'typed', was: { value: 'older' }, seen: { version: 3 } } });
  const [back] = applyRestoredServer(
    'ann@school.example',
    [typed],
    [{ id: 1, concept_type: 'linear', version: 4, common: 3, description: 'older' }],
  );
  assert.equal(shown(back).description, 'typed');
  assert.deepEqual(
    back.flights.map(({ base, things }) => [base, things]),
    [[3, { description: { value: 'lost' } }]],
  );
  const sent = confirm(back, { change_id: back.flights[0].id, status: 'saved', id: 1, version: 6 }, 0);
  assert.deepEqual(
    makeChanges(sent).flights.map(({ base, things }) => [base, things]),
    [[3, { description: { value: 'typed' } }]],
    'not as by who has seen it',
  );
});

test('an item that was taken away and comes back while that is on its way comes back to its place', () => {
  const [three, two] = [graph(['1', 'y=1'], ['2', 'y=2'], ['3', 'y=3']), graph(['1', 'y=1'], ['3', 'y=3'])];
  const made = applyEdit(synced({ desmos_state: graph(['1', 'y=1']) }), { desmos_state: three });
  const record = applyEdit(sent(applyEdit(made, { desmos_state: two })), { desmos_state: three });
  const confirmed = saved(record, 4);
  assert.deepEqual(shown(confirmed).desmos_state, three);
  assert.deepEqual(
    wire(confirmed).map(({ fields }) => fields?.desmos_patch),
    [{ items: { 2: { id: '2', latex: 'y=2' } } }, { order: ['1', '2', '3'] }],
  );
});

test('a tile that one tab takes down does not take along what another tab typed unseen: that is sent first', () => {
  const before = synced({ description: 'steep' });
  const takesDown = { deleted: { value: true, was: {}, seen: versionOf(before), edits: before.edits } };
  const typed = applyEdit(before, { description: 'of the other tab', completed: true });
  const down = touch(typed, takesDown);
  const [first] = wire(down);
  assert.deepEqual(
    [first.fields, first.base_version, first.deleted],
    [{ description: 'of the other tab' }, 3, undefined],
  );
  assert.equal(shown(down).description, '');
  assert.deepEqual(
    wire(saved(down, 4, down.flights[0].id)).map(({ deleted, base_version }) => [deleted, base_version]),
    [[true, 3]],
  );
  assert.deepEqual(
    wire(touch(typed, { deleted: { ...takesDown.deleted, edits: typed.edits } })).map(({ deleted, fields }) => ({
      deleted,
      fields,
    })),
    [{ deleted: true, fields: undefined }],
  );
});

test('what is typed after a tile was taken down unseen does not take the place of what was sent before that', () => {
  const before = synced({ description: 'steep' });
  const typed = applyEdit(before, { description: 'of the other tab' });
  const down = touch(typed, { deleted: { value: true, was: {}, seen: versionOf(before), edits: before.edits } });
  const [first] = down.flights;
  const again = applyEdit(down, { description: 'typed later' });
  const left = makeChanges(saved(again, 4, first.id)).flights.flatMap(({ base, things }) =>
    'description' in things ? [[base, things.description.value]] : [],
  );
  assert.deepEqual(left, [[3, 'typed later']], 'as by who has not seen the first: the server keeps both');
});

test('a graph that one tab replaces whole does not take along an item that another tab typed unseen', () => {
  const before = synced({ desmos_state: graph(['1', 'a=1']) });
  const typed = applyEdit(before, { desmos_state: graph(['1', 'a=2']) });
  const [first] = wire(
    touch(typed, { state: { value: { odd: true }, was: { value: graph(['1', 'a=1']) }, seen: versionOf(before) } }),
  );
  assert.deepEqual(first.fields, { desmos_patch: { items: { 1: { id: '1', latex: 'a=2' } } } });
});

test('what is refused is made anew, but for what another tab has typed over unseen: that stays, and goes first', () => {
  const first = sent(applyEdit(synced(), { description: 'mine' }));
  const refused = (/** @type {TileRecord} */ record) => confirm(record, { change_id: 'change-1', status: 'error' }, 1);
  assert.deepEqual(refused(first).flights, []);
  assert.equal(shown(refused(first)).description, 'mine');
  const over = touch(first, { description: { value: 'of the other tab', was: { value: '' }, seen: { version: 3 } } });
  const kept = refused(over);
  assert.deepEqual(
    kept.flights.map(({ id, refused: isRefused, things }) => [id, isRefused, things.description.value]),
    [['change-1', true, 'mine']],
  );
  const both = makeChanges(kept, () => 'change-2');
  assert.deepEqual(
    both.flights.map(({ id, things }) => [id, things.description.value]),
    [
      ['change-1', 'mine'],
      ['change-2', 'of the other tab'],
    ],
  );
  const last = confirm(
    confirm(both, { change_id: 'change-1', status: 'error' }, 1),
    { change_id: 'change-2', status: 'saved', id: 7, version: 4 },
    1,
  );
  assert.deepEqual([last.flights.length, isPending(last), shown(last).description], [1, true, 'of the other tab']);
});

test('a refused change stays if another tab has deleted the tile without seeing it', () => {
  const typed = applyEdit(newRecord('', 'linear'), { description: 'mine' });
  const deleted = touch(typed, { deleted: { value: true, was: {}, seen: { version: 0 }, edits: 0 } });
  const [{ id }] = deleted.flights;
  const kept = confirm(deleted, { change_id: id, status: 'error' }, 1);
  assert.deepEqual(
    kept.flights.map(({ refused, things }) => [refused, things.description.value]),
    [[true, 'mine']],
  );
});
