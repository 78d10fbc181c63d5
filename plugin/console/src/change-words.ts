/** Changes that the audit tells, in the reader's language. */
import { weekday as weekdayWord } from '@patchbay/pages/formats';
import { actionWord } from './action-words';
import type { AuditEntry } from './audit-words';
import { eventWord } from './event-words';
import { channels, type Channel } from './generated/channels';
import type {
  Availability,
  CustomerTier,
  InteractionState,
  Role,
  RoutingStrategy,
  SlaMilestoneKind,
  SlaReopening,
  WrapUpMode,
} from './generated/operations';
import { calendarDay, countryWord, duration, languageName, languageWord, listed, moment, number, t } from './language';
import { modeWord } from './parts/wrap-up';
import { hoursText } from './week';
import { availabilityWord, channelTitle, milestoneWord, reopeningWord, roleWord, stateWord, strategyWord, tierWord } from './words';

type Change = AuditEntry['changes'][number];

/** @param name as the API has it */
const fieldWord = (name: string): string =>
  ({
    active: t('In use'),
    afterSeconds: t('After'),
    afterTransfer: t('After a transfer too'),
    actions: t('Actions'),
    address: t('Address'),
    agent: t('Agent'),
    askAgainAfterSeconds: t('Asked again after'),
    availability: t('Availability'),
    bounds: t('Limited to'),
    by: t('Raised by'),
    calendar: t('Business calendar'),
    country: t('Country'),
    date: t('Day'),
    capacity: t('Capacity'),
    category: t('Category'),
    channel: t('Channel'),
    channels: t('Channels'),
    condition: t('Condition'),
    defaultChannels: t('Channels'),
    department: t('Department'),
    description: t('Description'),
    departments: t('Departments'),
    email: t('E-mail'),
    endedAt: t('Ended'),
    events: t('Events'),
    expiresAt: t('Expires'),
    escalation: t('After a breach'),
    extension: t('Extension'),
    extensionSeconds: t('The agent may add, once'),
    holidays: t('Holidays'),
    hours: t('Opening hours'),
    interruptible: t('May be interrupted'),
    intervals: t('Opening hours'),
    keepsPlace: t('Keeps its place in the order'),
    languages: t('Languages'),
    level: t('Level'),
    levelDelaySeconds: t('Levels join after'),
    mandatory: t('Required'),
    maxAtOnce: t('Interactions at once, at most'),
    maxPerAgent: t('At most per agent'),
    members: t('Members'),
    mergedInto: t('Merged into'),
    milestones: t('Promises'),
    minLevel: t('Level'),
    minPriority: t('Priority at least'),
    mode: t('Mode'),
    name: t('Name'),
    offerTimeoutSeconds: t('An offer rings for'),
    overflowAfterSeconds: t('Moves on after'),
    overflowQueue: t('Moves on to'),
    pausedIn: t('Paused while'),
    percent: t('Share in %'),
    ownDays: t('Own days'),
    priority: t('Priority'),
    queue: t('Queue'),
    queues: t('Queues'),
    rank: t('Place in the order'),
    reasons: t('Reasons'),
    reopening: t('When it is opened again'),
    relaxation: t('Requirements are relaxed'),
    revokedAt: t('Revoked'),
    role: t('Role'),
    schedule: t('Schedule'),
    secondsBefore: t('Before the target'),
    secondFactorRoles: t('Roles that need a second factor'),
    seconds: t('Lasts'),
    secrets: t('Secrets'),
    skills: t('Skills'),
    slaPolicy: t('SLA policy'),
    stickySeconds: t('Kept for the agent who served last'),
    stopOnMatch: t('No further rule after it'),
    strategy: t('Agent chosen'),
    subject: t('Subject'),
    targetSeconds: t('Within'),
    targets: t('Targets for some'),
    team: t('Team'),
    teams: t('Teams'),
    tiers: t('Customers'),
    to: t('To', { context: 'person' }),
    until: t('Until'),
    url: t('Address'),
    timeZone: t('Time zone'),
    translations: t('In other languages'),
    trigger: t('Runs on'),
    warnings: t('Warns'),
    waitingWeight: t('Weight while it waits'),
    weight: t('Weight'),
    whenAgentLost: t('When its agent is lost'),
    whenUndelivered: t('When an answer was not delivered'),
    wrapUp: t('Wrap-up'),
  })[name] ?? (name in channels ? channelTitle(name as Channel) : (milestoneWord(name as SlaMilestoneKind) ?? name));

const INTERVAL = ['from', 'to', 'weekday'];
const isNothing = (value: unknown): boolean => value === null || value === '' || (Array.isArray(value) && value.length === 0);

function valueWord(field: string, value: unknown): string {
  if (value === null || value === '') return t('None');
  if (typeof value === 'boolean') return value ? t('Yes') : t('No');
  if (typeof value === 'number') return /[sS]econds(Before)?$/.test(field) ? duration(value) : number(value);
  if (field === 'intervals' && Array.isArray(value) && value.every((one) => !('weekday' in (one as object))))
    return value.length > 0 ? hoursText(value as { from: string; to: string }[]) : t('Closed all day');
  if (Array.isArray(value)) return value.length > 0 ? listed(value.map((one) => valueWord(field, one))) : t('None');
  if (typeof value === 'object' && INTERVAL.every((name) => name in value)) {
    const { weekday, from, to } = value as { weekday: number; from: string; to: string };
    return t('{{day}} {{from}} to {{to}}', { day: weekdayWord(weekday), from, to });
  }
  if (typeof value === 'object' && 'type' in value && 'settings' in value) {
    const { type, settings } = value as { type: string; settings: object };
    const action = actionWord(type, type);
    return Object.keys(settings).length === 0
      ? action
      : t('{{action}} ({{settings}})', {
          action,
          settings: listed(
            Object.entries(settings).map(([name, inner]) =>
              t('{{field}} {{value}}', { field: name === 'to' ? t('Priority') : fieldWord(name), value: valueWord(name, inner) }),
            ),
          ),
        });
  }
  if (typeof value === 'object')
    // What was not said of it does not count.
    return listed(
      Object.entries(value)
        .filter(([name, inner]) => name === 'intervals' || !isNothing(inner))
        .map(([name, inner]) => t('{{field}} {{value}}', { field: fieldWord(name), value: valueWord(name, inner) })),
    );
  const text = String(value);
  if (/At$|^until$/.test(field) && !Number.isNaN(Date.parse(text))) return moment(text);
  if (field === 'date') return calendarDay(text);
  if (field === 'country') return countryWord(text);
  if (field === 'languages') return languageWord(text);
  if (field === 'events') return eventWord(text, text);
  if (field === 'tiers') return tierWord(text as CustomerTier) || text;
  if (field === 'reopening') return reopeningWord(text as SlaReopening) || text;
  if (field === 'pausedIn') return stateWord(text as InteractionState) || text;
  if (field === 'mode') return modeWord(text as WrapUpMode) || text;
  if (field === 'strategy') return strategyWord(text as RoutingStrategy) || text;
  if (field === 'availability') return availabilityWord(text as Availability) || text;
  if (/^role|Roles$/.test(field)) return roleWord(text as Role) || text;
  return text in channels ? channelTitle(text as Channel) : text;
}

/** One difference, such as "Wrap-up, Lasts: 30 s → 60 s". */
export function changeWord({ path, before, after, hidden }: Change): string {
  const [first = '', second = ''] = path;
  if (first === 'members') {
    if (before === null) return t('Members: added {{name}} at level {{level}}', { name: second, level: number(Number(after)) });
    if (after === null) return t('Members: removed {{name}}', { name: second });
    return t('Members: {{name}} from level {{before}} to level {{after}}', {
      name: second,
      before: number(Number(before)),
      after: number(Number(after)),
    });
  }
  // Such as translations, cs, name.
  const place = first === 'translations' ? [fieldWord(first), languageName(second)] : path.map(fieldWord);
  const field = place.join(', ');
  const last = path.at(-1) ?? '';
  if (hidden) return t('{{field}}: changed', { field });
  if (before === null) return t('{{field}}: {{value}}', { field, value: valueWord(last, after) });
  return t('{{field}}: {{before}} → {{after}}', { field, before: valueWord(last, before), after: valueWord(last, after) });
}
