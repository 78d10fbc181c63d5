/**
 * `GET /attachments/:id`: a file that came with a mail. A stranger's file on our own origin is only ever downloaded:
 * a browser that showed or ran it would do so with the rights of our pages.
 */
import { Controller, Get, Param, Req, Res, StreamableFile } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { MessagesService } from '../interactions/messages.service.js';
import { Access } from '../platform/access.js';
import { notFound } from '../platform/errors.js';
import { DOWNLOAD_HEADERS, disposition, isId, isInside, mustRead } from './downloads.js';

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
    const { actor, part } = await this.access.admit(request);
    mustRead(actor, 'attachments');
    if (!isId(id) || !(await isInside(part, 'ATTACHMENT', id))) throw notFound('attachment', id.slice(0, 100));
    const { fileName, contentType, content } = await this.messages.attachment(id);
    void reply.headers(DOWNLOAD_HEADERS);
    return new StreamableFile(content, {
      type: SAFE_TYPES.includes(contentType) ? contentType : 'application/octet-stream',
      disposition: disposition(fileName),
      length: content.byteLength,
    });
  }
}
