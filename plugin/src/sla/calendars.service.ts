/** Business calendars: kept version by version, and ready to count with. */
import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock.js';
import { absent, recordChange, watch } from '../platform/record-change.js';
import { calendarState } from '../platform/record-states.sql.js';
import { Commands, type Actor, type Command } from '../platform/commands.js';
import { Database, type Tx } from '../platform/database.js';
import { notFound } from '../platform/errors.js';
import type { CreateBusinessCalendarInput, HolidayRegionInput, UpdateBusinessCalendarInput } from '../platform/generated/graphql.js';
import { Prisma, type BusinessCalendar as Row } from '../platform/generated/prisma/client.js';
import { once } from '../platform/idempotency.js';
import { ALWAYS, BusinessCalendar, checkCalendar, type CalendarDefinition } from './calendar.js';
import type { Calendar } from './clock.js';
import { checkRegion, holidaysOf } from './holidays.js';

export interface NamedCalendar extends CalendarDefinition {
  id: string;
  name: string;
  version: number;
}

/** Which version of which calendar; nulls for around the clock. */
export interface CalendarVersion {
  calendarId: string | null;
  calendarVersion: number | null;
}

const NO_DAYS: ReadonlySet<string> = new Set();

@Injectable()
export class CalendarsService {
  /** Versions never change, so what was made ready once stays so. */
  private readonly ready = new Map<string, Promise<BusinessCalendar>>();

  constructor(
    private readonly database: Database,
    private readonly commands: Commands,
    private readonly clock: Clock,
  ) {}

  async list(tx: Tx = this.database.prisma): Promise<NamedCalendar[]> {
    return this.withDefinitions(await tx.businessCalendar.findMany({ orderBy: { name: 'asc' } }), tx);
  }

  async byIds(ids: string[], tx: Tx = this.database.prisma): Promise<NamedCalendar[]> {
    return this.withDefinitions(await tx.businessCalendar.findMany({ where: { id: { in: ids } } }), tx);
  }

  /** Whether it is open now, and when it opens next where it is not. */
  async hoursNow({ id, version }: NamedCalendar): Promise<{ openNow: boolean; nextOpening: Date | null }> {
    const calendar = await this.load(id, version);
    const now = this.clock.now().getTime();
    const opening = calendar.nextOpening(now);
    return { openNow: opening === now, nextOpening: opening === now || !Number.isFinite(opening) ? null : new Date(opening) };
  }

  /** What a clock counts with. */
  async of({ calendarId, calendarVersion }: CalendarVersion): Promise<Calendar & Pick<BusinessCalendar, 'nextOpening'>> {
    return calendarId === null || calendarVersion === null ? ALWAYS : this.load(calendarId, calendarVersion);
  }

  /** What these say now, by their ids. */
  async current(tx: Pick<Prisma.TransactionClient, '$queryRaw'>, ids: string[]): Promise<Map<string, BusinessCalendar>> {
    const versions = [...(await this.versions(tx, [...new Set(ids)]))];
    return new Map(await Promise.all(versions.map(async ([id, version]) => [id, await this.load(id, version)] as const)));
  }

  /** The versions that new clocks get. */
  async versions(tx: Pick<Prisma.TransactionClient, '$queryRaw'>, ids: string[]): Promise<Map<string, number>> {
    if (ids.length === 0) return new Map();
    const rows = await tx.$queryRaw<{ id: string; version: number }[]>(
      Prisma.sql`SELECT id::text AS id, version FROM business_calendars WHERE id = ANY(${ids}::uuid[])`,
    );
    return new Map(rows.map(({ id, version }) => [id, version]));
  }

  async create(by: Actor | Command, input: CreateBusinessCalendarInput): Promise<NamedCalendar> {
    const definition = await checked(input);
    return this.commands.run(by, async (command) => {
      const { id } = await once(command, 'createBusinessCalendar', input, async (calendarId) => {
        await command.tx.businessCalendar.create({
          data: { id: calendarId, name: input.name, version: 1, versions: { create: { version: 1, definition: asJson(definition) } } },
        });
        const event = { type: 'business_calendar.created', subjectId: calendarId, facts: { name: input.name } };
        await recordChange(command, absent(calendarState(calendarId)), event);
      });
      return this.get(id, command.tx);
    });
  }

  async update(by: Actor | Command, input: UpdateBusinessCalendarInput): Promise<NamedCalendar> {
    // The library of holidays takes a moment to load: not while a transaction is open.
    const { holidays } = { ...(await this.get(input.id, 'tx' in by ? by.tx : this.database.prisma)), ...input };
    if (holidays) await checkRegion(holidays.country, holidays.region ?? null);
    return this.commands.run(by, async (command) => {
      const before = await this.get(input.id, command.tx);
      const given = Object.fromEntries(Object.entries(input).filter(([name, value]) => value !== null || name === 'holidays'));
      const definition = await checked({ ...before, ...given });
      const changed = !isDeepStrictEqual(definition, definitionOf(before));
      const name = input.name ?? before.name;
      if (!changed && name === before.name) return before;
      const version = changed ? before.version + 1 : before.version;
      const state = await watch(command, calendarState(input.id));
      await command.tx.businessCalendar.update({
        where: { id: input.id },
        data: { name, version, ...(changed && { versions: { create: { version, definition: asJson(definition) } } }) },
      });
      await recordChange(command, state, { type: 'business_calendar.updated', subjectId: input.id, facts: { version } });
      return this.get(input.id, command.tx);
    });
  }

  /** Only one that nothing names: policies, customers and clocks are the caller's to look for. */
  async delete(by: Actor | Command, id: string): Promise<void> {
    await this.commands.run(by, async (command) => {
      const { name } = await this.get(id, command.tx);
      const before = await watch(command, calendarState(id));
      await command.tx.businessCalendarVersion.deleteMany({ where: { calendarId: id } });
      await command.tx.businessCalendar.delete({ where: { id } });
      await recordChange(command, before, { type: 'business_calendar.deleted', subjectId: id, facts: { name } });
    });
  }

  private async get(id: string, tx: Tx): Promise<NamedCalendar> {
    const [calendar] = await this.byIds([id], tx);
    if (!calendar) throw notFound('business calendar', id);
    return calendar;
  }

  private async withDefinitions(rows: Row[], tx: Tx): Promise<NamedCalendar[]> {
    const versions = await tx.businessCalendarVersion.findMany({
      where: { OR: rows.map(({ id, version }) => ({ calendarId: id, version })) },
    });
    const definitions = new Map(versions.map(({ calendarId, definition }) => [calendarId, definition as unknown as CalendarDefinition]));
    return rows.flatMap((row) => {
      const definition = definitions.get(row.id);
      return definition ? [{ ...definition, ...row }] : [];
    });
  }

  private load(id: string, version: number): Promise<BusinessCalendar> {
    const key = `${id}:${version}`;
    let loading = this.ready.get(key);
    if (!loading) {
      loading = this.compile(id, version);
      this.ready.set(key, loading);
      loading.catch(() => this.ready.delete(key));
    }
    return loading;
  }

  private async compile(calendarId: string, version: number): Promise<BusinessCalendar> {
    const row = await this.database.prisma.businessCalendarVersion.findUniqueOrThrow({
      where: { calendarId_version: { calendarId, version } },
    });
    const definition = row.definition as unknown as CalendarDefinition;
    return new BusinessCalendar(definition, await closedDays(definition));
  }
}

export async function closedDays({ holidays }: CalendarDefinition): Promise<(year: number) => ReadonlySet<string>> {
  return holidays ? holidaysOf(holidays.country, holidays.region, holidays) : () => NO_DAYS;
}

/** @throws PatchbayError INVALID naming the place and what to do */
export async function checked(input: {
  timeZone: string;
  intervals: CalendarDefinition['intervals'];
  holidays?: HolidayRegionInput | null;
  ownDays: CalendarDefinition['ownDays'];
}): Promise<CalendarDefinition> {
  const { timeZone, intervals, ownDays } = input;
  const { country, region = null, worked, added } = input.holidays ?? {};
  const holidays = country === undefined ? null : { country, region, worked: worked ?? [], added: added ?? [] };
  if (holidays) await checkRegion(holidays.country, holidays.region);
  return checkCalendar(definitionOf({ timeZone, intervals, holidays, ownDays }));
}

const definitionOf = ({ timeZone, intervals, holidays, ownDays }: CalendarDefinition): CalendarDefinition => ({
  timeZone,
  intervals,
  holidays,
  ownDays,
});

const asJson = (definition: CalendarDefinition): Prisma.InputJsonObject => definition as unknown as Prisma.InputJsonObject;
