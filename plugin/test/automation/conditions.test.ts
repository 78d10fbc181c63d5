/** Conditions of rules: what they see, what they answer, what is refused and where; random ones against a slow reading. */
import fc from 'fast-check';
import { DateTime } from 'luxon';
import { checkCondition, Condition } from '../../src/automation/conditions.js';
import { EVENT_SUBJECTS, FIELDS, PreparedFacts, type Facts } from '../../src/automation/facts.js';
import { matches } from '../../src/automation/patterns.js';
import { PatchbayError } from '../../src/platform/errors.js';

const NOW = new Date('2026-11-22T07:30:00Z');

const factsOf = ({ interaction, customer, queue, event, now }: Parts = {}): Facts => ({
  interaction: {
    id: '0199b5a0-0000-7000-8000-000000000001',
    number: 17,
    channel: 'EMAIL',
    direction: 'INBOUND',
    state: 'QUEUED',
    subject: 'Reklamace č. 5',
    description: '',
    priority: 50,
    skills: ['Czech', 'Billing'],
    agent: '',
    customerAddress: 'eva@zakaznik.example',
    entryAddress: 'podpora@energie.example',
    escalationLevel: 0,
    transferCount: 1,
    reopenCount: 0,
    ageSeconds: 10_800,
    waitingSeconds: 600,
    slaPolicy: 'Gold',
    atRisk: true,
    breached: false,
    disposition: '',
    parentId: '',
    createdAt: new Date(NOW.getTime() - 10_800_000),
    ...interaction,
  },
  customer: { known: true, id: 'c', name: 'Eva', tier: 'VIP', language: 'cs', company: '', ...customer },
  queue: { name: 'Podpora', department: 'Zákazníci', priority: 10, ...queue },
  event: { type: 'interaction.queued', actor: { kind: 'INTAKE', name: 'web' }, facts: {}, ...event },
  now: now ?? NOW,
});
interface Parts extends Partial<Pick<Facts, 'now'>> {
  interaction?: Partial<Facts['interaction']>;
  customer?: Partial<Facts['customer']>;
  queue?: Partial<Facts['queue']>;
  event?: Partial<Facts['event']>;
}

const outcome = (source: string, parts: Parts = {}) => Condition.compile(source).evaluate(factsOf(parts));
const isMet = (source: string, parts: Parts = {}): boolean => outcome(source, parts).met;

describe('a condition that is met', () => {
  const event = {
    facts: { n: 3, half: 2.5, text: 'a', yes: true, none: null, list: [1, null, 2], constructor: 1, in: { deep: { x: 1 } } },
  };
  test.each<[source: string, parts: Parts]>([
    ['', {}],
    ['  \n ', {}],
    ['interaction.channel == "EMAIL" && interaction.waitingSeconds > 300', {}],
    ["interaction.channel in ['VOICE', 'EMAIL']", {}],
    ['customer.tier == "" && !customer.known', { customer: { tier: '', known: false } }],
    ['interaction.priority + queue.priority > 59 // both count', {}],
    ['interaction.priority > 49.5', {}],
    ['double(interaction.priority) == 50.0', {}],
    ['interaction.createdAt < now - duration("2h")', {}],
    ['now - interaction.createdAt == duration("3h")', {}],
    ['now > timestamp("2026-11-22T07:29:59Z")', {}],
    ['now.getHours("Europe/Prague") == 8 && now.getHours() == 7 && now.getDayOfWeek("Europe/Prague") == 0', {}],
    ['interaction.createdAt.getHours("Europe/Prague") == 5 && interaction.createdAt.getHours("America/New_York") == 23', {}],
    ['interaction.createdAt != now && interaction.createdAt + duration("3h") == now && duration("1s") + now > now', {}],
    [
      'timestamp("2026-11-22T07:30:00Z") == now && now != timestamp("2026-11-22T07:30:01Z") && timestamp("2026-11-22T07:30:01Z") >= now',
      {},
    ],
    ['now - timestamp("2026-11-22T07:00:00Z") == duration("30m") && timestamp("2026-11-22T08:00:00Z") - now < duration("31m")', {}],
    ['(now - duration("9h")).getDayOfWeek("Europe/Prague") == 6 && now.getMonth() == 10 && now.getDate() == 22', {}],
    ['now.getDayOfMonth() == 21 && now.getDayOfYear() == 325 && now.getFullYear("Asia/Tokyo") == 2026 && now.getMinutes() == 30', {}],
    ['"Czech" in interaction.skills && size(interaction.skills) == 2', {}],
    ['interaction.skills.exists(skill, skill.startsWith("Bill"))', {}],
    ['interaction.subject.lowerAscii().contains("reklamace")', {}],
    ['interaction.subject.matches(r"^(?i)reklamace č\\. \\d+$") && interaction.entryAddress.matches("@energie[.]example$")', {}],
    ['interaction.skills.exists(one, one.matches("^Bil+ing$")) && !queue.name.matches("x|y")', {}],
    ['event.facts.text.matches("a") && event.facts.list.exists(one, one == 1)', { event }],
    ['event.type.startsWith("interaction.") && event.actor.kind == "INTAKE"', {}],
    ['interaction.atRisk ? interaction.slaPolicy == "Gold" : interaction.breached', {}],
    ['has(event.facts.n) && event.facts.n > 2 && event.facts.n == 3.0 && event.facts.n + 1 == 4', { event }],
    ['event.facts.half > 2 && event.facts.text != 3 && event.facts["in"].deep.x == 1', { event }],
    ['!has(event.facts.none) && !has(event.facts.missing) && size(event.facts.list) == 2', { event }],
    ['event.facts.constructor == 1 && !has(event.facts.toString)', { event }],
    ['!has(event.facts.missing) || event.facts.missing == 1', { event }],
    ['event.facts.yes && true', { event }],
  ])('%s', (source, parts) => expect(outcome(source, parts)).toEqual({ met: true }));
});

describe('a condition that is not met', () => {
  test.each([
    ['interaction.channel == "EMAIL" && interaction.priority > 80 && customer.known', 1],
    ['interaction.priority > 80 && event.facts.missing == 1', 0],
    ['event.facts.missing == 1 && interaction.priority > 80', 1],
    ['has(event.facts.x) && event.facts.x > 3', 0],
    ['interaction.priority > 80 || interaction.breached', 0],
    ['(interaction.breached || customer.name == "a && b") && true', 0],
    ['true && (interaction.breached && true)', 1],
  ])('says which term is false first: %s', (source, term) => expect(outcome(source)).toEqual({ met: false, term }));

  test.each([
    ['true && event.facts.missing == 1', 1, 'There is no event.facts.missing here; ask has(event.facts.missing) first.'],
    ['event.facts.missing', 0, 'There is no event.facts.missing here; ask has(event.facts.missing) first.'],
    ['event.facts.n > "a" && true', 0, 'A whole number cannot be compared with a text by >.'],
    ['event.facts.n', 0, 'This is neither true nor false.'],
    ['interaction.skills[7] == "Czech"', 0, 'interaction.skills[7] asks for an element that the list does not have.'],
    ['interaction.priority / interaction.reopenCount == 1', 0, 'interaction.priority / interaction.reopenCount divides by zero.'],
    ['now.getHours(interaction.subject) == 8', 0, '"Reklamace č. 5" is no IANA time zone; write it like Europe/Prague.'],
    ['duration(interaction.subject) == duration("1s")', 0, 'Invalid duration string: Reklamace č. 5.'],
  ])('says which term could not be evaluated, and why: %s', (source, term, error) => {
    const whole = /^event\.facts\.\w+$/.test(source) ? `${source} && true` : source;
    expect(outcome(whole, { event: { facts: { n: 3 } } })).toEqual({ met: false, term, error });
  });

  test('is cut into terms as it was written, comments aside', () => {
    const source = `(interaction.priority + 1) > 2 && // a && b
      (customer.known || (true && false))
      && "a && \\" b" != '&& "' && r"\\" == "" && !(interaction.breached) && [1, 2].exists(x, x > 1 && true) && """ " && """ != ""`;
    expect(Condition.compile(source.replace('r"\\" == ""', "'\\'' != ''")).terms).toEqual([
      '(interaction.priority + 1) > 2',
      '(customer.known || (true && false))',
      `"a && \\" b" != '&& "'`,
      "'\\'' != ''",
      '!(interaction.breached)',
      '[1, 2].exists(x, x > 1 && true)',
      '""" " && """ != ""',
    ]);
    expect(Condition.compile('true && false || true').terms).toEqual(['true && false || true']);
    expect(Condition.compile('true && false ? true : false').terms).toEqual(['true && false ? true : false']);
    expect(Condition.compile('(true && false)').terms).toEqual(['(true && false)']);
    expect(Condition.compile('').terms).toEqual([]);
  });
});

describe('a condition that is refused', () => {
  test.each<[source: string, line: number, column: number, place: string, message: string]>([
    ['interaction.priorty > 3', 1, 13, 'priorty', 'There is no interaction.priorty; did you mean interaction.priority?'],
    ['interacton.priority > 3', 1, 1, 'interacton', 'There is no interacton; did you mean interaction?'],
    ['waitingSeconds > 3', 1, 1, 'waitingSeconds', 'There is no waitingSeconds; did you mean interaction.waitingSeconds?'],
    ['ticket.id == ""', 1, 1, 'ticket', 'There is no ticket; there are interaction, customer, queue, event, now.'],
    ['queue.sla == ""', 1, 7, 'sla', 'There is no queue.sla; there are queue.name, queue.department, queue.priority.'],
    ['true\n  && queue["nam"] == ""', 2, 6, 'queue["nam"]', 'There is no queue.nam; did you mean queue.name?'],
    ['has(interaction.priorty)', 1, 5, 'interaction.priorty', 'There is no interaction.priorty; did you mean interaction.priority?'],
    ['has(event.fact.x)', 1, 5, 'event.fact.x', 'There is no event.fact; did you mean event.facts?'],
    ['has(1)', 1, 5, '1', 'has() asks for a field, such as has(event.facts.x).'],
    ['interaction.subject.size == 1', 1, 21, 'size', 'interaction.subject is a text: it has no size.'],
    ['interaction.channel == "VOIC"', 1, 24, '"VOIC"', 'interaction.channel is never "VOIC"; did you mean "VOICE"?'],
    ['"out" != interaction.direction', 1, 1, '"out"', 'interaction.direction is never "out"; it is one of "INBOUND", "OUTBOUND".'],
    ['interaction.channel in ["CHAT", "EMIAL"]', 1, 33, '"EMIAL"', 'interaction.channel is never "EMIAL"; did you mean "EMAIL"?'],
    ['!(interaction["state"] == "CLOSE")', 1, 27, '"CLOSE"', 'interaction.state is never "CLOSE"; did you mean "CLOSED"?'],
    ['customer.tier == "GOLD"', 1, 18, '"GOLD"', 'customer.tier is never "GOLD"; it is one of "STANDARD", "VIP", "".'],
    ['event.actor.kind == "AGNT"', 1, 21, '"AGNT"', 'event.actor.kind is never "AGNT"; did you mean "AGENT"?'],
    [
      'event.type == "interacton.queued"',
      1,
      15,
      '"interacton.queued"',
      'There is no event of the type "interacton.queued"; did you mean "interaction.queued"?',
    ],
    ['event.type == "queued"', 1, 15, '"queued"', 'There is no event of the type "queued"; one is "interaction.queued".'],
    ['interaction.priority == "5"', 1, 1, 'interaction.priority == "5"', 'A whole number cannot be compared with a text by ==.'],
    [
      'interaction.priority == 5.0',
      1,
      1,
      'interaction.priority == 5.0',
      'A whole number cannot be compared with a decimal number by ==: leave out the decimal point, or write double(…).',
    ],
    ['now > "2026-01-01"', 1, 1, 'now > "2026-01-01"', 'A point in time cannot be compared with a text by >.'],
    ['5 in interaction.skills', 1, 1, '5 in interaction.skills', 'A whole number cannot be looked for in a list by in.'],
    ['customer == null', 1, 1, 'customer == null', 'Nothing is null here: an unknown text is "", an unknown number 0.'],
    ['customer == 1', 1, 1, 'customer == 1', 'The customer as a whole cannot be compared with a whole number by ==.'],
    ['interaction.priority', 1, 1, 'interaction.priority', 'A condition must be true or false; this is a whole number.'],
    [
      'event.facts.x',
      1,
      1,
      'event.facts.x',
      'A condition must be true or false, and a fact of an event may be anything: compare it, such as event.facts.x == true.',
    ],
    ['customer.known && queue.name && true', 1, 19, 'queue.name', '&& and || join what is true or false; one side is a text.'],
    ['queue.priority || true', 1, 1, 'queue.priority', '&& and || join what is true or false; one side is a whole number.'],
    ['queue.name ? true : false', 1, 1, 'queue.name', 'What is asked here must be true or false; it is a text.'],
    ['!queue.name', 1, 1, '!queue.name', '! turns true and false round; this is a text.'],
    ['interaction.priority = 3', 1, 22, '=', 'Write == to compare.'],
    ['true and true', 1, 6, 'and', 'This is not expected here: join with &&, || and !.'],
    ['true &&\n', 2, 1, '', 'The condition ends too early: something is missing here.'],
    ['"abc', 1, 1, '"abc', 'A text begins here and its closing quotation mark is missing.'],
    ['queue.name.strtsWith("a")', 1, 1, 'queue.name.strtsWith("a")', 'There is no function strtsWith(); did you mean startsWith()?'],
    [
      'queue.name.startsWith(1)',
      1,
      1,
      'queue.name.startsWith(1)',
      'startsWith() cannot be asked of a text with a whole number between its brackets.',
    ],
    ['true &&\n  queue.name.matches("(a+")', 2, 22, '"(a+"', "This is no pattern of RE2's syntax: missing closing ) at (a+."],
    ['queue.name.matches("(?=a)")', 1, 20, '"(?=a)"', "This is no pattern of RE2's syntax: invalid or unsupported syntax at (?=."],
    ['queue.name.matches(r"(a)\\1")', 1, 20, 'r"(a)\\1"', "This is no pattern of RE2's syntax: invalid escape sequence at \\1."],
    ['queue.name.matches("(a{30}){30}")', 1, 20, '"(a{30}){30}"', 'This pattern is too large: repeat fewer times, or ask for less.'],
    [`queue.name.matches("${'a'.repeat(501)}")`, 1, 20, `"${'a'.repeat(501)}"`, 'A pattern has at most 500 characters.'],
    [
      'interaction.skills.exists(one, queue.name.matches(one))',
      1,
      51,
      'one',
      'matches() is asked of a text, with a pattern in quotation marks: x.matches(r"a+").',
    ],
    [
      'queue.name.matches(1)',
      1,
      1,
      'queue.name.matches(1)',
      'matches() cannot be asked of a text with a whole number between its brackets.',
    ],
    [
      'queue.name.matches("\\d")',
      1,
      21,
      '\\d',
      'A text knows no such character behind a backslash: write two of them, or r before the text, such as r"\\d+".',
    ],
    ['cel.bind(a, 1, a == 1)', 1, 1, 'cel.bind(a, 1, a == 1)', 'bind() cannot be used in a condition.'],
    ['["a"].map(a, a + a) == ["a"]', 1, 1, '["a"].map(a, a + a)', 'map() cannot be used in a condition.'],
    [
      'interaction.skills.all(a, interaction.skills.all(b, a == b))',
      1,
      27,
      'interaction.skills.all(b, a == b)',
      'all, exists, exists_one, filter cannot stand inside one another.',
    ],
    ['["a"].exists(queue, queue == "a")', 1, 14, 'queue', 'queue has a meaning already: choose another name.'],
    ['now.getHours("Europe/Pragu") == 8', 1, 14, '"Europe/Pragu"', '"Europe/Pragu" is no IANA time zone; write it like Europe/Prague.'],
    ['now < now + duration("2 hours")', 1, 22, '"2 hours"', '"2 hours" is no duration; write it like 90s, 15m or 2h30m.'],
    ['now < timestamp("tomorrow")', 1, 17, '"tomorrow"', '"tomorrow" is no point in time; write it like 2026-01-31T08:00:00Z.'],
  ])('%s', (source, line, column, place, message) => {
    const problem = checkCondition(source);
    expect(problem).toEqual({ message, line, column, start: expect.any(Number), end: expect.any(Number) });
    if (place) expect(source.slice(problem?.start, problem?.end)).toBe(place);
    expect(problem?.message).not.toContain('\n');
  });

  test.each([
    [
      'too deep',
      `${'('.repeat(40)}true${')'.repeat(40)}`,
      33,
      'The condition is too long or too deeply nested: split it in several rules.',
    ],
    ['a long list', `1 in [${'1, '.repeat(101)}1]`, 307, 'The condition is too long or too deeply nested: split it in several rules.'],
    ['many parts', `${'true||'.repeat(300)}true`, 1, 'The condition is too long or too deeply nested: split it in several rules.'],
    ['too long', `true${' '.repeat(1_997)}`, 2_001, 'A condition has at most 2,000 characters.'],
  ])('because it is %s', (_why, source, column, message) => expect(checkCondition(source)).toMatchObject({ message, line: 1, column }));

  test('does not compile, and says where', () => {
    let thrown: unknown;
    try {
      Condition.compile('true\n && interaction.priorty > 3');
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(PatchbayError);
    expect(thrown).toMatchObject({
      code: 'INVALID',
      message: 'Line 2, column 17: There is no interaction.priorty; did you mean interaction.priority?',
      facts: { field: 'condition' },
    });
  });
});

describe('a pattern', () => {
  /** The bytes of a text, and how often one of them was looked at. */
  function counted(length: number): { text: number[]; looks: () => number } {
    let looks = 0;
    const text = new Proxy([...Array<number>(length).fill('a'.charCodeAt(0)), 'b'.charCodeAt(0)], {
      get: (bytes, name) => {
        if (typeof name === 'string' && /^\d+$/.test(name)) looks += 1;
        return Reflect.get(bytes, name) as unknown;
      },
    });
    return { text, looks: () => looks };
  }

  test.each(['(a+)+$', '(a|aa)+$', '(a|a?)+c', '^(([a-z])+.)+[A-Z]$', '(.*a){12}$', '(a*)*c', '(?:a?){20}c'])(
    'that another engine would take forever for looks at each character a few times: %s',
    (pattern) => {
      for (const length of [100, 1_000, 10_000]) {
        const { text, looks } = counted(length);
        expect(matches(text, pattern)).toBe(false);
        expect(looks()).toBeLessThan(4 * length + 100);
      }
    },
  );

  test('means what a regular expression of JavaScript means', () => {
    const part = fc.constantFrom('a', 'b', '.', 'a*', 'b+', '(a|b)', '[^a]', 'a?', '^', '$', '\\w', '(ab)*', 'ř', '\\.');
    const pattern = fc.array(part, { minLength: 1, maxLength: 5 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(pattern, fc.string({ unit: fc.constantFrom('a', 'b', 'ř', '.', ' '), maxLength: 12 }), (source, text) => {
        expect(matches(text, source)).toBe(new RegExp(source, 'u').test(text));
      }),
    );
  });
});

describe('the table of fields', () => {
  test.each(FIELDS.map(({ path, type }) => [path, type] as const))('%s can be asked for as %s', (path, type) => {
    const comparison = {
      int: `${path} >= 0`,
      string: `${path} != "\u0000"`,
      bool: `${path} || !${path}`,
      timestamp: `${path} > timestamp("2000-01-01T00:00:00Z")`,
      'list<string>': `size(${path}) >= 0`,
      map: `size(${path}) == 0`,
    }[type];
    const open = FIELDS.find((field) => field.path === path)?.values ? `${path}.size() >= 0` : comparison;
    expect(isMet(path === 'event.type' ? 'event.type.size() > 0' : open)).toBe(true);
  });

  test('says of each field in one sentence what it is', () => {
    for (const { description } of FIELDS) expect(description).toMatch(/^[A-Z][^\n]{5,160}\.$|^The present moment/);
  });

  test.each(EVENT_SUBJECTS)('an event of %s can be asked for', (subject) =>
    expect(checkCondition(`event.type == "${subject}.updated"`)).toBeNull(),
  );
});

describe('the wall clock of a zone', () => {
  const zones = ['Europe/Prague', 'America/New_York', 'Asia/Kathmandu', 'UTC'];
  const conditions = new Map(
    zones.map((zone) => [zone, Array.from({ length: 24 }, (_hour, hour) => Condition.compile(`now.getHours("${zone}") == ${hour}`))]),
  );
  test('is that of Luxon, both changes of the clock included', () => {
    const moment = fc.oneof(
      fc.date({ min: new Date('2000-01-01'), max: new Date('2040-01-01'), noInvalidDate: true }),
      fc.integer({ min: -180, max: 180 }).map((minutes) => new Date(Date.parse('2026-03-29T01:00:00Z') + minutes * 60_000)),
      fc.integer({ min: -180, max: 180 }).map((minutes) => new Date(Date.parse('2026-10-25T01:00:00Z') + minutes * 60_000)),
    );
    fc.assert(
      fc.property(moment, fc.constantFrom(...zones), (now, zone) => {
        const prepared = new PreparedFacts(factsOf({ now }));
        const { hour } = DateTime.fromJSDate(now, { zone });
        expect(conditions.get(zone)?.map((condition) => condition.evaluate(prepared).met)).toEqual(
          Array.from({ length: 24 }, (_hour, index) => index === hour),
        );
      }),
    );
  });
});

/** A random condition and what it means: true, false, or null where it cannot be evaluated. */
interface Meant {
  source: string;
  value(facts: Facts): boolean | null;
}

const COMPARE = {
  '==': (a: number, b: number) => a === b,
  '!=': (a: number, b: number) => a !== b,
  '<': (a: number, b: number) => a < b,
  '<=': (a: number, b: number) => a <= b,
  '>': (a: number, b: number) => a > b,
  '>=': (a: number, b: number) => a >= b,
};
const small = fc.integer({ min: 0, max: 3 });
const sign = fc.constantFrom(...(Object.keys(COMPARE) as (keyof typeof COMPARE)[]));
const NUMBERS = {
  'interaction.priority': (facts: Facts) => facts.interaction.priority,
  'queue.priority': (facts: Facts) => facts.queue.priority,
  'interaction.transferCount': (facts: Facts) => facts.interaction.transferCount,
};
const TEXTS = ['', 'a', 'a && b', '"', "'", '\\', '// c', '( [', 'ř'];
const quoteOf = (text: string, quote: string): string => `${quote}${text.replaceAll('\\', '\\\\').replaceAll(quote, `\\${quote}`)}${quote}`;

const comparison: fc.Arbitrary<Meant> = fc.oneof(
  fc.tuple(fc.constantFrom(...(Object.keys(NUMBERS) as (keyof typeof NUMBERS)[])), sign, small).map(([field, operator, number]) => ({
    source: `${field} ${operator} ${number}`,
    value: (facts: Facts) => COMPARE[operator](NUMBERS[field](facts), number),
  })),
  fc.tuple(fc.constantFrom(...TEXTS), fc.constantFrom('"', "'")).map(([text, quote]) => ({
    source: `customer.name == ${quoteOf(text, quote)}`,
    value: ({ customer }: Facts) => customer.name === text,
  })),
  fc.constantFrom('VOICE', 'CHAT', 'EMAIL').map((channel) => ({
    source: `interaction.channel in ["${channel}", 'FAX']`,
    value: ({ interaction }: Facts) => [channel, 'FAX'].includes(interaction.channel),
  })),
  fc.tuple(sign, small).map(([operator, number]) => ({
    source: `event.facts.n ${operator} ${number}`,
    value: ({ event }: Facts) => (typeof event.facts.n === 'number' ? COMPARE[operator](event.facts.n, number) : null),
  })),
);

/** Of three values: what decides wins, whatever stands beside it. */
const decide = (values: (boolean | null)[], deciding: boolean): boolean | null =>
  values.includes(deciding) ? deciding : values.includes(null) ? null : !deciding;

const { meant } = fc.letrec<{ meant: Meant }>((tie) => ({
  meant: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    comparison,
    fc.tuple(tie('meant'), tie('meant')).map(([a, b]) => ({
      source: `(${a.source} || ${b.source})`,
      value: (facts: Facts) => decide([a.value(facts), b.value(facts)], true),
    })),
    fc.tuple(tie('meant'), tie('meant')).map(([a, b]) => ({
      source: `( ${a.source} && ${b.source})`,
      value: (facts: Facts) => decide([a.value(facts), b.value(facts)], false),
    })),
    tie('meant').map((a) => ({
      source: `!(${a.source})`,
      value: (facts: Facts) => {
        const value = a.value(facts);
        return value === null ? null : !value;
      },
    })),
  ),
}));

const randomFacts = fc
  .record({
    priority: small,
    queuePriority: small,
    transferCount: small,
    name: fc.constantFrom(...TEXTS),
    channel: fc.constantFrom('VOICE' as const, 'CHAT' as const, 'FAX' as const),
    n: fc.option(small, { nil: undefined }),
  })
  .map(({ priority, queuePriority, transferCount, name, channel, n }) =>
    factsOf({
      interaction: { priority, transferCount, channel },
      queue: { priority: queuePriority },
      customer: { name },
      event: { facts: { n } },
    }),
  );

it('is explained by its terms, each with what it read', () => {
  const source =
    'customer.tier == "VIP" && interaction.skills.exists(s, s == "French") && event.facts.n > 3 && has(event.facts.m) && now > interaction.createdAt';
  const told = Condition.compile(source).explain(
    new PreparedFacts(factsOf({ interaction: { skills: ['A', 'B'] }, event: { facts: { n: 3 } } })),
  );
  expect(told).toEqual([
    { term: 'customer.tier == "VIP"', holds: true, error: null, fields: [{ path: 'customer.tier', value: '"VIP"' }] },
    {
      term: 'interaction.skills.exists(s, s == "French")',
      holds: false,
      error: null,
      fields: [{ path: 'interaction.skills', value: '["A", "B"]' }],
    },
    { term: 'event.facts.n > 3', holds: false, error: null, fields: [{ path: 'event.facts.n', value: '3' }] },
    { term: 'has(event.facts.m)', holds: false, error: null, fields: [{ path: 'event.facts.m', value: '' }] },
    {
      term: 'now > interaction.createdAt',
      holds: true,
      error: null,
      fields: [
        { path: 'now', value: expect.stringMatching(/^timestamp\("2/) as unknown },
        { path: 'interaction.createdAt', value: expect.stringMatching(/^timestamp\("2/) as unknown },
      ],
    },
  ]);
});

describe('random conditions', () => {
  test('answer as a naive reading does, and name the first false term, or else the first that cannot be evaluated', () => {
    const joint = fc.constantFrom(' && ', '&&', '\n&& ', ' // no && here\n && ');
    fc.assert(
      fc.property(fc.array(meant, { minLength: 1, maxLength: 5 }), joint, randomFacts, (terms, between, facts) => {
        const condition = Condition.compile(terms.map(({ source }) => source).join(between));
        expect(condition.terms).toEqual(terms.map(({ source }) => source));
        const values = terms.map(({ value }) => value(facts));
        const found = condition.evaluate(new PreparedFacts(facts));
        if (values.includes(false)) expect(found).toEqual({ met: false, term: values.indexOf(false) });
        else if (values.includes(null)) expect(found).toEqual({ met: false, term: values.indexOf(null), error: expect.any(String) });
        else expect(found).toEqual({ met: true });
        expect(condition.evaluate(facts)).toEqual(found);
        expect(condition.explain(new PreparedFacts(facts)).map(({ holds }) => holds)).toEqual(values);
      }),
      { numRuns: 500 },
    );
  });

  test('joined by || are one term', () => {
    fc.assert(
      fc.property(fc.array(meant, { minLength: 2, maxLength: 4 }), randomFacts, (terms, facts) => {
        const condition = Condition.compile(terms.map(({ source }) => source).join(' || '));
        expect(condition.terms).toHaveLength(1);
        const value = decide(
          terms.map((term) => term.value(facts)),
          true,
        );
        expect(condition.evaluate(facts).met).toBe(value === true);
      }),
    );
  });

  test('of any letters are refused with a place inside them, or work: nothing throws', () => {
    const pieces = fc.constantFrom(
      ...['interaction', '.', 'priority', 'skills', '"a"', "'", '"', '"""', '\n', ' ', '(', ')', '[', ']', '{', '}', '&&', '||', '!', '?'],
      ...[
        ':',
        ',',
        '==',
        '<',
        '1',
        '1.5',
        'has',
        'all',
        'x',
        'event',
        'facts',
        '//',
        '\\',
        'r',
        'b',
        'true',
        '-',
        'in',
        'null',
        '\u{1f98a}',
      ],
    );
    const source = fc.oneof(
      fc.array(pieces, { maxLength: 30 }).map((all) => all.join('')),
      fc.string({ unit: 'binary', maxLength: 60 }),
    );
    fc.assert(
      fc.property(source, (text) => {
        const problem = checkCondition(text);
        if (!problem) return void Condition.compile(text).evaluate(factsOf());
        expect(problem.start).toBeGreaterThanOrEqual(0);
        expect(problem.end).toBeGreaterThanOrEqual(problem.start);
        expect(problem.end).toBeLessThanOrEqual(Math.max(text.length, problem.start));
        const lines = text.split('\n');
        expect(problem.line).toBeLessThanOrEqual(lines.length);
        expect(problem.column).toBeLessThanOrEqual((lines[problem.line - 1]?.length ?? 0) + 1);
        expect(problem.message).toMatch(/^[^\n]+[.?]$/);
      }),
      { numRuns: 2_000 },
    );
  });
});
