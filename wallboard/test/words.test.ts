/** What the wall says and what its address may say. */
import { target } from '@patchbay/pages/formats';
import { describe, expect, it } from '@jest/globals';
import { readAddress, tokenIn } from '../src/address';
import { awayWords } from '../src/drawer/away-words';
import { duration, percent } from '../src/words';

const A = '11111111-1111-4111-8111-111111111111';
const B = '22222222-2222-4222-8222-222222222222';

describe('words', () => {
  it.each([
    [0, '0:00'],
    [7.9, '0:07'],
    [754, '12:34'],
    [3_599, '59:59'],
    [3_600, '1h'],
    [7_500, '2h 5m'],
    [86_400, '1d'],
    [-3, '0:00'],
  ])('%d seconds are %s', (seconds, said) => expect(duration(seconds)).toBe(said));

  it('of an absence add up what has one name, count on what runs, and leave out what was no whole minute', () => {
    const time = (status: string, seconds: number, running = false, availability: 'AWAY' | 'AVAILABLE' = 'AWAY') => ({
      status,
      availability,
      seconds,
      running,
    });
    expect(
      awayWords([time('Break', 420), time('Training', 3_900), time('Break', 300), time('Available', 9_000, true, 'AVAILABLE')], 600),
    ).toBe('Break 12 mins, Training 1 hr 5 mins today');
    expect(awayWords([time('Break', 50, true)], 9)).toBeNull();
    expect(awayWords([time('Break', 50, true)], 10)).toBe('Break 1 min today');
  });

  it.each([
    [20, '20 secs'],
    [60, '1 min'],
    [90, '90 secs'],
    [14_400, '4 hrs'],
    [172_800, '2 days'],
    [3_700, '62 mins'],
  ])('a target of %d seconds is %s', (seconds, said) => expect(target(seconds)).toBe(said));

  it.each([
    [null, '–'],
    [0, '0'],
    [0.2, '1'],
    [79.5, '80'],
    [99.7, '99'],
    [100, '100'],
  ])('a share of %p is %s', (share, said) => expect(percent(share)).toBe(said));
});

describe('the address', () => {
  it('says nothing: the whole contact center by the default formula', () => {
    expect(readAddress('')).toEqual({ queueIds: null, formula: 'ANSWERED_OF_OFFERED', notices: [] });
  });

  it('names queues and a formula', () => {
    expect(readAddress(`?queues=${A},${B},${A}&formula=SHORT_ABANDONS_MET`)).toEqual({
      queueIds: [A, B],
      formula: 'SHORT_ABANDONS_MET',
      notices: [],
    });
  });

  it('says so when it was not understood, and shows what it can', () => {
    const { queueIds, formula, notices } = readAddress(`?queues=${A},nonsense&formula=toString`);
    expect({ queueIds, formula }).toEqual({ queueIds: [A], formula: 'ANSWERED_OF_OFFERED' });
    expect(notices).toHaveLength(2);
  });

  it('brings a token in its fragment', () => {
    expect(tokenIn('#token=pb_abc')).toBe('pb_abc');
    expect(tokenIn('#token=')).toBeNull();
    expect(tokenIn('')).toBeNull();
  });
});
