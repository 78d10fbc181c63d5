/** Opening hours against wall clocks, both nights of the clock change included. */
import { DateTime } from 'luxon';
import { checkHours, isOpen } from '../../src/queues/hours.js';

const office = checkHours({
  timeZone: 'Europe/Prague',
  intervals: [1, 2, 3, 4, 5].flatMap((weekday) => [
    { weekday, from: '08:00', to: '12:00' },
    { weekday, from: '12:30', to: '17:00' },
  ]),
});
const always = checkHours({
  timeZone: 'Europe/Prague',
  intervals: [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, from: '00:00', to: '24:00' })),
});

const at = (local: string, zone = 'Europe/Prague') => DateTime.fromISO(local, { zone }).toMillis();

it('opens at the minute named and closes at the minute named', () => {
  expect(isOpen(office, at('2026-11-23T07:59:59'))).toBe(false);
  expect(isOpen(office, at('2026-11-23T08:00:00'))).toBe(true);
  expect(isOpen(office, at('2026-11-23T11:59:59'))).toBe(true);
  expect(isOpen(office, at('2026-11-23T12:00:00'))).toBe(false);
  expect(isOpen(office, at('2026-11-23T12:30:00'))).toBe(true);
  expect(isOpen(office, at('2026-11-22T10:00:00'))).toBe(false);
});

it('keeps to the wall clock over both changes of the clock', () => {
  for (const day of ['2026-03-27', '2026-03-30', '2026-10-23', '2026-10-26']) {
    expect(isOpen(office, at(`${day}T08:00:00`))).toBe(true);
    expect(isOpen(office, at(`${day}T07:59:00`))).toBe(false);
  }
});

it('is open through every minute of a day that says so, the long and the short one too', () => {
  for (const day of ['2026-03-29', '2026-10-25', '2026-11-22']) {
    const start = DateTime.fromISO(day, { zone: 'Europe/Prague' });
    const end = start.plus({ days: 1 }).toMillis();
    for (let minute = start.toMillis(); minute < end; minute += 60_000) expect(isOpen(always, minute)).toBe(true);
  }
});

it('without hours is always open', () => {
  expect(isOpen(null, 0)).toBe(true);
});

it.each([
  [{ timeZone: 'Prague', intervals: [{ weekday: 1, from: '08:00', to: '12:00' }] }, 'hours.timeZone'],
  [{ timeZone: 'Europe/Prague', intervals: [] }, 'hours.intervals'],
  [{ timeZone: 'Europe/Prague', intervals: [{ weekday: 8, from: '08:00', to: '12:00' }] }, 'hours.intervals.weekday'],
  [{ timeZone: 'Europe/Prague', intervals: [{ weekday: 1, from: '22:00', to: '06:00' }] }, 'hours.intervals'],
  [{ timeZone: 'Europe/Prague', intervals: [{ weekday: 1, from: '8:00', to: '12:00' }] }, 'hours.intervals'],
])('refuses %j and names the place', (hours, field) => {
  expect(() => checkHours(hours)).toThrow(expect.objectContaining({ code: 'INVALID', facts: { field } }));
});
