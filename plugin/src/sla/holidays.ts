/** Public holidays by country and region. The library and its data are heavy: they are loaded when a country is first used. */
import { invalid } from '../platform/errors.js';

const DAY = 86_400_000;

const load = async () => (await import('date-holidays')).default;
type Library = Awaited<ReturnType<typeof load>>;

/** Whose days, and which of them differ from what the country has. */
export interface HolidayChoice {
  country: string;
  region: string | null;
  /** Keys of public holidays on which it is open as on any day. */
  worked?: readonly string[] | undefined;
  /** Keys of other days, such as bank holidays and observances, on which it is closed. */
  added?: readonly string[] | undefined;
}

/** A whole day that a country or region keeps. */
export interface Holiday {
  /** Local, YYYY-MM-DD. */
  date: string;
  /** In the language that was asked for where the library has it, else in the country's. */
  name: string;
  /** The same each year, whatever its date: the rule by which the day is found, such as "easter 1". */
  key: string;
  kind: 'public' | 'bank' | 'optional' | 'school' | 'observance';
}

const known = new Map<string, Promise<(year: number) => ReadonlySet<string>>>();

/**
 * The days that are closed from midnight to midnight: public holidays and what is given in their place, but for those that
 * are worked; half days, bank holidays and observances are working days, but for those that are added.
 *
 * @param country ISO 3166-1 alpha-2, like CZ
 * @param region a code that `checkRegion` takes; null for the days that the whole country has
 * @returns local dates, YYYY-MM-DD, by the year they are in
 * @throws PatchbayError INVALID where country or region is unknown
 */
export async function holidaysOf(
  country: string,
  region: string | null,
  { worked = [], added = [] }: Pick<HolidayChoice, 'worked' | 'added'> = {},
): Promise<(year: number) => ReadonlySet<string>> {
  await checkRegion(country, region);
  const key = JSON.stringify([country, region, worked, added]);
  let days = known.get(key);
  if (!days) {
    const counts = isClosed({ worked, added });
    days = daysOf(country, region).then((ofYear) => {
      const years = new Map<number, ReadonlySet<string>>();
      return (year) => {
        let dates = years.get(year);
        if (!dates) years.set(year, (dates = new Set(ofYear(year).flatMap((day) => (counts(day) ? [day.date] : [])))));
        return dates;
      };
    });
    known.set(key, days);
  }
  return days;
}

/** Whether a calendar with this choice is closed on a day. */
export const isClosed =
  ({ worked = [], added = [] }: Pick<HolidayChoice, 'worked' | 'added'>) =>
  ({ kind, key }: Holiday): boolean =>
    kind === 'public' ? !worked.includes(key) : added.includes(key);

/**
 * Everything that is kept there for a whole day.
 *
 * @param language of the names, ISO 639-1
 * @returns by the year that the days are in, in the order of their dates
 */
export async function daysOf(country: string, region: string | null, language?: string): Promise<(year: number) => Holiday[]> {
  return byYear(await load(), country, region, language);
}

export interface HolidayCountry {
  code: string;
  name: string;
  /** With codes as `checkRegion` takes them. */
  regions: { code: string; name: string }[];
}

/** All countries that are known, in the order of their names. @param language of the names, where the library has it */
export async function holidayCountries(language: string): Promise<HolidayCountry[]> {
  const library = new (await load())();
  const inWords = new Intl.DisplayNames([language, 'en'], { type: 'region' });
  const inOrder = new Intl.Collator(language);
  return Object.keys(library.getCountries())
    .map((code) => {
      const states = library.getStates(code, language) ?? {};
      const regions = regionsOf(library, code).map((region) => {
        const [state = '', part] = region.split('-');
        const name = states[state] ?? state;
        return { code: region, name: part === undefined ? name : `${name}: ${library.getRegions(code, state, language)[part] ?? part}` };
      });
      return { code, name: inWords.of(code) ?? code, regions: regions.sort((a, b) => inOrder.compare(a.name, b.name)) };
    })
    .sort((a, b) => inOrder.compare(a.name, b.name));
}

/**
 * @param region a state, province or the like as ISO 3166-2 has it, without the country (BY); a part of one after a
 *   hyphen (BY-A); null for the whole country
 * @param field where country and region stand in the caller's input
 * @throws PatchbayError INVALID listing the codes that were meant or that there are
 */
export async function checkRegion(country: string, region: string | null, field = 'calendar.holidays'): Promise<void> {
  const library = new (await load())();
  const countries = Object.keys(library.getCountries());
  if (!countries.includes(country)) {
    const near = countries.filter((code) => code === country.trim().toUpperCase());
    const meant = near.length > 0 ? `write ${near[0]}.` : 'write ISO 3166-1 alpha-2, like CZ.';
    throw invalid(`${field}.country`, `"${country}" is no country code that is known; ${meant}`);
  }
  if (region === null) return;
  const regions = regionsOf(library, country);
  if (regions.includes(region)) return;
  throw invalid(
    `${field}.region`,
    regions.length > 0
      ? `"${region}" is no region of ${country} that is known; write one of ${regions.join(', ')}, or leave it out.`
      : `No regions of ${country} are known; leave the region out.`,
  );
}

function regionsOf(library: InstanceType<Library>, country: string): string[] {
  // The library answers undefined, whatever its types say, where a country has none.
  const states = Object.keys(library.getStates(country) ?? {});
  const partsOf = (state: string) => Object.keys(library.getRegions(country, state) ?? {}).map((part) => `${state}-${part}`);
  // It lists codes like CAN-Timaru and never finds them, since it looks for capitals; their days would be silently missing.
  return states.flatMap((state) => [state, ...partsOf(state)]).filter((code) => code === code.toUpperCase());
}

function byYear(Library: Library, country: string, region: string | null, language?: string): (year: number) => Holiday[] {
  // In UTC each day has 24 hours, so that a holiday on the night of a clock change is as long as any.
  const options = { timezone: 'UTC' };
  const [state, part] = region?.split('-') ?? [];
  const library =
    part !== undefined && state !== undefined
      ? new Library(country, state, part, options)
      : state !== undefined
        ? new Library(country, state, options)
        : new Library(country, options);

  const listed = new Map<number, Holiday[]>();
  const listOf = (year: number) => {
    let days = listed.get(year);
    if (!days) {
      const found = library.getHolidays(year, language);
      days = found.flatMap(({ date, start, end, name, rule, type }) =>
        wholeDays(date, end.getTime() - start.getTime()).map((day) => ({ date: day, name, key: rule, kind: type })),
      );
      listed.set(year, days);
    }
    return days;
  };
  return (year) => {
    // Days at New Year may be listed under the holiday's year, which is not the one that they are in.
    const all = [year - 1, year, year + 1].flatMap(listOf);
    const prefix = `${String(year).padStart(4, '0')}-`;
    return all.filter(({ date }) => date.startsWith(prefix)).sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
  };
}

/**
 * @param date "2026-03-20 00:00:00", with " -0600" behind it where the holiday begins at the sunset before: that evening
 *   is not counted, nor what is left of the last day
 */
function wholeDays(date: string, lengthMs: number): string[] {
  const begins = Date.parse(`${date.slice(0, 10)}T${date.slice(11, 19)}Z`);
  const days = [];
  for (let day = Math.ceil(begins / DAY) * DAY; day + DAY <= begins + lengthMs; day += DAY)
    days.push(new Date(day).toISOString().slice(0, 10));
  return days;
}
