/** `GET /messages/:id/original`: a mail as it came, byte for byte, for everybody who may read its interaction; only downloaded. */
import { Controller, Get, Param, Req, Res, StreamableFile } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { MessagesService } from '../interactions/messages.service.js';
import { Access } from '../platform/access.js';
import { notFound } from '../platform/errors.js';
import { DOWNLOAD_HEADERS, disposition, isId, isInside, mustRead } from './downloads.js';

@Controller('messages')
export class OriginalsController {
  constructor(
    private readonly access: Access,
    private readonly messages: MessagesService,
  ) {}

  @Get(':id/original')
  async download(
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const { actor, part } = await this.access.admit(request);
    mustRead(actor, 'mails');
    if (!isId(id) || !(await isInside(part, 'MESSAGE', id))) throw notFound('original of the message', id.slice(0, 100));
    const { fileName, content } = await this.messages.original(id);
    void reply.headers(DOWNLOAD_HEADERS);
    return new StreamableFile(content, {
      type: 'application/octet-stream',
      disposition: disposition(fileName),
      length: content.byteLength,
    });
  }
}
