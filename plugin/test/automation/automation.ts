/** Rules made through the API, and what they did as the API tells it. */
import type { ContactCenter } from '../support/contact-center.js';
import { key } from '../support/engine.js';
import { until } from '../support/until.js';

export interface Run {
  id: string;
  rule: { id: string; name: string } | null;
  slaPolicy: { id: string } | null;
  version: number;
  eventSeq: string;
  eventType: string;
  outcome: 'DONE' | 'FAILED' | 'GUARDED' | 'STOPPED';
  reason: string | null;
  told: { code: string; facts: Record<string, unknown> } | null;
  effects: { action: string; field: string; before: string | null; after: string | null; interactionId: string | null }[];
}

export const RULE = `id name active rank version trigger { events schedule { cron timeZone } } condition stopOnMatch nextAt lastRunAt
  actions { type settings summary told { code facts } }`;
const RUN = `id rule { id name } slaPolicy { id } version eventSeq eventType outcome reason told { code facts }
  effects { action field told { code } before after interactionId }`;

let count = 0;

export const input = (rule: Record<string, unknown>): Record<string, unknown> => ({
  idempotencyKey: key(),
  name: `Rule ${(count += 1)}`,
  active: true,
  trigger: { events: ['interaction.opened'] },
  ...rule,
});

export const CREATE = `mutation($input: CreateAutomationRuleInput!) { createAutomationRule(input: $input) { automationRule { ${RULE} } } }`;
export const UPDATE = `mutation($input: UpdateAutomationRuleInput!) { updateAutomationRule(input: $input) { automationRule { ${RULE} } } }`;

export interface Rule {
  id: string;
  name: string;
  rank: number;
  version: number;
  nextAt: string | null;
  condition: string;
  actions: { type: string; settings: Record<string, unknown>; summary: string; told: unknown }[];
}

export async function rule(center: ContactCenter, of: Record<string, unknown>): Promise<Rule> {
  const { createAutomationRule } = await center.admin.do<{ createAutomationRule: { automationRule: Rule } }>(CREATE, { input: input(of) });
  return createAutomationRule.automationRule;
}

export async function update(center: ContactCenter, id: string, of: Record<string, unknown>): Promise<Rule> {
  const { updateAutomationRule } = await center.admin.do<{ updateAutomationRule: { automationRule: Rule } }>(UPDATE, {
    input: { id, ...of },
  });
  return updateAutomationRule.automationRule;
}

/** So that the rules of one test do not act in the next. */
export async function noRules(center: ContactCenter): Promise<void> {
  const { automationRules } = await center.admin.do<{ automationRules: { id: string }[] }>('{ automationRules { id } }');
  for (const { id } of automationRules) await center.admin.do('mutation($id: UUID!) { deleteAutomationRule(id: $id) { id } }', { id });
}

/** Oldest first. */
export async function runsOn(center: ContactCenter, interactionId: string): Promise<Run[]> {
  const { interaction } = await center.admin.do<{ interaction: { ruleRuns: { edges: { node: Run }[] } } }>(
    `query($id: UUID!) { interaction(id: $id) { ruleRuns(first: 200) { edges { node { ${RUN} } } } } }`,
    { id: interactionId },
  );
  return interaction.ruleRuns.edges.map(({ node }) => node).reverse();
}

export const someRuns = (center: ContactCenter, interactionId: string, howMany = 1): Promise<Run[]> =>
  until(`${howMany} runs`, async () => {
    const runs = await runsOn(center, interactionId);
    return runs.length >= howMany && runs;
  });
