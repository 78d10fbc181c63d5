/** The requests of the signed HTTP intake, and their checks. An error names the field and the values that it takes. */
import { z } from 'zod';
import { invalid } from '../platform/errors.js';
import { channelsWhere } from '../platform/generated/channels.js';

const CHANNELS = channelsWhere(({ openedBy }) => openedBy.includes('INTAKE'));

const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;
const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;
const storable = (value: string): boolean => !CONTROL.test(value) && !LONE_SURROGATE.test(value);

function line(most: number) {
  const words = `must be 1 to ${most} characters on one line`;
  return z
    .string()
    .trim()
    .min(1, words)
    .max(most, words)
    .refine((value) => storable(value) && !/[\n\r\t]/.test(value), { error: words, abort: true });
}
const TEXT = 'must be at most 50,000 characters without control characters';
const text = z.string().max(50_000, TEXT).refine(storable, TEXT);

const open = z.strictObject({
  action: z.literal('open'),
  channel: z.enum(CHANNELS),
  direction: z.enum(['INBOUND', 'OUTBOUND']).default('INBOUND').describe('INBOUND: the customer turned to us.'),
  from: line(320).optional().describe("Who began: the caller's number (ANI), sender, handle."),
  to: line(320).optional().describe('Who was called: the dialled number (DNIS), mailbox, form.'),
  externalId: line(200).optional().describe("The call's or message's name in the calling system, unique there."),
  subject: line(200).optional(),
  text: text.optional().describe("The customer's first message; of calls, cases and tasks, what an agent is told."),
  priority: z.int().min(0).max(100).optional().describe('0 (last) to 100 (first); without it, that of the entry point, else 50.'),
  queueId: z.guid().optional().describe('Without it the entry point of `to` decides.'),
  customerName: line(200).optional().describe('What a new customer is called.'),
  accountNumber: line(200).optional().describe('What the caller typed into a menu (IVR) as the number of a customer or contract.'),
});

const which = {
  externalId: line(200).optional().describe('Either this or interactionId.'),
  interactionId: z.guid().optional().describe('Either this or externalId.'),
};

const STEPS = ['held', 'resumed', 'ended', 'abandoned'] as const;

const request = z.discriminatedUnion('action', [
  open,
  z.strictObject({
    action: z.literal('answered'),
    ...which,
    agent: line(320).optional().describe('Extension or e-mail address of the agent who answered; without it, the one at whom it rings.'),
  }),
  z.strictObject({ action: z.enum(STEPS), ...which }),
  z.strictObject({ action: z.literal('message'), ...which, text: text.refine((value) => value.trim() !== '', 'must not be empty') }),
]);

/** The JSON Schema of the requests, made from the checks themselves. It cannot say that lines hold no control characters. */
export const requestSchema = (): object => z.toJSONSchema(request, { io: 'input' });

export type SignedRequest = z.infer<typeof request>;
export type OpenRequest = z.infer<typeof open>;
export type UpdateRequest = Exclude<SignedRequest, OpenRequest>;

/** @throws PatchbayError INVALID naming the first field that is wrong, all of them in its message */
export function readRequest(body: unknown): SignedRequest {
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw invalid('body', 'The body must be a JSON object with an "action".');
  const result = request.safeParse(body);
  if (!result.success) {
    const { issues } = result.error;
    const field = (issue: z.core.$ZodIssue): string =>
      (issue.code === 'unrecognized_keys' ? (issue.keys[0] ?? '') : issue.path.join('.')) || 'body';
    throw invalid(issues[0] ? field(issues[0]) : 'body', issues.map((issue) => `${field(issue)}: ${issue.message}`).join('; '));
  }
  const { data } = result;
  if (data.action !== 'open' && Boolean(data.externalId) === Boolean(data.interactionId)) {
    throw invalid('externalId', 'Name the interaction either by externalId or by interactionId.');
  }
  return data;
}

/** @throws PatchbayError INVALID for a header that is missing or no key */
export function readKey(header: string | undefined): string {
  if (!header || !/^[A-Za-z0-9_:.-]{8,100}$/.test(header)) {
    throw invalid(
      'Idempotency-Key',
      'Send the header Idempotency-Key: 8 to 100 letters, digits, "-", "_", ":" or ".", a new one for each change.',
    );
  }
  return header;
}
