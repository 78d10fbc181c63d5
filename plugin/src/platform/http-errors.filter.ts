/** The answer of the HTTP paths beside GraphQL to any failure: the same codes as in GraphQL, with a fitting status. */
import { randomUUID } from 'node:crypto';
import { Catch, HttpException, Logger, type ArgumentsHost } from '@nestjs/common';
import { BaseExceptionFilter } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { describeError, fromDatabase, PatchbayError } from './errors.js';
import type { ErrorCode } from './generated/graphql.js';
import { retryAfter } from './limits.js';

const STATUS: Record<ErrorCode, number> = {
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  INVALID: 400,
  NOT_FOUND: 404,
  ILLEGAL_TRANSITION: 409,
  CONFLICT: 409,
  IDEMPOTENCY_KEY_REUSED: 409,
  REFUSED: 409,
  LIMIT_EXCEEDED: 429,
  UNAVAILABLE: 503,
  INTERNAL: 500,
};
const RETRY_AFTER_SECONDS = 5;
const PATHS = /^\/(intake|attachments|messages|crm|session)(\/|\?|$)/;

interface Problem {
  status: number;
  code: ErrorCode;
  message: string;
  facts: Record<string, unknown>;
}

/** For every path, because a body that cannot be parsed fails before its controller is known; others keep Nest's ways. */
@Catch()
export class HttpErrors extends BaseExceptionFilter {
  private readonly log = new Logger('http');

  override catch(exception: unknown, host: ArgumentsHost): unknown {
    // Returned and not thrown: GraphQL takes an error for a result, and an expected refusal is no error of the log.
    if (host.getType() !== 'http') return exception;
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    if (!PATHS.test(request.url)) return super.catch(exception, host);
    const { status, ...error } = this.problem(exception);
    const reply = http.getResponse<FastifyReply>();
    const wait = retryAfter(exception) ?? (status === 503 ? String(RETRY_AFTER_SECONDS) : null);
    if (wait) void reply.header('retry-after', wait);
    return reply.status(status).header('cache-control', 'no-store').send({ error });
  }

  private problem(exception: unknown): Problem {
    const known = fromDatabase(exception);
    if (known instanceof PatchbayError) return { status: STATUS[known.code], code: known.code, message: known.message, facts: known.facts };
    // Fastify's own errors carry a status, as Nest's do.
    const status = known instanceof HttpException ? known.getStatus() : (known as { statusCode?: number } | null)?.statusCode;
    if (status !== undefined && status >= 400 && status < 500) {
      const code = status === 404 ? 'NOT_FOUND' : status === 413 ? 'LIMIT_EXCEEDED' : 'INVALID';
      return { status, code, message: (known as Error).message, facts: {} };
    }
    const errorId = randomUUID();
    this.log.error(`${errorId} ${describeError(known)}`);
    return { status: 500, code: 'INTERNAL', message: `The engine failed; tell its operator the number ${errorId}.`, facts: { errorId } };
  }
}
