/** Public holidays as the calendar uses them: whole days, by the year that they are in. */
import { checkRegion, daysOf as everyDayOf, holidayCountries, holidaysOf } from '../../src/sla/holidays.js';

const daysOf = async (country: string, region: string | null, year: number) => [...(await holidaysOf(country, region))(year)].sort();

it('knows the Czech year, Good Friday and Easter Monday included, Easter Sunday not', async () => {
  const year = await daysOf('CZ', null, 2026);
  const easter = ['2026-04-03', '2026-04-06'];
  const fixed = ['01-01', '05-01', '05-08', '07-05', '07-06', '09-28', '10-28', '11-17', '12-24', '12-25', '12-26'];
  expect(year).toEqual([...easter, ...fixed.map((day) => `2026-${day}`)].sort());
});

it('knows what a region has beside its country, and a part of it beside both', async () => {
  for (const [region, epiphany, peace] of [
    [null, false, false],
    ['BY', true, false],
    ['BY-A', true, true],
  ] as const) {
    const year = (await holidaysOf('DE', region))(2026);
    expect([year.has('2026-01-06'), year.has('2026-08-08'), year.has('2026-10-03')]).toEqual([epiphany, peace, true]);
  }
});

it('takes the day given in place of a holiday, in the year in which that day is', async () => {
  // New Year 2022 was a Saturday: given on the Friday in the United States, on the Monday in the United Kingdom.
  expect(await daysOf('US', null, 2021)).toContain('2021-12-31');
  expect((await daysOf('US', null, 2022)).filter((day) => !day.startsWith('2022-'))).toEqual([]);
  expect(await daysOf('GB', null, 2022)).toContain('2022-01-03');
});

it('counts each day of a holiday of several, over New Year too', async () => {
  expect(await daysOf('AE', null, 2027)).toEqual(expect.arrayContaining(['2027-03-09', '2027-03-10', '2027-03-11']));
  expect(await daysOf('AE', null, 2027)).not.toContain('2027-03-08');
  expect(await daysOf('SZ', null, 2034)).not.toContain('2035-01-02');
  expect(await daysOf('SZ', null, 2035)).toEqual(expect.arrayContaining(['2035-01-01', '2035-01-02']));
});

it('counts a holiday whose day is short because the clock changes, and none that begins at noon', async () => {
  expect(await daysOf('NL', null, 2027)).toContain('2027-03-28');
  expect(await daysOf('SI', null, 2027)).toContain('2027-10-31');
  const iceland = await daysOf('IS', null, 2026);
  expect(iceland).toContain('2026-12-25');
  expect(iceland).not.toContain('2026-12-24');
});

it('leaves out what is kept but no public holiday', async () => {
  expect(await daysOf('CZ', null, 2026)).not.toContain('2026-12-31');
  expect(await daysOf('DE', null, 2026)).not.toContain('2026-12-24');
});

it('opens on a public holiday that is worked, and closes on another day that is added, each year anew', async () => {
  const chosen = await holidaysOf('CZ', null, { worked: ['easter 1'], added: ['easter -3'] });
  expect(['2026-04-06', '2027-03-29'].map((day) => chosen(Number(day.slice(0, 4))).has(day))).toEqual([false, false]);
  expect(['2026-04-02', '2027-03-25'].map((day) => chosen(Number(day.slice(0, 4))).has(day))).toEqual([true, true]);
  expect(chosen(2026).has('2026-04-03')).toBe(true);
});

it('names days, countries and their regions in the language that is asked for', async () => {
  const days = (await everyDayOf('CZ', null, 'cs'))(2026);
  expect(days.find(({ date }) => date === '2026-04-06')).toEqual({
    ...{ date: '2026-04-06', name: 'Velikonoční pondělí', key: 'easter 1', kind: 'public' },
  });
  const countries = await holidayCountries('cs');
  expect(countries.find(({ code }) => code === 'CZ')).toEqual({ code: 'CZ', name: 'Česko', regions: [] });
  const regions = countries.find(({ code }) => code === 'DE')?.regions ?? [];
  expect(regions.map(({ code }) => code)).toEqual(expect.arrayContaining(['BY', 'BY-A']));
  for (const { code } of regions) await checkRegion('DE', code);
});

it('answers the same days the second time, from the same store', async () => {
  const first = await holidaysOf('CZ', null);
  expect(await holidaysOf('CZ', null)).toBe(first);
  expect(first(2026)).toBe(first(2026));
  expect(await holidaysOf('DE', 'BY')).not.toBe(await holidaysOf('DE', null));
});

it.each<[string, string | null, string, string]>([
  ['XX', null, 'country', '"XX" is no country code that is known; write ISO 3166-1 alpha-2, like CZ.'],
  ['cz', null, 'country', '"cz" is no country code that is known; write CZ.'],
  ['', null, 'country', 'like CZ'],
  ['constructor', null, 'country', 'like CZ'],
  ['GB', 'England', 'region', '"England" is no region of GB that is known; write one of ALD, ENG, NIR, SCT, WLS, or leave it out.'],
  ['DE', 'BY-Z', 'region', 'BY-A'],
  ['DE', '', 'region', '"" is no region of DE'],
  ['CZ', 'PR', 'region', 'No regions of CZ are known; leave the region out.'],
  // Listed by the library, which then does not find it.
  ['NZ', 'CAN-Timaru', 'region', '"CAN-Timaru" is no region of NZ'],
])('refuses %j, %j and names the %s', async (country, region, field, message) => {
  const refusal = { code: 'INVALID', facts: { field: `calendar.holidays.${field}` }, message: expect.stringContaining(message) };
  await expect(checkRegion(country, region)).rejects.toThrow(expect.objectContaining(refusal));
  await expect(holidaysOf(country, region)).rejects.toThrow(expect.objectContaining(refusal));
});

it('takes what it lists', async () => {
  await expect(checkRegion('CZ', null)).resolves.toBeUndefined();
  await expect(checkRegion('US', 'LA-NO')).resolves.toBeUndefined();
});
