/** Messages and dispositions, spoken in GraphQL. */
import { Args, Context, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { Actor } from '../platform/commands.js';
import type * as Api from '../platform/generated/graphql.js';
import type { Message } from '../platform/generated/prisma/client.js';
import type { Loaders } from '../platform/loaders.js';
import { DispositionsService } from './dispositions.service.js';
import { MessagesService, originalName, type AttachmentFacts } from './messages.service.js';

@Resolver('Message')
export class MessagesResolver {
  constructor(
    private readonly messages: MessagesService,
    private readonly dispositions: DispositionsService,
  ) {}

  @Query('dispositions')
  list() {
    return this.dispositions.list();
  }

  @Mutation('createDisposition')
  async createDisposition(@Context('actor') actor: Actor, @Args() { input }: Api.MutationCreateDispositionArgs) {
    return { disposition: await this.dispositions.create(actor, input) };
  }

  @Mutation('updateDisposition')
  async updateDisposition(@Context('actor') actor: Actor, @Args() { input }: Api.MutationUpdateDispositionArgs) {
    return { disposition: await this.dispositions.update(actor, input) };
  }

  @Mutation('sendMessage')
  async send(@Context('actor') actor: Actor, @Args() { input }: Api.MutationSendMessageArgs) {
    return { message: await this.messages.send(actor, input) };
  }

  @Mutation('addNote')
  async addNote(@Context('actor') actor: Actor, @Args() { input }: Api.MutationAddNoteArgs) {
    return { message: await this.messages.addNote(actor, input) };
  }

  @Mutation('addCustomerMessage')
  async addCustomerMessage(@Context('actor') actor: Actor, @Args() { input }: Api.MutationAddCustomerMessageArgs) {
    return { message: await this.messages.addCustomerMessage(actor, input) };
  }

  @ResolveField('attachments')
  async attachments(@Parent() message: Message, @Context('loaders') loaders: Loaders) {
    const rows = await loaders.many<AttachmentFacts>(
      'attachments',
      message.id,
      (ids) => this.messages.attachmentsOf(ids),
      ({ messageId }) => messageId,
    );
    return rows.map((row) => ({ ...row, path: `/attachments/${row.id}` }));
  }

  @ResolveField('sender')
  async sender(@Parent() { id, interactionId, direction }: Message, @Context('loaders') loaders: Loaders) {
    if (direction === 'OUTBOUND') return null;
    const rows = await loaders.many<Awaited<ReturnType<MessagesService['sendersOf']>>[number]>(
      'senders',
      interactionId,
      (ids) => this.messages.sendersOf(ids),
      (row) => row.interactionId,
    );
    return rows.find((row) => row.id === id)?.sender ?? null;
  }

  @ResolveField('original')
  async original(@Parent() { id, createdAt }: Message, @Context('loaders') loaders: Loaders) {
    const [row] = await loaders.many<{ messageId: string; sizeBytes: number }>(
      'originals',
      id,
      (ids) => this.messages.originalsOf(ids),
      ({ messageId }) => messageId,
    );
    return row
      ? { fileName: originalName(createdAt), contentType: 'message/rfc822', sizeBytes: row.sizeBytes, path: `/messages/${id}/original` }
      : null;
  }
}
