/** The pure parts of the pages of rules: the order after a drag, and forms made from schemas. */
import fc from 'fast-check';
import { moved } from '../src/rule-order.js';
import { blankOf, fieldsOf, withSetting, type Schema } from '../src/settings-schema.js';

test('each move is what the engine does with a rank, and all together bring the dragged ones beside the target', () => {
  const order = ['a', 'b', 'c', 'd', 'e', 'f'];
  fc.assert(
    fc.property(fc.subarray(order), fc.constantFrom(...order), fc.boolean(), (dragged, target, after) => {
      const moves = moved(order, dragged, target, after);
      if (dragged.includes(target)) return void expect(moves).toEqual([]);
      let now = order;
      for (const { id, rank, order: said } of moves) {
        now = now.filter((one) => one !== id).toSpliced(rank - 1, 0, id);
        expect(said).toEqual(now);
      }
      const rest = order.filter((one) => !dragged.includes(one));
      const at = rest.indexOf(target) + (after ? 1 : 0);
      expect(now).toEqual([...rest.slice(0, at), ...dragged, ...rest.slice(at)]);
    }),
  );
});

const SCHEMA: Schema = {
  properties: {
    queue: { type: 'string', reference: 'queue' },
    policy: { anyOf: [{ type: 'string', reference: 'slaPolicy' }, { type: 'null' }] },
    subject: { type: 'string', template: 'line' },
    body: { type: 'string', template: 'text' },
    priority: { type: 'integer', minimum: 0, maximum: 100 },
    waitSeconds: { type: 'integer', minimum: 1, maximum: Number.MAX_SAFE_INTEGER },
    mode: { type: 'string', enum: ['replace', 'add'], default: 'replace' },
    link: { type: 'boolean', default: true },
    agents: { type: 'array', items: { type: 'string', reference: 'agent' }, default: [] },
    roles: { type: 'array', items: { type: 'string', enum: ['ADMIN'] } },
    skills: { type: 'array', items: { properties: { skill: { reference: 'skill' }, minLevel: { type: 'integer', default: 1 } } } },
    key: { type: 'string', secret: true },
  },
  required: ['queue'],
};

test('a schema gives one control for each setting', () => {
  const kinds = fieldsOf(SCHEMA).map(({ name, kind, required }) => [name, kind, required]);
  expect(kinds).toEqual([
    ['queue', 'record', true],
    ['policy', 'record', false],
    ['subject', 'template', false],
    ['body', 'template', false],
    ['priority', 'number', false],
    ['waitSeconds', 'number', false],
    ['mode', 'choice', false],
    ['link', 'check', false],
    ['agents', 'records', false],
    ['roles', 'choices', false],
    ['skills', 'rows', false],
    ['key', 'text', false],
  ]);
  const field = (wanted: string) => fieldsOf(SCHEMA).find(({ name }) => name === wanted);
  expect(field('policy')).toMatchObject({ orNone: true });
  expect(field('waitSeconds')).toMatchObject({ min: 1, max: undefined, seconds: true });
  expect(field('skills')).toMatchObject({ blank: { minLevel: 1 } });
  expect(field('key')).toMatchObject({ secret: true });
});

test('a new action has what goes without saying, and what is emptied is left out', () => {
  expect(blankOf(SCHEMA)).toEqual({ mode: 'replace', link: true, agents: [] });
  expect(withSetting({ to: 1, by: 2 }, 'to', undefined)).toEqual({ by: 2 });
  expect(withSetting({ subject: 'x' }, 'subject', '')).toEqual({});
  expect(withSetting({ policy: 'x' }, 'policy', null)).toEqual({ policy: null });
});
