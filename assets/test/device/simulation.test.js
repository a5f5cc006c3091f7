/**
 * The page's own modules as two to four devices of a student, on a bad network, against the real program. Other hosts
 * answer in its place, it refuses what it later accepts, it is restored to an older state or set up anew, its clock
 * jumps by up to a year in both directions, and older clients write at the same time. All devices converge, nothing
 * that was typed is lost unless the same device overwrote it, every photo on a device is on the server, a repeated
 * request changes nothing, and a wiped device recovers everything.
 *
 * MATHMUSEUMS_SEEDS sets the number of runs, MATHMUSEUMS_SEED selects a single one. The program has to be built with
 * "-tags testclock".
 */
import { after, test } from 'node:test';
import { NO_BINARY, startServer } from '../browser/lib/server.js';
import { LoneStudent } from './lib/lone-student.js';
import { World } from './lib/world.js';

const STEPS = 120;
const { MATHMUSEUMS_SEED: one, MATHMUSEUMS_SEEDS: count = '12' } = process.env;
const SEEDS = one ? [Number(one)] : Array.from({ length: Number(count) }, (_, i) => i + 1);

/** @type {import('../browser/lib/server.js').Server} */
let server;

let runs = 0;

/** Runs that share a museum. Sign-ins are limited, and copying a museum takes longer the more it contains. */
const RUNS_PER_SERVER = 20;

/** Returns the museum for the next run. */
async function museum() {
  if (runs++ % RUNS_PER_SERVER === 0) {
    await server?.remove();
    server = await startServer();
  }
  return server;
}

after(() => server?.remove());

for (const seed of SEEDS) {
  test(`devices on a bad network, seed ${seed}`, { skip: NO_BINARY }, async () =>
    new World(await museum(), seed).run(STEPS),
  );
}

for (const seed of SEEDS) {
  test(
    `devices on a bad network and a museum that is put back to an older day, seed ${seed}`,
    { skip: NO_BINARY },
    async () => new World(await museum(), 20_000 + seed).runPutBack(STEPS),
  );
}

for (const seed of SEEDS) {
  test(`devices on a bad network and a museum that is set up anew, seed ${seed}`, { skip: NO_BINARY }, async () =>
    new World(await museum(), 30_000 + seed).runEmptied(STEPS),
  );
}

test('a device alone is in conflict with nobody', { skip: NO_BINARY }, async () => {
  for (const seed of SEEDS.slice(0, 6)) await new World(await museum(), 10_000 + seed).runAlone(STEPS);
});

for (const tabs of [1, 2]) {
  test(`a student alone with photos, in ${tabs} of a browser's tabs, is asked to choose nothing and sees what was done last`, {
    skip: NO_BINARY,
  }, async () => {
    for (const seed of SEEDS) {
      await new LoneStudent(await museum(), seed, tabs).run(STEPS).catch((error) => {
        throw new Error(`seed ${seed}: ${error.stack}`);
      });
    }
  });
}
