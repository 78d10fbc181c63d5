/**
 * Subscriptions whose source hands one and the same object to many: each object is executed once and serialised once
 * for all subscribers to the same. The source is called for each subscriber apart, so the check of access and of arguments
 * stays individual; the key says which subscribers may share.
 */
import { createSourceEventStream, execute, getOperationAST, type ExecutionArgs, type ExecutionResult } from 'graphql';

/** Fields below which no resolver depends on the reader. */
const SHARED: readonly string[] = ['board'];

/** By payload, then by question; gone with the payload. */
const texts = new WeakMap<object, Map<string, Promise<string>>>();

export interface Sharing {
  /** Subscribers that may see different things must have different keys. */
  role: string;
  /** Sends the JSON of a result to this subscriber; resolves when the socket has taken it. */
  send(json: string): Promise<void>;
  present(result: ExecutionResult): ExecutionResult;
}

/**
 * Answers in place of graphql-ws, which would serialise for each subscriber: the iterator sends by itself and yields
 * nothing, so that it only tells when the subscription is over. Null where the operation is not to be shared.
 */
export async function subscribeShared(
  args: ExecutionArgs,
  { role, send, present }: Sharing,
): Promise<AsyncIterableIterator<ExecutionResult, undefined> | ExecutionResult | null> {
  const question = questionOf(args, role);
  if (question === null) return null;
  const source = await createSourceEventStream(args);
  if (!(Symbol.asyncIterator in source)) return source;
  const frames = source[Symbol.asyncIterator]() as AsyncIterator<object>;
  const over = { done: true, value: undefined } as const;
  const end = async (): Promise<typeof over> => {
    await frames.return?.();
    return over;
  };
  const sending: AsyncIterableIterator<ExecutionResult, undefined> = {
    async next() {
      for (;;) {
        const { done, value: frame } = await frames.next();
        if (done) return over;
        await send(await once(frame, question, async () => JSON.stringify(present(await execute({ ...args, rootValue: frame })))));
      }
    },
    return: end,
    throw: async (error: unknown) => {
      await end();
      throw error;
    },
    [Symbol.asyncIterator]: () => sending,
  };
  return sending;
}

function once(frame: object, question: string, make: () => Promise<string>): Promise<string> {
  let answers = texts.get(frame);
  if (!answers) texts.set(frame, (answers = new Map()));
  let text = answers.get(question);
  if (!text) answers.set(question, (text = make()));
  return text;
}

function questionOf({ document, operationName, variableValues }: ExecutionArgs, role: string): string | null {
  const fields = getOperationAST(document, operationName)?.selectionSet.selections ?? [];
  const [field] = fields;
  const text = document.loc?.source.body;
  if (fields.length !== 1 || field?.kind !== 'Field' || !SHARED.includes(field.name.value) || !text) return null;
  return JSON.stringify([role, operationName ?? null, variableValues ?? null, text]);
}
