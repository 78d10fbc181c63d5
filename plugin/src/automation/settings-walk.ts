/** What an action's JSON Schema says of its settings: where records are referred to, what is secret, what is the default. */
import { isDeepStrictEqual } from 'node:util';

export interface JsonSchema {
  reference?: unknown;
  /** Shown only to callers who may change it. */
  secret?: unknown;
  default?: unknown;
  properties?: Record<string, JsonSchema>;
  items?: JsonSchema;
  anyOf?: JsonSchema[];
}

/** Path from the settings' root, such as `skills[0].skill`. */
export interface Reference {
  path: string;
  kind: string;
  value: string;
}

/** A copy of `value` in which each reference is what `replace` gives for it. */
export function walk(schema: JsonSchema, value: unknown, replace: (reference: Reference) => string, path = ''): unknown {
  if (value === null || value === undefined) return value;
  if (typeof schema.reference === 'string' && typeof value === 'string') return replace({ path, kind: schema.reference, value });
  if (schema.anyOf) return schema.anyOf.reduce<unknown>((inner, branch) => walk(branch, inner, replace, path), value);
  if (Array.isArray(value)) {
    const { items } = schema;
    return items ? value.map((item, index) => walk(items, item, replace, `${path}[${index}]`)) : value;
  }
  const { properties } = schema;
  if (typeof value !== 'object' || !properties) return value;
  const inside = (name: string): string => (path ? `${path}.${name}` : name);
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, properties[name] ? walk(properties[name], inner, replace, inside(name)) : inner]),
  );
}

/** Settings for those who may not see secrets. */
export const withoutSecrets = ({ properties = {} }: JsonSchema, settings: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(settings).filter(([name]) => !properties[name]?.secret));

/** Settings without what `check` would put there by itself. */
export function withoutDefaults({ properties, items }: JsonSchema, value: unknown): unknown {
  if (Array.isArray(value)) return items ? value.map((item) => withoutDefaults(items, item)) : value;
  if (typeof value !== 'object' || value === null || !properties) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, inner]) => {
      const schema = properties[name];
      if (!schema) return [[name, inner]];
      return 'default' in schema && isDeepStrictEqual(schema.default, inner) ? [] : [[name, withoutDefaults(schema, inner)]];
    }),
  );
}

export const secretsOf = ({ properties = {} }: JsonSchema): string[] => Object.keys(properties).filter((name) => properties[name]?.secret);

export function referencesIn(schema: JsonSchema, value: unknown): Reference[] {
  const found: Reference[] = [];
  walk(schema, value, (reference) => {
    found.push(reference);
    return reference.value;
  });
  return found;
}
