/** The live figures against a recount from scratch, and frames against boards, on random legal days. */
import fc from 'fast-check';
import { buildBoard, diff, snapshot, type Board, type Changes } from '../../src/live/board.js';
import type { ServiceLevelFormula } from '../../src/platform/generated/graphql.js';
import { acts, Day, QUEUES, type Act } from './history.js';
import { naiveBoard } from './naive.js';

const FORMULAS: ServiceLevelFormula[] = [
  'ANSWERED_OF_OFFERED',
  'ANSWERED_OF_ANSWERED',
  'SHORT_ABANDONS_IGNORED',
  'SHORT_ABANDONS_MET',
  'WAITING_INCLUDED',
];
const formulas = fc.constantFrom(...FORMULAS);
const filters = fc.option(fc.subarray(QUEUES));
const NUMBER_OF_RUNS = 100;

/** Calls `look` with the board after every few acts, as a stream would. */
function watch(
  day: Day,
  told: Act[],
  queueIds: string[] | null,
  formula: ServiceLevelFormula,
  every: number,
  look: (board: Board) => void,
): void {
  const scope = { queueIds: queueIds && new Set(queueIds), formula };
  const crew = day.standing.form(scope.queueIds);
  const sources = { tallies: day.tallies, standing: day.standing, crew };
  for (const [k, one] of told.entries()) {
    day.play(one);
    if (k % every === 0) look(buildBoard(sources, scope, new Date(day.now)));
  }
  look(buildBoard(sources, scope, new Date(day.now)));
}

const byId = <T extends { queueId: string }>(rows: T[]): T[] => [...rows].sort((a, b) => (a.queueId < b.queueId ? -1 : 1));

describe('the live figures', () => {
  it('are those that a recount of the log and of the present facts gives', () => {
    fc.assert(
      fc.property(acts, filters, formulas, fc.integer({ min: 3, max: 30 }), (told, queueIds, formula, every) => {
        const day = new Day();
        watch(day, told, queueIds, formula, every, (board) => {
          const { queues, removedQueueIds: _, ...rest } = snapshot(board);
          const { queues: expected, ...others } = naiveBoard(day.present, queueIds, formula, day.now);
          expect(byId(queues)).toEqual(byId(expected));
          expect(rest).toEqual(others);
        });
      }),
      { numRuns: NUMBER_OF_RUNS },
    );
  });

  it('are the same for who comes late', () => {
    fc.assert(
      fc.property(acts, filters, (told, queueIds) => {
        const day = new Day();
        const scope = { queueIds: queueIds && new Set(queueIds), formula: 'WAITING_INCLUDED' as const };
        const early = day.standing.form(scope.queueIds);
        for (const one of told) day.play(one);
        const { tallies, standing } = day;
        const board = (crew: typeof early) => buildBoard({ tallies, standing, crew }, scope, new Date(day.now));
        expect(board(standing.form(scope.queueIds))).toEqual(board(early));
      }),
    );
  });

  it('take nothing from a crew that was disbanded', () => {
    const day = new Day();
    const crew = day.standing.form(null);
    day.standing.disband(crew);
    const before = { ...crew.states };
    day.play({ do: 'AGENT', agent: 0, gone: false, facts: { availability: 'AWAY' }, queues: [0], channels: [0] });
    expect(crew.states).toEqual(before);
  });
});

describe('frames', () => {
  it('lead from the first snapshot to every later one', () => {
    fc.assert(
      fc.property(acts, filters, formulas, fc.integer({ min: 3, max: 30 }), (told, queueIds, formula, every) => {
        let previous: Board | null = null;
        let screen: Screen | null = null;
        watch(new Day(), told, queueIds, formula, every, (board) => {
          screen = screen && previous ? put(screen, diff(previous, board), board.at) : put(EMPTY, snapshot(board), board.at);
          expect(screen).toEqual(put(EMPTY, snapshot(board), board.at));
          previous = board;
        });
      }),
      { numRuns: NUMBER_OF_RUNS },
    );
  });

  it('say nothing where nothing has changed', () => {
    fc.assert(
      fc.property(acts, formulas, (told, formula) => {
        const boards: Board[] = [];
        const day = new Day();
        watch(day, told, null, formula, 1_000, (board) => boards.push(board));
        watch(day, [], null, formula, 1, (board) => boards.push(board));
        const [before, after] = boards.slice(-2) as [Board, Board];
        expect(diff(before, after)).toEqual({
          queues: [],
          removedQueueIds: [],
          agents: null,
          channels: [],
          flow: [],
          totals: null,
          escalations: null,
        });
      }),
    );
  });
});

/** What a screen holds, by keys; it drops minutes by age and channels without anything. */
interface Screen {
  queues: Record<string, unknown>;
  channels: Record<string, unknown>;
  flow: Record<number, unknown>;
  agents: unknown;
  totals: unknown;
  escalations: unknown;
}

const EMPTY: Screen = { queues: {}, channels: {}, flow: {}, agents: null, totals: null, escalations: null };

function put(screen: Screen, changes: Changes, at: Date): Screen {
  const first = Math.floor(at.getTime() / 60_000) * 60_000 - 3_600_000;
  const queues = { ...screen.queues, ...Object.fromEntries(changes.queues.map((row) => [row.queueId, row])) };
  for (const id of changes.removedQueueIds) delete queues[id];
  const channels = { ...screen.channels, ...Object.fromEntries(changes.channels.map((row) => [row.channel, row])) };
  for (const row of changes.channels) if (row.waiting + row.inProgress + row.agentsTaking === 0) delete channels[row.channel];
  const flow: Screen['flow'] = { ...screen.flow, ...Object.fromEntries(changes.flow.map((row) => [row.minute.getTime(), row])) };
  for (const minute of Object.keys(flow)) if (Number(minute) < first) delete flow[Number(minute)];
  return {
    queues,
    channels,
    flow,
    agents: changes.agents ?? screen.agents,
    totals: changes.totals ?? screen.totals,
    escalations: changes.escalations ?? screen.escalations,
  };
}
