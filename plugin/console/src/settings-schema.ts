/** The fields of a form, from the JSON Schema of an action's settings. Pure. */

export interface Schema {
  type?: string;
  description?: string;
  default?: unknown;
  enum?: readonly string[];
  minimum?: number;
  maximum?: number;
  properties?: Readonly<Record<string, Schema>>;
  required?: readonly string[];
  items?: Schema;
  anyOf?: readonly Schema[];
  /** The kind of record that a text stands for. */
  reference?: string;
  template?: 'line' | 'text';
  secret?: boolean;
}

export type Settings = Readonly<Record<string, unknown>>;

interface Common {
  name: string;
  description: string | undefined;
  required: boolean;
}
export type SettingField = Common &
  (
    | { kind: 'text'; secret: boolean }
    | { kind: 'template'; lines: boolean }
    | { kind: 'number'; min: number | undefined; max: number | undefined; seconds: boolean }
    | { kind: 'check' }
    | { kind: 'choice'; options: readonly string[] }
    | { kind: 'choices'; options: readonly string[] }
    /** `orNone`: null is a value too. */
    | { kind: 'record'; reference: string; orNone: boolean }
    | { kind: 'records'; reference: string }
    | { kind: 'rows'; fields: SettingField[]; blank: Settings }
  );

export const fieldsOf = ({ properties = {}, required = [] }: Schema): SettingField[] =>
  Object.entries(properties).map(([name, schema]) => fieldOf(name, schema, required.includes(name)));

function fieldOf(name: string, schema: Schema, required: boolean): SettingField {
  const common = { name, description: schema.description, required };
  const inner = schema.anyOf?.find(({ type }) => type !== 'null');
  if (inner?.reference) return { ...common, kind: 'record', reference: inner.reference, orNone: true };
  if (schema.reference) return { ...common, kind: 'record', reference: schema.reference, orNone: false };
  if (schema.template) return { ...common, kind: 'template', lines: schema.template === 'text' };
  if (schema.enum) return { ...common, kind: 'choice', options: schema.enum };
  if (schema.type === 'boolean') return { ...common, kind: 'check' };
  if (schema.type === 'integer' || schema.type === 'number')
    return { ...common, kind: 'number', min: bound(schema.minimum), max: bound(schema.maximum), seconds: /seconds$/i.test(name) };
  if (schema.items?.reference) return { ...common, kind: 'records', reference: schema.items.reference };
  if (schema.items?.enum) return { ...common, kind: 'choices', options: schema.items.enum };
  if (schema.items?.properties) return { ...common, kind: 'rows', fields: fieldsOf(schema.items), blank: blankOf(schema.items) };
  return { ...common, kind: 'text', secret: schema.secret === true };
}

/** JSON Schema says the safe integers where there is no bound. */
const bound = (value: number | undefined): number | undefined =>
  value === undefined || Math.abs(value) >= Number.MAX_SAFE_INTEGER ? undefined : value;

/** Settings of a new action: what goes without saying, and nothing else. */
export const blankOf = ({ properties = {} }: Schema): Settings =>
  Object.fromEntries(Object.entries(properties).flatMap(([name, schema]) => ('default' in schema ? [[name, schema.default]] : [])));

/** Settings with another value; left out where nothing is said. */
export function withSetting(settings: Settings, name: string, value: unknown): Settings {
  const { [name]: _, ...rest } = settings;
  return value === undefined || value === '' ? rest : { ...rest, [name]: value };
}
