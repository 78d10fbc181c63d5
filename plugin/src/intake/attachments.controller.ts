/**
 * `GET /attachments/:id`: a file that came with a mail. It is strangers' content on our origin, so it is only ever
 * downloaded: never shown, never guessed at, never run.
 */
import { Controller, Get, Param, Req, Res, StreamableFile } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { MessagesService } from '../interactions/messages.service.js';
import { Access } from '../platform/access.js';
import { forbidden, notFound } from '../platform/errors.js';
import type { Role } from '../platform/generated/graphql.js';

const ROLES: readonly Role[] = ['ADMIN', 'SUPERVISOR', 'AGENT'];
const SAFE_TYPES = ['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'application/pdf'];

@Controller('attachments')
export class AttachmentsController {
  constructor(
    private readonly access: Access,
    private readonly messages: MessagesService,
  ) {}

  @Get(':id')
  async download(
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const { actor } = await this.access.admit(request);
    if (!ROLES.includes(actor.role))
      throw forbidden(`A token of the role ${actor.role} may not read attachments; it takes ${ROLES.join(' or ')}.`);
    if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id)) throw notFound('attachment', id.slice(0, 100));
    const { fileName, contentType, content } = await this.messages.attachment(id);
    void reply.headers({
      'x-content-type-options': 'nosniff',
      'content-security-policy': "sandbox; default-src 'none'",
      'cache-control': 'private, max-age=3600',
    });
    return new StreamableFile(content, {
      type: SAFE_TYPES.includes(contentType) ? contentType : 'application/octet-stream',
      disposition: disposition(fileName),
      length: content.byteLength,
    });
  }
}

/** RFC 6266: the name in ASCII for old clients, in RFC 5987's encoding for all others. */
export function disposition(fileName: string): string {
  const ascii = fileName
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[^ -~]|["\\%]/g, '_');
  const encoded = encodeURIComponent(fileName).replace(/['()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`;
}
