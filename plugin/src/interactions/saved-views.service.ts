/** Views of the list of interactions that people keep for themselves, or share with all. */
import { Injectable } from '@nestjs/common';
import type { Part } from '../platform/bounds.js';
import { Commands, type Actor, type Command } from '../platform/commands.js';
import { Database } from '../platform/database.js';
import { conflict, forbidden, invalid, notFound, refused } from '../platform/errors.js';
import type { CreateSavedViewInput, UpdateSavedViewInput } from '../platform/generated/graphql.js';
import type { SavedView } from '../platform/generated/prisma/client.js';
import { once } from '../platform/idempotency.js';
import { withoutNulls } from '../platform/input.js';

/** So many views somebody keeps; a longer menu is read by nobody. */
const MOST = 50;
const LONGEST_QUERY = 4_000;

export type ListedView = SavedView & { mine: boolean; isDefault: boolean };

@Injectable()
export class SavedViewsService {
  constructor(
    private readonly database: Database,
    private readonly commands: Commands,
  ) {}

  /** Those of one's own, and what others share, by name. @param part of a bounded reader, who sees no view that names what is outside */
  async of(actor: Actor, part: Part | null): Promise<ListedView[]> {
    const me = idOf(actor);
    const { prisma } = this.database;
    const [views, chosen] = await Promise.all([
      prisma.savedView.findMany({ where: { OR: [{ ownerId: me }, { shared: true }] }, orderBy: [{ name: 'asc' }, { id: 'asc' }] }),
      prisma.savedViewDefault.findUnique({ where: { ownerId: me } }),
    ]);
    const seen = views.filter((view) => view.ownerId === me || part === null || namesOnly(view.query, part));
    return seen.map((view) => ({ ...view, mine: view.ownerId === me, isDefault: view.id === chosen?.viewId }));
  }

  async create(actor: Actor, input: CreateSavedViewInput): Promise<void> {
    const { name, query, shared } = input;
    const ownerId = idOf(actor);
    checkQuery(query);
    await this.commands.run(actor, (command) =>
      once(command, 'createSavedView', input, async (id) => {
        if (shared) mayShare(actor);
        if ((await command.tx.savedView.count({ where: { ownerId } })) >= MOST)
          throw refused(`You keep ${MOST} views already; delete one first.`);
        await this.checkName(command, ownerId, name);
        await command.tx.savedView.create({
          data: { id, ownerId, ownerName: actor.name, name, query, shared, createdAt: command.at },
        });
      }),
    );
  }

  async update(actor: Actor, { id, ...input }: UpdateSavedViewInput): Promise<void> {
    if (input.query != null) checkQuery(input.query);
    await this.commands.run(actor, async (command) => {
      const view = await this.mine(command, id);
      if (input.shared && !view.shared) mayShare(actor);
      if (input.name != null && input.name !== view.name) await this.checkName(command, view.ownerId, input.name);
      await command.tx.savedView.update({ where: { id }, data: withoutNulls(input) });
    });
  }

  async remove(actor: Actor, id: string): Promise<void> {
    await this.commands.run(actor, async (command) => {
      await this.mine(command, id);
      await command.tx.savedView.delete({ where: { id } });
    });
  }

  /** Which view the list begins with; null for the list as it is. */
  async choose(actor: Actor, part: Part | null, viewId: string | null): Promise<void> {
    const ownerId = idOf(actor);
    await this.commands.run(actor, async (command) => {
      await command.tx.savedViewDefault.deleteMany({ where: { ownerId } });
      if (viewId === null) return;
      const view = await this.visible(command, viewId);
      if (part && view.ownerId !== ownerId && !namesOnly(view.query, part)) throw notFound('saved view', viewId);
      await command.tx.savedViewDefault.create({ data: { ownerId, viewId } });
    });
  }

  private async visible({ tx, actor }: Command, id: string): Promise<SavedView> {
    const view = await tx.savedView.findUnique({ where: { id } });
    if (!view || !(view.shared || view.ownerId === actor.id)) throw notFound('saved view', id);
    return view;
  }

  /** What is changed by whoever saved it; an administrator also mends what others share. */
  private async mine(command: Command, id: string): Promise<SavedView> {
    const view = await this.visible(command, id);
    const { actor } = command;
    if (view.ownerId !== actor.id && actor.role !== 'ADMIN')
      throw forbidden(`${view.ownerName} shares this view; save one of your own instead.`);
    return view;
  }

  private async checkName({ tx }: Command, ownerId: string, name: string): Promise<void> {
    if (await tx.savedView.findFirst({ where: { ownerId, name } })) throw conflict(`You have a view called ${name}; choose another name.`);
  }
}

function idOf({ id }: Actor): string {
  if (id === null) throw forbidden('Views are kept for people; sign in first.');
  return id;
}

/** What a reader of the whole list looked for by a customer says who that is. */
const namesOnly = (query: string, part: Part): boolean =>
  [...new URLSearchParams(query)].every(([name, value]) => {
    if (value === '') return true;
    switch (name) {
      case 'queue':
        return part.has('servedQueue', value);
      case 'agent':
      case 'team':
        return part.has(name, value);
      default:
        return name !== 'customer';
    }
  });

function mayShare({ role }: Actor): void {
  if (role !== 'ADMIN' && role !== 'SUPERVISOR') throw forbidden('A supervisor or an administrator shares views; keep it for yourself.');
}

function checkQuery(query: string): void {
  if (query.length > LONGEST_QUERY || /[^!-~]/.test(query))
    throw invalid('query', `Give the part of the page's address behind the question mark, of at most ${LONGEST_QUERY} characters.`);
}
