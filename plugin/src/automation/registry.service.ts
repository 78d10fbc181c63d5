/** The actions that rules and ladders can use: found in every module, and the check of a list of them before it is saved. */
import { isDeepStrictEqual } from 'node:util';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { z } from 'zod';
import type { Tx } from '../platform/database.js';
import { invalid, PatchbayError } from '../platform/errors.js';
import type { Said } from '../platform/told.js';
import { PoliciesService } from '../sla/policies.service.js';
import type { Action, Names } from './rule-action.js';
import { nearest } from './condition-words.js';
import { ReferencesService, type Referring } from './references.service.js';
import { RULE_ACTION } from './rule-action.decorator.js';
import { checkCount, type ActionDefinition } from './rule.js';
import { referencesIn, secretsOf, withoutDefaults, withoutSecrets, type JsonSchema } from './settings-walk.js';

export interface KnownAction {
  action: Action;
  schema: JsonSchema;
}

@Injectable()
export class RegistryService implements OnModuleInit {
  private readonly known = new Map<string, KnownAction>();

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly references: ReferencesService,
    private readonly policies: PoliciesService,
  ) {}

  /** @throws Error where two actions have one name */
  onModuleInit(): void {
    for (const { metatype, instance } of this.discovery.getProviders()) {
      if (!metatype || !Reflect.getMetadata(RULE_ACTION, metatype)) continue;
      const action = instance as Action;
      if (this.known.has(action.type)) throw new Error(`Two actions are called ${action.type}.`);
      this.known.set(action.type, { action, schema: z.toJSONSchema(action.settings, { io: 'input' }) as JsonSchema });
    }
    this.policies.checkActionsWith((actions, field, tx) => this.check(actions, field, null, tx));
  }

  /** By type, in alphabetical order. */
  all(): KnownAction[] {
    return [...this.known.values()].sort((a, b) => (a.action.type < b.action.type ? -1 : 1));
  }

  get(type: string): KnownAction | undefined {
    return this.known.get(type);
  }

  /**
   * A list of actions as it is kept: settings complete, records by id. All of it is checked, the first problem told.
   *
   * @param field where the list stands, such as `actions`
   * @param eventType a type of event among the triggers that is about no interaction; null where there is none
   * @param tx an open command's, whose own records have names too
   * @throws PatchbayError INVALID naming the place, such as `actions[0].settings.queue`
   */
  async check(actions: readonly ActionDefinition[], field: string, eventType: string | null, tx?: Tx): Promise<ActionDefinition[]> {
    checkCount(actions, field);
    const checked: ActionDefinition[] = [];
    for (const [index, action] of actions.entries()) checked.push(await this.checkOne(action, `${field}[${index}]`, eventType, tx));
    return checked;
  }

  /** What actions do, records by name; null where an action is not known any more. */
  async summaries(actions: readonly ActionDefinition[]): Promise<(Said | null)[]> {
    const names = await this.names(actions);
    return actions.map(({ type, settings }) => this.known.get(type)?.action.summary(settings, names) ?? null);
  }

  /** Settings for those who may not change them. */
  withoutSecrets({ type, settings }: ActionDefinition): Record<string, unknown> {
    return withoutSecrets(this.known.get(type)?.schema ?? {}, settings);
  }

  names(actions: readonly ActionDefinition[]): Promise<Names> {
    return this.references.names(actions.flatMap((action) => this.referring(action) ?? []));
  }

  /** Actions with records by name, as an export shows them; `check` takes them back. */
  async named(actions: readonly ActionDefinition[], tx?: Tx): Promise<ActionDefinition[]> {
    const settings = await this.references.toNames(
      actions.map((action) => this.referring(action) ?? { schema: {}, settings: action.settings }),
      tx,
    );
    return actions.map(({ type }, index) => ({ type, settings: settings[index] as Record<string, unknown> }));
  }

  /** The same for files that others read: without secrets, and without what goes without saying. */
  async plain(actions: readonly ActionDefinition[], tx?: Tx): Promise<ActionDefinition[]> {
    return (await this.named(actions, tx)).map(({ type, settings }) => {
      const schema = this.known.get(type)?.schema ?? {};
      return { type, settings: withoutDefaults(schema, withoutSecrets(schema, settings)) as Record<string, unknown> };
    });
  }

  /**
   * Actions with the secrets that were left out, from those that were there before: from the one that is alike, else from
   * the next of its type.
   */
  withSecretsOf(before: readonly ActionDefinition[], actions: readonly ActionDefinition[]): ActionDefinition[] {
    const left = [...before];
    return actions.map((action) => {
      const schema = this.known.get(action.type)?.schema ?? {};
      const missing = secretsOf(schema).filter((name) => !(name in action.settings));
      if (missing.length === 0) return action;
      const same = ({ type, settings }: ActionDefinition): boolean =>
        type === action.type && isDeepStrictEqual(withoutDefaults(schema, withoutSecrets(schema, settings)), action.settings);
      const at = [left.findIndex(same), left.findIndex(({ type }) => type === action.type)].find((index) => index >= 0);
      if (at === undefined) return action;
      const [known] = left.splice(at, 1);
      const kept = Object.fromEntries(missing.flatMap((name) => (known && name in known.settings ? [[name, known.settings[name]]] : [])));
      return { type: action.type, settings: { ...action.settings, ...kept } };
    });
  }

  /** What of these nobody but an administrator sees, to be compared. */
  secrets(actions: readonly ActionDefinition[]): string {
    return JSON.stringify(actions.map(({ type, settings }) => secretsOf(this.known.get(type)?.schema ?? {}).map((name) => settings[name])));
  }

  /** Whether one of these names this record. */
  refersTo(actions: readonly ActionDefinition[], kind: string, id: string): boolean {
    return actions.some(({ type, settings }) =>
      referencesIn(this.known.get(type)?.schema ?? {}, settings).some((reference) => reference.kind === kind && reference.value === id),
    );
  }

  private referring({ type, settings }: ActionDefinition): Referring | null {
    const known = this.known.get(type);
    return known ? { schema: known.schema, settings } : null;
  }

  private async checkOne(
    { type, settings }: ActionDefinition,
    field: string,
    eventType: string | null,
    tx: Tx | undefined,
  ): Promise<ActionDefinition> {
    const known = this.known.get(type);
    if (!known) {
      const types = [...this.known.keys()];
      const near = nearest(type, types);
      throw invalid(
        `${field}.type`,
        `There is no action ${type}; ${near ? `did you mean ${near}?` : `there are ${types.sort().join(', ')}.`}`,
      );
    }
    const { action, schema } = known;
    if (eventType && action.needsInteraction) {
      throw invalid(field, `The action ${type} needs an interaction, and the event ${eventType} is about none.`);
    }
    const place = `${field}.settings`;
    const parsed = action.settings.safeParse(settings);
    if (!parsed.success) throw problem(parsed.error.issues[0]!, place, Object.keys(schema.properties ?? {}));
    const resolved = (await this.references.toIds({ schema, settings: parsed.data }, place, tx)) as Record<string, unknown>;
    try {
      await action.check?.(resolved);
    } catch (error) {
      if (!(error instanceof PatchbayError)) throw error;
      const inside = error.facts.field;
      throw invalid(typeof inside === 'string' ? `${place}.${inside}` : place, error.message);
    }
    return { type, settings: resolved };
  }
}

/** Of zod's issues the first, in words, with its place. */
function problem(issue: z.core.$ZodIssue, place: string, names: string[]): PatchbayError {
  const path = issue.path.reduce<string>((at, part) => (typeof part === 'number' ? `${at}[${part}]` : `${at}.${String(part)}`), place);
  if (issue.code === 'unrecognized_keys') {
    const [key = ''] = issue.keys;
    const there = issue.path.length === 0 ? ` There are ${names.join(', ')}.` : '';
    return invalid(`${path}.${key}`, `There is no setting "${key}".${there}`);
  }
  const missing = issue.code === 'invalid_type' && /received undefined$/.test(issue.message);
  const message = missing ? 'This setting must be given.' : issue.message.replace(/^Invalid input: /, '').replace(/\.?$/, '.');
  return invalid(path, message.charAt(0).toUpperCase() + message.slice(1));
}
