/** Public holidays by country and region. The library and its data are heavy: they are loaded when a country is first used. */
import { invalid } from '../platform/errors.js';

const DAY = 86_400_000;

const load = async () => (await import('date-holidays')).default;
type Library = Awaited<ReturnType<typeof load>>;

const known = new Map<string, Promise<(year: number) => ReadonlySet<string>>>();

/**
 * The days that are closed from midnight to midnight: public holidays and what is given in their place. Half days, bank
 * holidays and observances are working days.
 *
 * @param country ISO 3166-1 alpha-2, like CZ
 * @param region a code that `checkRegion` takes; null for the days that the whole country has
 * @returns local dates, YYYY-MM-DD, by the year they are in
 * @throws PatchbayError INVALID where country or region is unknown
 */
export async function holidaysOf(country: string, region: string | null): Promise<(year: number) => ReadonlySet<string>> {
  await checkRegion(country, region);
  const key = region === null ? country : `${country}-${region}`;
  let days = known.get(key);
  if (!days) known.set(key, (days = load().then((library) => byYear(library, country, region))));
  return days;
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

function byYear(Library: Library, country: string, region: string | null): (year: number) => ReadonlySet<string> {
  // In UTC each day has 24 hours, so that a holiday on the night of a clock change is as long as any.
  const options = { timezone: 'UTC' };
  const [state, part] = region?.split('-') ?? [];
  const library =
    part !== undefined && state !== undefined
      ? new Library(country, state, part, options)
      : state !== undefined
        ? new Library(country, state, options)
        : new Library(country, options);

  const listed = new Map<number, string[]>();
  const listOf = (year: number) => {
    let days = listed.get(year);
    if (!days) {
      const holidays = library.getHolidays(year).filter(({ type }) => type === 'public');
      listed.set(year, (days = holidays.flatMap(({ date, start, end }) => wholeDays(date, end.getTime() - start.getTime()))));
    }
    return days;
  };

  const years = new Map<number, ReadonlySet<string>>();
  return (year) => {
    let days = years.get(year);
    if (!days) {
      // Days at New Year may be listed under the holiday's year, which is not the one that they are in.
      const all = [year - 1, year, year + 1].flatMap(listOf);
      const prefix = `${String(year).padStart(4, '0')}-`;
      years.set(year, (days = new Set(all.filter((day) => day.startsWith(prefix)))));
    }
    return days;
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
