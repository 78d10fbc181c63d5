/**
 * `/unsubscribe?t=<token>`: what a mail's `List-Unsubscribe` names. A mail program posts to it by itself when its user presses one button
 * (RFC 8058), without cookies or a sign-in: the link is the right to do it. Whoever only opens it, as programs do that look at links for
 * harm, is shown a page and changes nothing.
 */
import { Controller, Get, Headers, HttpCode, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { askedPage, donePage, pageLanguage, unknownPage } from './unsubscribe-page.js';
import { UnsubscribeService, type Subscription } from './unsubscribe.service.js';

@Controller('unsubscribe')
export class UnsubscribeController {
  constructor(private readonly unsubscribe: UnsubscribeService) {}

  @Get()
  show(@Query('t') token: unknown, @Headers('accept-language') said: string | undefined, @Res({ passthrough: true }) reply: FastifyReply) {
    const language = pageLanguage(said);
    return this.answer(reply, token, said, ({ address, purpose }) => askedPage(language, address, purpose));
  }

  @Post()
  @HttpCode(200)
  async press(
    @Query('t') token: unknown,
    @Headers('accept-language') said: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const language = pageLanguage(said);
    const subscription = this.unsubscribe.read(typeof token === 'string' ? token : '');
    if (subscription) await this.unsubscribe.unsubscribe(subscription);
    return this.answer(reply, token, said, ({ address, purpose }) => donePage(language, address, purpose));
  }

  private answer(reply: FastifyReply, token: unknown, said: string | undefined, page: (of: Subscription) => string): string {
    const subscription = this.unsubscribe.read(typeof token === 'string' ? token : '');
    void reply.headers({ 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' });
    if (subscription) return page(subscription);
    void reply.status(404);
    return unknownPage(pageLanguage(said));
  }
}
