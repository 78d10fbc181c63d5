/** The formulas of the figures, by examples. */
import fc from 'fast-check';
import { averageHandleTime, averageSpeedOfAnswer, serviceLevel, type LevelCounts } from '../../src/live/metrics.js';

/** The example of ICMI's page: 1,000 answered, 860 of them in time, 60 abandoned, 20 of them within the threshold. */
const ICMI: LevelCounts = { answered: 1_000, answeredWithin: 860, abandoned: 60, abandonedWithin: 20, waitingBeyond: 15 };
const NOTHING: LevelCounts = { answered: 0, answeredWithin: 0, abandoned: 0, abandonedWithin: 0, waitingBeyond: 0 };

describe('the service level', () => {
  it.each([
    ['ANSWERED_OF_OFFERED', 860 / 1_060],
    ['ANSWERED_OF_ANSWERED', 860 / 1_000],
    ['SHORT_ABANDONS_IGNORED', 860 / 1_040],
    ['SHORT_ABANDONS_MET', 880 / 1_060],
    ['WAITING_INCLUDED', 860 / 1_075],
  ] as const)('by %s divides as its name says', (formula, share) => {
    expect(serviceLevel(formula, ICMI)).toBeCloseTo(100 * share, 10);
  });

  it.each(['ANSWERED_OF_OFFERED', 'ANSWERED_OF_ANSWERED', 'SHORT_ABANDONS_IGNORED', 'SHORT_ABANDONS_MET', 'WAITING_INCLUDED'] as const)(
    'by %s is unknown where nothing happened',
    (formula) => {
      expect(serviceLevel(formula, NOTHING)).toBeNull();
    },
  );

  it('is 0 % and not unknown for who waits past the threshold while nobody answers', () => {
    expect(serviceLevel('WAITING_INCLUDED', { ...NOTHING, waitingBeyond: 3 })).toBe(0);
  });

  it('is unknown where all who came left early and short abandons do not count', () => {
    expect(serviceLevel('SHORT_ABANDONS_IGNORED', { ...NOTHING, abandoned: 4, abandonedWithin: 4 })).toBeNull();
  });

  it('lies between 0 and 100 %, and the formulas keep their order of kindness', () => {
    const nat = fc.nat({ max: 10_000 });
    fc.assert(
      fc.property(nat, nat, nat, nat, nat, (within, late, short, long, waitingBeyond) => {
        const counts = { answered: within + late, answeredWithin: within, abandoned: short + long, abandonedWithin: short, waitingBeyond };
        const of = (formula: Parameters<typeof serviceLevel>[0]): number => serviceLevel(formula, counts) ?? 0;
        const rising = [
          0,
          of('WAITING_INCLUDED'),
          of('ANSWERED_OF_OFFERED'),
          of('SHORT_ABANDONS_IGNORED'),
          of('ANSWERED_OF_ANSWERED'),
          100,
        ];
        expect(rising).toEqual([...rising].sort((a, b) => a - b));
        expect(of('SHORT_ABANDONS_MET')).toBeGreaterThanOrEqual(of('ANSWERED_OF_OFFERED'));
        expect(of('SHORT_ABANDONS_MET')).toBeLessThanOrEqual(100);
      }),
    );
  });
});

describe('averages', () => {
  it('are in seconds', () => {
    expect(averageSpeedOfAnswer(45_000, 2)).toBe(22.5);
    expect(averageHandleTime(1_500, 1)).toBe(1.5);
  });

  it('are unknown without anything to average', () => {
    expect(averageSpeedOfAnswer(0, 0)).toBeNull();
    expect(averageHandleTime(0, 0)).toBeNull();
  });
});
