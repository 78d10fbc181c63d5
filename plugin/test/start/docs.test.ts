/** The pages of docs/ do what they say: each request is sent as it stands there, each body is taken. */
import { readFile } from 'node:fs/promises';
import { buildSchema, parse } from 'graphql';
import { readRequest, requestSchema } from '../../src/intake/signed.js';
import { StarterService } from '../../src/configuration/starter.service.js';
import { startTestEngine, type TestClient, type TestEngine } from '../support/engine.js';

let test: TestEngine;
let admin: TestClient;

beforeAll(async () => {
  test = await startTestEngine();
  await test.engine.app.get(StarterService, { strict: false }).fill('en');
  admin = test.client(await test.token('ADMIN'));
});
afterAll(async () => {
  await test.stop();
});

async function blocks(page: string): Promise<{ language: string; text: string }[]> {
  const text = await readFile(new URL(`../../../docs/${page}`, import.meta.url), 'utf8');
  return [...text.matchAll(/^```(\w+)\n(.*?)^```$/gms)].map(([, language = '', inside = '']) => ({ language, text: inside }));
}

/** What a path such as createQueue.queue.id names in the answers so far. */
const valueAt = (answers: unknown, path: string): string =>
  String(path.split('.').reduce((value, name) => (value as Record<string, unknown>)[name], answers));

it('the first steps lead from an empty center to a call that waits for the agent, in the order in which they stand', async () => {
  const answers: Record<string, unknown> = {};
  const steps = (await blocks('first-steps.md')).filter(({ language }) => language !== 'sh');
  expect(steps.map(({ language }) => language)).toEqual(Array.from({ length: 14 }, (_, at) => (at % 2 ? 'json' : 'graphql')));
  for (let at = 0; at < steps.length; at += 2) {
    const variables = steps[at + 1]!.text.replace(/<([\w.]+)>/g, (_all, path: string) => valueAt(answers, path));
    Object.assign(answers, await admin.do(steps[at]!.text, JSON.parse(variables) as Record<string, unknown>));
  }
  expect(answers).toMatchObject({
    createAgent: { agent: { presence: { status: { name: 'Offline' } } } },
    createEntryPoint: { entryPoint: { address: '+420800123456' } },
    openInteraction: { interaction: { state: 'QUEUED', customer: { name: '+420601123456' } } },
    explainInteraction: { summary: expect.any(String) },
  });
  const desk = test.client(valueAt(answers, 'createToken.secret'));
  expect(await desk.do('{ me { role agent { name } } }')).toEqual({ me: { role: 'AGENT', agent: { name: 'Jana Novak' } } });
});

it('the intake takes each body of its page, and the schema that it serves says the same', async () => {
  const page = await blocks('intake.md');
  const bodies = page.filter(({ language }) => language === 'json').map(({ text }) => JSON.parse(text) as { action: string });
  for (const body of bodies) expect(readRequest(body)).toMatchObject({ action: body.action });
  for (const { text } of page.filter(({ language }) => language === 'graphql')) parse(text);

  const response = await fetch(`${test.engine.url}/intake/v1/schema.json`);
  expect(response.headers.get('content-type')).toContain('application/schema+json');
  const schema = (await response.json()) as {
    oneOf: { properties: { action: { const?: string; enum?: string[] } }; additionalProperties: boolean }[];
  };
  expect(schema).toEqual(JSON.parse(JSON.stringify(requestSchema())));
  const actions = schema.oneOf.flatMap(({ properties: { action } }) => action.enum ?? [action.const]);
  expect(new Set(bodies.map(({ action }) => action))).toEqual(new Set(actions));
  expect(schema.oneOf[0]).toMatchObject({
    required: ['action', 'channel'],
    additionalProperties: false,
    properties: { from: { maxLength: 320, description: expect.any(String) }, priority: { minimum: 0, maximum: 100 } },
  });
});

it('the schema is served to anybody, as it is written, and says what each part means', async () => {
  const response = await fetch(`${test.engine.url}/schema.graphql`);
  expect(response.headers.get('content-type')).toContain('text/plain');
  const schema = buildSchema(await response.text());
  expect(schema.getMutationType()?.getFields().createEntryPoint).toBeDefined();
  expect(schema.getType('Priority')?.description).toBe('0 (last) to 100 (first).');
});
