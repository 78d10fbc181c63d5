/** The one webhook by which Twenty tells the engine of changes. The steps are decided by a pure function, then done. */
import type { Conversation } from './conversation.js';

export interface Webhook {
  id: string;
  targetUrl: string;
  operations: string[];
  description: string | null;
  secret: string;
}

export const OPERATIONS: readonly string[] = [
  'person',
  'company',
  'workspaceMember',
  'queue',
  'agentProfile',
  'queueMember',
  'slaPolicy',
  'automationRule',
  'interaction',
].map((object) => `${object}.*`);

/** By this our webhook is recognised after the engine has moved to a different address. */
export const DESCRIPTION = 'Patchbay: tells the contact center what changed here';

export const targetOf = (publicUrl: string): string => new URL(`${publicUrl.replace(/\/+$/, '')}/crm/deliveries`).toString();

export interface Wish {
  target: string;
  secret: string;
}

export const isOurs = (webhook: Webhook, target: string | null): boolean =>
  webhook.targetUrl === target || webhook.description === DESCRIPTION;

export const isAsWished = (webhook: Webhook, { target, secret }: Wish): boolean =>
  webhook.targetUrl === target &&
  webhook.secret === secret &&
  webhook.description === DESCRIPTION &&
  webhook.operations.length === OPERATIONS.length &&
  OPERATIONS.every((operation) => webhook.operations.includes(operation));

/** Pure. The first of ours is kept, all others go. */
export function webhookSteps(webhooks: readonly Webhook[], wish: Wish): { create: boolean; update: string | null; remove: string[] } {
  const ours = webhooks.filter((webhook) => isOurs(webhook, wish.target));
  const kept = ours.find((webhook) => isAsWished(webhook, wish)) ?? ours[0];
  return {
    create: !kept,
    update: kept && !isAsWished(kept, wish) ? kept.id : null,
    remove: ours.filter((webhook) => webhook !== kept).map(({ id }) => id),
  };
}

export async function listWebhooks(twenty: Conversation): Promise<Webhook[]> {
  return (await twenty.ask<{ webhooks: Webhook[] }>('{ webhooks { id targetUrl operations description secret } }')).webhooks;
}

/** @returns false where everything was as wished already */
export async function ensureWebhook(twenty: Conversation, wish: Wish): Promise<boolean> {
  const steps = webhookSteps(await listWebhooks(twenty), wish);
  const content = { targetUrl: wish.target, operations: OPERATIONS, description: DESCRIPTION, secret: wish.secret };
  if (steps.create)
    await twenty.ask('mutation ($input: CreateWebhookInput!) { createWebhook(input: $input) { id } }', { variables: { input: content } });
  if (steps.update)
    await twenty.ask('mutation ($input: UpdateWebhookInput!) { updateWebhook(input: $input) { id } }', {
      variables: { input: { id: steps.update, update: content } },
    });
  await removeWebhooks(twenty, steps.remove);
  // A creation whose answer got lost was asked for again.
  if (steps.create) await removeWebhooks(twenty, webhookSteps(await listWebhooks(twenty), wish).remove);
  return steps.create || steps.update !== null || steps.remove.length > 0;
}

export async function removeWebhooks(twenty: Conversation, ids: readonly string[]): Promise<void> {
  for (const id of ids) await twenty.ask('mutation ($id: UUID!) { deleteWebhook(id: $id) { id } }', { variables: { id } });
}
