/** News is what was not there before, said once. */
import fc from 'fast-check';
import { newestFirst, news, newsWords, type NotificationFacts } from '../src/notifications';

const notice = (n: number): NotificationFacts => ({
  id: `id-${n}`,
  at: new Date(Date.UTC(2026, 10, 3, 12, n)).toISOString(),
  text: `Told ${n}`,
});
const some = fc.uniqueArray(fc.nat(40), { maxLength: 12 }).map((numbers) => numbers.map(notice));

it('each notification is news once, and none of those that were there at the start', () => {
  fc.assert(
    fc.property(fc.array(some, { maxLength: 6 }), (snapshots) => {
      expect(news(null, snapshots[0] ?? [])).toEqual([]);
      snapshots.slice(1).forEach((now, index) => {
        const before = snapshots[index] ?? [];
        const fresh = news(before, now);
        expect(fresh).toEqual(newestFirst(now.filter(({ id }) => !before.some((one) => one.id === id))));
        expect(news(now, now)).toEqual([]);
      });
    }),
  );
});

it('the newest stands first, however they come', () => {
  fc.assert(
    fc.property(some, (all) => {
      const sorted = newestFirst(all);
      expect(newestFirst([...all].reverse())).toEqual(sorted);
      expect(sorted.map(({ at }) => at)).toEqual(
        all
          .map(({ at }) => at)
          .sort()
          .reverse(),
      );
    }),
  );
});

it('one is said in its own words, several by their number', () => {
  expect(newsWords([])).toBeNull();
  expect(newsWords([notice(1)])).toBe('Told 1');
  expect(newsWords([notice(1), notice(2)])).toBe('2 new notifications');
});
