/**
 * The API's front: one schema from the contract's SDL, over HTTP here and over WebSockets in sockets.ts, with the same
 * identity, limits and error codes on both.
 */
import { randomUUID } from 'node:crypto';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ApolloDriver, type ApolloDriverConfig } from '@nestjs/apollo';
import { getDirective } from '@graphql-tools/utils';
import { maxAliasesRule } from '@escape.tech/graphql-armor-max-aliases';
import { maxDepthRule } from '@escape.tech/graphql-armor-max-depth';
import { Logger } from '@nestjs/common';
import { GraphQLModule } from '@nestjs/graphql';
import type { FastifyRequest } from 'fastify';
import {
  getNamedType,
  GraphQLError,
  Kind,
  visit,
  type ArgumentNode,
  type ConstArgumentNode,
  type DocumentNode,
  type ExecutionResult,
  type GraphQLField,
  type GraphQLFormattedError,
  type GraphQLSchema,
  type ValidationContext,
  type ValidationRule,
} from 'graphql';
import { getComplexity } from 'graphql-query-complexity';
import { Access, guardSchema, type Identity } from './access.js';
import { boundSchema, type Part } from './bounds.js';
import { describeError, fromDatabase, PatchbayError } from './errors.js';
import { LIMITS } from './limits.js';
import { Loaders } from './loaders.js';
import { scalars } from './scalars.js';

export interface RequestContext {
  /** A refusal stands here too, so that it reaches the caller as an error of the operation. */
  identity: Identity | PatchbayError | undefined;
  actor: Identity['actor'] | undefined;
  /** Null where the caller's right is not bounded. */
  part: Part | null;
  loaders: Loaders;
  /** Where the call comes from. */
  address: string;
  /** Whether the caller has hung up; left out where that ends the operation by itself. */
  isGone?: () => boolean;
  /** Set for a WebSocket: sends a result, given as JSON, to the subscription of this context. */
  send?: (json: string) => Promise<void>;
}

const log = new Logger('api');
// Reported like any other fault of the document: thrown, it would pass for a failure of the engine.
const reported = {
  propagateOnRejection: false,
  onReject: [(context: ValidationContext | null, error: GraphQLError) => context?.reportError(error)],
};
export const rules: ValidationRule[] = [
  maxDepthRule({ n: LIMITS.depth, ignoreIntrospection: true, ...reported }),
  maxAliasesRule({ n: LIMITS.aliases, ...reported }),
] as unknown as ValidationRule[];

/** Of a list without paging whose schema does not say by `@holds` how many rows it has as a rule. */
const ROWS = 10;

/** By document, of those whose operation costs the same whatever its variables are. */
const costs = new WeakMap<DocumentNode, Map<string, number>>();

/** A field costs 1, a list as much as it may hold: `first` times its children, or as many as it has as a rule. */
export function costRefusal(
  schema: GraphQLSchema,
  query: DocumentNode,
  variables: Record<string, unknown>,
  operationName?: string,
): PatchbayError | null {
  const known = costs.get(query)?.get(operationName ?? '');
  const cost = known ?? costOf(schema, query, variables, operationName);
  if (cost === null) return null;
  if (known === undefined && !dependsOnVariables(query)) {
    costs.set(query, (costs.get(query) ?? new Map<string, number>()).set(operationName ?? '', cost));
  }
  if (cost <= LIMITS.cost) return null;
  return new PatchbayError(
    'LIMIT_EXCEEDED',
    `This operation would cost ${cost}, the limit is ${LIMITS.cost}: ask for fewer rows or fields.`,
    { cost, limit: LIMITS.cost },
  );
}

/** Only the number of rows, and whether a field is left out, can come in by a variable. */
function dependsOnVariables(query: DocumentNode): boolean {
  let depends = false;
  visit(query, {
    Field: (field) => {
      depends ||= isVariable(field.arguments?.find(({ name }) => name.value === 'first'));
    },
    Directive: (directive) => {
      depends ||= directive.arguments?.some(isVariable) ?? false;
    },
  });
  return depends;
}

const isVariable = (argument: ConstArgumentNode | ArgumentNode | undefined): boolean => argument?.value.kind === Kind.VARIABLE;

/** Null where variables do not fit their types: the execution says so, with the place. */
function costOf(schema: GraphQLSchema, query: DocumentNode, variables: Record<string, unknown>, operationName?: string): number | null {
  try {
    return getComplexity({
      schema,
      query,
      variables,
      operationName,
      estimators: [
        ({ args, childComplexity, field }) => {
          // The schema about itself is small and fixed, and graphql-js bounds the depth of queries about it.
          if (getNamedType(field.type).name.startsWith('__')) return 1 + childComplexity;
          if (typeof args.first === 'number') return 1 + args.first * childComplexity;
          const isList = /^\[/.test(String(field.type)) && field.name !== 'edges';
          return 1 + (isList ? rowsOf(schema, field) : 1) * childComplexity;
        },
      ],
    });
  } catch (error) {
    if (error instanceof GraphQLError) return null;
    throw error;
  }
}

const rowsOf = (schema: GraphQLSchema, field: GraphQLField<unknown, unknown>): number =>
  (getDirective(schema, field, 'holds')?.[0]?.about as number | undefined) ?? ROWS;

/** What graphql-js says of a variable that does not fit its type: the place in it, and what is expected there. */
const MISFIT = /^Variable "\$\w+" got invalid value .* at "([\w.[\]]+)"; (.+)$/s;

/** A failure as its caller sees it: a code of the contract, the facts, and never the engine's insides. */
export function present(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
  const original = error instanceof GraphQLError ? (error.originalError ?? error) : error;
  const known = fromDatabase(original);
  const place = { ...(formatted.locations && { locations: formatted.locations }), ...(formatted.path && { path: formatted.path }) };
  if (known instanceof PatchbayError) {
    return { message: known.message, ...place, extensions: { code: known.code, facts: known.facts } };
  }
  // An error of graphql-js with none of ours behind it: the document or its variables are at fault.
  if (known instanceof GraphQLError && formatted.extensions?.code !== 'INTERNAL_SERVER_ERROR') {
    const tooMuch = /limit of \d+ exceeded|more that \d+ tokens|^Validation aborted/i.test(formatted.message);
    const [, field, expected] = MISFIT.exec(formatted.message) ?? [];
    return {
      message: expected?.replace(/^\w+ (must be )/, 'It $1') ?? formatted.message,
      ...place,
      extensions: { code: tooMuch ? 'LIMIT_EXCEEDED' : 'INVALID', facts: field ? { field } : {} },
    };
  }
  const errorId = randomUUID();
  log.error(`${errorId} ${formatted.path?.join('.') ?? ''} ${describeError(original)}`);
  return {
    message: `The engine failed; tell its operator the number ${errorId}.`,
    ...place,
    extensions: { code: 'INTERNAL', facts: { errorId } },
  };
}

/** Sandboxed CRM panels have the origin "null"; they send a bearer token, and a cookie counts from our own pages only: there is nothing to ride on. */
export function originAllowed(origin: string | undefined, host: string | undefined, allowed: string[]): boolean {
  if (!origin || origin === 'null' || allowed.includes(origin)) return true;
  try {
    return new URL(origin).host === host;
  } catch {
    return false;
  }
}

const schemaFiles = join(dirname(fileURLToPath(import.meta.url)), '../../../graphql/schema/*.graphql');

export const ApiModule = GraphQLModule.forRootAsync<ApolloDriverConfig>({
  driver: ApolloDriver,
  inject: [Access],
  useFactory: (access: Access): ApolloDriverConfig => ({
    typePaths: [schemaFiles],
    resolvers: scalars,
    // The role is checked first.
    transformSchema: (schema) => guardSchema(boundSchema(schema)),
    introspection: true,
    graphiql: false,
    // A cookie counts only where our own page asks (shown.ts): a forged cross-site request has no rights to abuse.
    csrfPrevention: false,
    preserveHttpStatusForExecutionErrors: false,
    includeStacktraceInErrorResponses: false,
    validationRules: rules,
    formatError: present,
    plugins: [
      {
        requestDidStart: () =>
          Promise.resolve({
            didResolveOperation: ({ schema, document, request, operationName }) => {
              const refusal = costRefusal(schema, document, request.variables ?? {}, operationName ?? undefined);
              if (refusal) throw new GraphQLError(refusal.message, { originalError: refusal, extensions: { http: { status: 200 } } });
              return Promise.resolve();
            },
          }),
      },
    ],
    parseOptions: { maxTokens: LIMITS.tokens },
    context: (request: FastifyRequest) => requestContext(access, request),
  }),
});

export const presentResult = (result: ExecutionResult): ExecutionResult =>
  result.errors ? { ...result, errors: result.errors.map((error) => asGraphQLError(present(error, error))) } : result;

export const asGraphQLError = ({ message, ...rest }: GraphQLFormattedError): GraphQLError =>
  new GraphQLError(message, { path: rest.path, extensions: rest.extensions });

async function requestContext(access: Access, request: FastifyRequest): Promise<RequestContext> {
  const identity = await access.admit(request).catch((error: unknown) => {
    if (error instanceof PatchbayError) return error;
    throw error;
  });
  const known = identity instanceof PatchbayError ? null : identity;
  return {
    identity,
    actor: known?.actor,
    part: known?.part ?? null,
    loaders: new Loaders(),
    address: request.ip,
    isGone: () => request.raw.socket.destroyed,
  };
}
