/** Fills the subject, the description or both from Liquid templates. */
import { z } from 'zod';
import { InteractionsService } from './interactions.service.js';
import type { Command } from '../platform/commands.js';
import { said, told, type Said } from '../platform/told.js';
import { line, shown, text, type Action, type Effect, type Occasion } from '../automation/rule-action.js';
import { RuleAction } from '../automation/rule-action.decorator.js';
import { LINE, render } from '../automation/templates.js';

const settings = z
  .strictObject({ subject: line().optional(), description: text().optional() })
  .refine(({ subject, description }) => subject !== undefined || description !== undefined, 'Give a subject, a description or both');
type Settings = z.infer<typeof settings>;

const CODES = { subject: 'EFFECT_SUBJECT', description: 'EFFECT_DESCRIPTION' } as const;

@RuleAction()
export class SetFieldsAction implements Action<Settings> {
  readonly type = 'set-fields';
  readonly title = 'Set subject and description';
  readonly description = 'Fills the subject, the description or both from Liquid templates.';
  readonly settings = settings;
  readonly needsInteraction = true;

  constructor(private readonly interactions: InteractionsService) {}

  summary({ subject, description }: Settings): Said {
    const parts = [subject !== undefined && `the subject to "${subject}"`, description !== undefined && 'the description'];
    return said('ACTION_FIELDS', `Sets ${parts.filter(Boolean).join(' and ')}.`, {
      subject: subject ?? null,
      description: description !== undefined,
    });
  }

  describe(to: Settings, occasion: Occasion): Effect[] {
    const { subject, description } = this.filled(to, occasion);
    const { interaction } = occasion.facts;
    const effect = (field: 'subject' | 'description', before: string, after: string | undefined): Effect[] =>
      after === undefined || after === before
        ? []
        : [{ action: this.type, field, told: told(CODES[field]), before: shown(before || null), after: shown(after || null) }];
    return [...effect('subject', interaction.subject, subject), ...effect('description', interaction.description, description)];
  }

  async perform(command: Command, to: Settings, occasion: Occasion): Promise<Effect[]> {
    const { subject, description } = this.filled(to, occasion);
    await this.interactions.update(command, {
      id: occasion.subjectId,
      ...(subject !== undefined && { subject: subject || null }),
      ...(description !== undefined && { description: description || null }),
    });
    return this.describe(to, occasion);
  }

  private filled({ subject, description }: Settings, { facts }: Occasion): { subject?: string; description?: string } {
    return {
      ...(subject !== undefined && { subject: render(subject, facts, LINE) }),
      ...(description !== undefined && { description: render(description, facts) }),
    };
  }
}
