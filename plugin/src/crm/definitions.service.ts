/** Reads and checks the triggers, actions and policies that people write as text in the CRM; an error names its place in the text. */
import { Injectable } from '@nestjs/common';
import { RegistryService } from '../automation/registry.service.js';
import type { ActionDefinition, RuleDefinition, RuleTrigger } from '../automation/rule.js';
import { EntriesService } from '../configuration/entries.service.js';
import { pathOf } from '../configuration/places.js';
import { readActions, readDefinition } from '../configuration/reading.js';
import { readTriggerLine } from '../configuration/trigger-line.js';
import type { Places, Reading } from '../configuration/yaml-text.js';
import { invalid, PatchbayError } from '../platform/errors.js';
import type { SlaMilestoneInput, SlaMilestoneKind } from '../platform/generated/graphql.js';
import type { Milestone } from '../sla/policy.js';
import type { FieldValue } from './host.js';

@Injectable()
export class DefinitionsService {
  constructor(
    private readonly registry: RegistryService,
    private readonly entries: EntriesService,
  ) {}

  trigger(line: FieldValue): RuleTrigger {
    const trigger = readTriggerLine(String(line ?? ''));
    if (trigger) return trigger;
    throw invalid('trigger', 'Write events, such as “interaction.opened, interaction.queued”, or “at 0 8 * * 1-5 in Europe/Prague”.');
  }

  /** @param before the rule as it is now, whose secrets stay where none are given; null for a new one */
  async actions(source: FieldValue, before: RuleDefinition | null): Promise<ActionDefinition[]> {
    const { value, at } = taken('actions', readActions(String(source ?? '')));
    const actions = this.registry.withSecretsOf(before?.actions ?? [], value);
    await placed('actions', at, [], () => this.registry.check(actions, 'actions', null));
    return actions;
  }

  /** @param before the policy as it is now */
  async policy(source: FieldValue, before: readonly Milestone[]): Promise<{ calendarId: string | null; milestones: SlaMilestoneInput[] }> {
    const { value, at } = taken('definition', readDefinition(String(source ?? '')));
    const kinds = value.milestones.map(({ kind }) => kind);
    return placed('definition', at, kinds, async () => {
      const input = await this.entries.policyInput(value, before);
      await this.entries.check(input.milestones);
      return input;
    });
  }
}

/** @throws PatchbayError INVALID with all errors of the text */
function taken<T>(field: string, { value, at, problems }: Reading<T>): { value: T; at: Places } {
  if (value !== null) return { value, at };
  throw invalid(field, problems.map(({ line, column, message }) => worded(field, line, column, message)).join('\n'));
}

/** Adds to the refusal of a service its place in the text. */
async function placed<T>(field: string, at: Places, kinds: readonly SlaMilestoneKind[], work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof PatchbayError) || error.code !== 'INVALID' || typeof error.facts.field !== 'string') throw error;
    const path = pathOf(error.facts.field, kinds);
    const { line, column } = at.of(path[0] === field ? path.slice(1) : path);
    throw invalid(field, worded(field, line, column, error.message));
  }
}

const worded = (field: string, line: number, column: number, message: string): string =>
  `${field.charAt(0).toUpperCase()}${field.slice(1)}, line ${line}, column ${column}: ${message}`;
