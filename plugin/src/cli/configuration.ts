/** `patchbay-center config`: the configuration of a running engine as a file, over its API. */
import { readFileSync, writeFileSync } from 'node:fs';
import { COMMAND, START } from '../platform/command.js';
import type { ConfigurationPlan } from '../platform/generated/graphql.js';
import { printConfigurationPlan } from './print-configuration.js';
import { Advice, ask, canAsk, color, heading, line } from './terminal.js';

export const CONFIG_ACTIONS = ['export', 'plan', 'apply'] as const;

export interface ConfigRequest {
  action: (typeof CONFIG_ACTIONS)[number];
  file: string | undefined;
  /** Of the engine. */
  url: string;
  token: string | undefined;
  prune: boolean;
  yes: boolean;
  json: boolean;
}

/** Of `plan`, so that a pipeline can tell; nothing to do is 0. */
const HAS_CHANGES = 2;
const ANSWER_MS = 60_000;

const PLAN = 'fingerprint entries { sign kind name changes { field before after } } clocksBehind { policyName clocks }';

interface Problem {
  line: number;
  column: number;
  message: string;
}

interface Answer<T> {
  data?: T | null;
  errors?: { message: string; extensions?: { code?: string; facts?: { problems?: Problem[] } } }[];
}

/** @returns the exit status */
export async function runConfiguration(request: ConfigRequest): Promise<number> {
  const { action, file } = request;
  if (action === 'export') return exported(request);
  if (!file) throw new Advice(`Name the file.\nExample: ${COMMAND} config ${action} center.yaml`);
  const document = read(file);
  if (!request.json) heading(`Patchbay configuration: ${action}`);
  const { planConfiguration: plan } = await call<{ planConfiguration: ConfigurationPlan }>(
    request,
    `query($document: Document!, $prune: Boolean!) { planConfiguration(document: $document, prune: $prune) { ${PLAN} } }`,
    { document, prune: request.prune },
  );
  if (request.json) line(JSON.stringify(plan, null, 2));
  else printConfigurationPlan(plan);
  const hasChanges = plan.entries.length > 0;
  if (action === 'plan') return hasChanges ? HAS_CHANGES : 0;
  if (!hasChanges) return 0;
  if (!request.yes && !(await agreed())) throw new Advice('Nothing was applied.');
  await call(
    request,
    `mutation($input: ApplyConfigurationInput!) { applyConfiguration(input: $input) { configurationPlan { fingerprint } } }`,
    {
      input: { document, prune: request.prune, fingerprint: plan.fingerprint },
    },
  );
  if (!request.json) line(`  ${color('green', 'Applied')} at ${request.url}.\n`);
  return 0;
}

async function exported(request: ConfigRequest): Promise<number> {
  const { exportConfiguration } = await call<{ exportConfiguration: { document: string } }>(
    request,
    '{ exportConfiguration { document } }',
    {},
  );
  const text = `${exportConfiguration.document}\n`;
  if (!request.file) {
    process.stdout.write(text);
    return 0;
  }
  writeFileSync(request.file, text);
  line(`\n  Written to ${request.file}.\n`);
  return 0;
}

/** @throws Advice where nobody can be asked */
async function agreed(): Promise<boolean> {
  if (!canAsk()) throw new Advice('Nothing was applied: there is no terminal to ask in.\nIf you are sure, add --yes.');
  return (await ask('Type "yes" to apply this:')) === 'yes';
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new Advice(`${file} cannot be read (${(error as { code?: string }).code}).`);
  }
}

/** @throws Advice saying what to do */
async function call<T>({ url, token, file }: ConfigRequest, query: string, variables: Record<string, unknown>): Promise<T> {
  if (!token) throw new Advice('Set PATCHBAY_TOKEN to the token of an administrator: the start prints one, and createToken makes more.');
  const unreachable = `No engine answers at ${url}.\nDoes it run (${START}), and is PATCHBAY_URL right?`;
  let answer: Answer<T>;
  try {
    const response = await fetch(new URL('/graphql', url), {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query, variables }),
      signal: AbortSignal.timeout(ANSWER_MS),
    });
    answer = (await response.json()) as Answer<T>;
  } catch (error) {
    throw new Advice(unreachable, { cause: error });
  }
  const [error] = answer.errors ?? [];
  if (error) throw new Advice(explain(error, file));
  if (!answer.data) throw new Advice(unreachable);
  return answer.data;
}

function explain({ message, extensions }: NonNullable<Answer<unknown>['errors']>[number], file = ''): string {
  const problems = extensions?.facts?.problems;
  if (problems) return problems.map((problem) => `${file}:${problem.line}:${problem.column} ${problem.message}`).join('\n');
  if (extensions?.code === 'UNAUTHENTICATED') return `The engine does not know this PATCHBAY_TOKEN: ${message}`;
  if (extensions?.code === 'FORBIDDEN') return 'PATCHBAY_TOKEN must be the token of an administrator.';
  return message;
}
