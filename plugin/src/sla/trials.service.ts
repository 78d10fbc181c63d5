/** What a calendar would do, saved or not: which days a country keeps, and when a target would be due. Reads no records. */
import { Injectable } from '@nestjs/common';
import { DateTime } from 'luxon';
import { invalid } from '../platform/errors.js';
import type { QueryTryCalendarArgs } from '../platform/generated/graphql.js';
import { BusinessCalendar, type CalendarDefinition } from './calendar.js';
import { checked, closedDays } from './calendars.service.js';
import { dueSteps, type DayCause } from './due-steps.js';
import { checkRegion, daysOf, holidayCountries, isClosed, type Holiday, type HolidayCountry } from './holidays.js';

/** So far ahead steps are told one by one. */
const MOST_DAYS = 100;
/** The library of holidays knows no rules outside. */
const YEARS = { first: 1970, last: 2100 };

@Injectable()
export class TrialsService {
  countries(language: string): Promise<HolidayCountry[]> {
    return holidayCountries(checkedLanguage(language));
  }

  /** @param from local date, YYYY-MM-DD */
  async holidaysAhead(country: string, region: string | null, from: string, language = 'en'): Promise<Holiday[]> {
    const begin = DateTime.fromFormat(from, 'yyyy-MM-dd', { zone: 'utc' });
    if (!begin.isValid || begin.year < YEARS.first || begin.year > YEARS.last)
      throw invalid('from', `"${from}" is no date of ${YEARS.first} to ${YEARS.last}; write one that exists as YYYY-MM-DD.`);
    await checkRegion(country, region, 'holidays');
    const ofYear = await daysOf(country, region, checkedLanguage(language));
    const end = begin.plus({ years: 1 }).toISODate();
    return [begin.year, begin.year + 1].flatMap(ofYear).filter(({ date }) => date >= from && date < end);
  }

  async attempt({ calendar: draft, localTime, targetSeconds, language }: QueryTryCalendarArgs) {
    if (targetSeconds < 1) throw invalid('targetSeconds', 'A target is at least 1 second.');
    const definition = await checked(draft);
    const { timeZone } = definition;
    const begin = DateTime.fromFormat(localTime, "yyyy-MM-dd'T'HH:mm", { zone: timeZone });
    if (!begin.isValid || begin.year < YEARS.first || begin.year > YEARS.last)
      throw invalid('localTime', `"${localTime}" is no time of ${YEARS.first} to ${YEARS.last}; write it as YYYY-MM-DDTHH:MM.`);
    const calendar = new BusinessCalendar(definition, await closedDays(definition));
    const { due, steps, isCut } = dueSteps(calendar, timeZone, await causes(definition, checkedLanguage(language ?? 'en')), {
      from: begin.toMillis(),
      ms: targetSeconds * 1_000,
      mostDays: MOST_DAYS,
    });
    return {
      startsAt: begin.toJSDate(),
      dueAt: due === null ? null : new Date(due),
      isCut,
      steps: steps.map(({ from, to, ms, clockShiftMs, ...step }) => ({
        ...step,
        from: from === null ? null : new Date(from),
        to: to === null ? null : new Date(to),
        seconds: ms / 1_000,
        clockShiftSeconds: clockShiftMs / 1_000,
      })),
    };
  }
}

async function causes({ holidays, ownDays }: CalendarDefinition, language: string): Promise<(date: string) => DayCause> {
  const ofYear = holidays && (await daysOf(holidays.country, holidays.region, language));
  const own = new Map(ownDays.map(({ date, name }) => [date, name]));
  return (date) => {
    const name = own.get(date);
    if (name !== undefined) return { reason: 'OWN_DAY', name };
    const holiday = holidays && ofYear?.(Number(date.slice(0, 4))).find((day) => day.date === date && isClosed(holidays)(day));
    return holiday ? { reason: 'HOLIDAY', name: holiday.name } : { reason: 'WEEK', name: null };
  };
}

/** @throws PatchbayError INVALID */
function checkedLanguage(language: string): string {
  if (!/^[a-z]{2}$/.test(language)) throw invalid('language', `"${language}" is no ISO 639-1 code: two lower-case letters, such as cs.`);
  return language;
}
