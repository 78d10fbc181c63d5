/** How fast the router decides, and what that costs as the contact center grows. */
import { Router } from '../../plugin/src/routing/router.js';
import type { Bench, Figure } from './figure.js';
import { RouterLoad, type LoadSize, type Spent } from './router-load.js';

const BASE: LoadSize = { agents: 1_000, waiting: 50_000 };
const TENFOLD: LoadSize = { agents: 10_000, waiting: 500_000 };
const GROWTH = [1, 4, 16];
const REPETITIONS = 7;
/** Rounds that one repetition takes, and as many before the first that is counted, for the compiler. */
const ROUNDS = 200;

const bench: Bench = () => Promise.resolve([...speed(), costAtTenfold(), ...growth()]);
export default bench;

function speed(): Figure[] {
  const load = filled(BASE);
  const all = repeat(() => load.run(ROUNDS));
  const name = 'router core, decisions/s (1,000 agents, 200 queues, 50 skills, 50,000 waiting)';
  const perSecond = (ms: (spent: Spent) => number) => all.map((spent) => (spent.offers / ms(spent)) * 1_000);
  return [
    { name, unit: '1/s', samples: perSecond(({ decideMs }) => decideMs), aim: { op: '>=', value: 100_000 }, note: 'inside decide()' },
    {
      name: `${name}, whole cycle with facts fed back`,
      unit: '1/s',
      samples: perSecond(({ cycleMs }) => cycleMs),
      note: 'for each decision: the offer committed, accepted and closed, the agent read again, an arrival',
    },
  ];
}

/** In pairs, one after the other, so that what else the machine does weighs on both. */
function costAtTenfold(): Figure {
  const [base, tenfold] = [filled(BASE), filled(TENFOLD)];
  return {
    name: 'router core, cost per decision at 10,000 agents / 500,000 waiting, against 1,000 / 50,000',
    unit: 'x',
    samples: repeat(() => {
      const one = microseconds(base.run(ROUNDS));
      return microseconds(tenfold.run(ROUNDS)) / one;
    }),
    aim: { op: '<=', value: 2 },
  };
}

function growth(): Figure[] {
  const sizes = GROWTH.map((times) => ({ agents: BASE.agents * times, waiting: BASE.waiting * times }));
  const loads = sizes.map(filled);
  const all = repeat(() => loads.map((load) => microseconds(load.run(ROUNDS))));
  return sizes.map(({ agents, waiting }, i) => ({
    name: `router core, cost per decision (${agents} agents, ${waiting} waiting)`,
    unit: 'µs',
    samples: all.map((of) => of[i] as number),
  }));
}

function filled(size: LoadSize): RouterLoad {
  const load = new RouterLoad(new Router(), size);
  load.run(ROUNDS);
  return load;
}

function microseconds({ offers, decideMs }: Spent): number {
  return (decideMs * 1_000) / offers;
}

function repeat<T>(measure: () => T): T[] {
  return Array.from({ length: REPETITIONS }, measure);
}
