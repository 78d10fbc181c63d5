/** What Twenty 2.21 does with a value before it stores it: it checks it, and changes some. */
import { inspect } from 'node:util';
import { parsePhoneNumberWithError, getCountries, getCountryCallingCode, type CountryCode } from 'libphonenumber-js';
import { badData, refuse } from './errors.js';
import { COMPOSITES, type Entity, type Field, type FieldType, type Schema } from './schema.js';

/** Versions 1 to 5: a newer one is refused as no UUID. */
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;
const EMAIL = /^[^\s@"(),:;<>[\]\\]+@[^\s@.]+(\.[^\s@.]+)+$/;
const DATE_TIME = /^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?( ?(Z|[+-]\d{2}:?\d{2}))?)?$/;

export const isUuid = (value: unknown): value is string => typeof value === 'string' && UUID.test(value);
export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The value as it is stored. @throws Refusal INVALID_ARGS_DATA, or what the phone number's check says */
export function storedValue(field: Field, key: string, value: unknown, isColumn: boolean): unknown {
  if (value === null && field.defaultValue === null && !field.isNullable)
    throw badData(`Field ${key} is not nullable and has no default value.`, 'A required field is missing.');
  if (field.relation) return relationValue(field, key, value, isColumn);
  if (COMPOSITES[field.type]) return value === null ? null : compositeValue(field.type, key, value);
  if (value === null) return null;
  return scalarValue(field.type, key, value, field.options?.map((option) => option.value) ?? []);
}

function relationValue({ relation }: Field, key: string, value: unknown, isColumn: boolean): unknown {
  if (relation?.kind === 'ONE_TO_MANY') throw badData(`One-to-many relation ${key} field does not support write operations.`);
  if (isColumn) return value === null ? null : scalarValue('UUID', key, value, []);
  if (!isObject(value) || !('connect' in value || 'disconnect' in value))
    throw badData(`Relation "${key}" requires connect or disconnect operation`);
  return value;
}

function scalarValue(type: FieldType, key: string, value: unknown, options: string[]): unknown {
  const shown = inspect(value);
  switch (type) {
    case 'UUID':
      if (!isUuid(value)) throw badData(`Invalid UUID value ${shown} for field "${key}"`, `Invalid value for UUID: "${shown}"`);
      return value;
    case 'TEXT':
      if (typeof value !== 'string') throw badData(`Invalid string value ${shown} for text field "${key}"`, `Invalid value: "${shown}"`);
      return value === '' ? null : value;
    case 'NUMBER':
    case 'NUMERIC':
      if (typeof value !== 'number' || !Number.isFinite(value))
        throw badData(`Invalid number value ${shown} for field "${key}"`, `Invalid value for number: "${shown}"`);
      return value;
    case 'POSITION':
      if (typeof value !== 'number' && value !== 'first' && value !== 'last')
        throw badData(`Invalid position value ${shown} for field "${key}"`, `Invalid value for position: "${shown}"`);
      return value;
    case 'BOOLEAN':
      if (typeof value !== 'boolean') throw badData(`Invalid boolean value ${shown} for field "${key}"`);
      return value;
    case 'DATE_TIME':
      if (typeof value !== 'string' || !DATE_TIME.test(value) || Number.isNaN(Date.parse(value))) {
        const expected = "Expected format: 'YYYY-MM-DDTHH:mm:ssZ'";
        throw badData(
          `Invalid value ${shown} for date-time field "${key}". ${expected}`,
          `Invalid value for date-time: "${shown}". ${expected}`,
        );
      }
      return new Date(value).toISOString();
    case 'DATE':
      if (typeof value !== 'string' || Number.isNaN(Date.parse(value))) throw badData(`Invalid value ${shown} for date field "${key}"`);
      return value.slice(0, 10);
    case 'SELECT':
    case 'RATING':
      if (typeof value !== 'string') throw badData(`Invalid string value ${shown} for text field "${key}"`, `Invalid value: "${shown}"`);
      if (!options.includes(value))
        throw badData(
          `Invalid value "${value}" for field "${key}". Valid values are: ${options.join(', ')}`,
          `Invalid value for field "${key}"`,
        );
      return value;
    case 'ARRAY':
    case 'MULTI_SELECT': {
      const items = typeof value === 'string' ? [value] : value;
      if (!Array.isArray(items) || items.some((item) => typeof item !== 'string'))
        throw badData(`Invalid value ${shown} for field "${key} - Array values need to be string"`);
      if (type === 'MULTI_SELECT' && items.some((item) => !options.includes(item as string)))
        throw badData(`Invalid value ${shown} for multi select field "${key}"`);
      return items.length === 0 ? null : (items as unknown);
    }
    case 'TS_VECTOR':
      throw badData(`${key} ${type}-typed field does not support write operations`);
    default:
      return jsonValue(key, value);
  }
}

function jsonValue(key: string, value: unknown): unknown {
  if (value === null) return null;
  if (typeof value === 'string') {
    try {
      return JSON.parse(value) as unknown;
    } catch {
      throw badData(`Invalid object value ${inspect(value)} for field "${key}"`);
    }
  }
  if (typeof value !== 'object') throw badData(`Invalid object value ${inspect(value)} for field "${key}"`);
  return value;
}

const SPOKEN: Partial<Record<FieldType, string>> = { FULL_NAME: 'full name', RICH_TEXT: 'rich text' };

/** Only the sub-fields that were named: the others keep what they hold. */
function compositeValue(type: FieldType, key: string, value: unknown): Record<string, unknown> {
  const given = jsonValue(key, value) as Record<string, unknown>;
  const parts = COMPOSITES[type] ?? {};
  const stored: Record<string, unknown> = {};
  for (const [sub, part] of Object.entries(given)) {
    const definition = parts[sub];
    if (!definition) {
      const spoken = SPOKEN[type] ?? type.toLowerCase();
      throw badData(`Invalid subfield ${sub} for ${spoken} field "${key}"`, `Invalid value for ${spoken}.`);
    }
    stored[sub] = part === null ? null : type === 'EMAILS' ? emailPart(sub, key, part) : scalarPart(definition.type, `${key}.${sub}`, part);
  }
  if (type === 'PHONES') return phonesValue(stored);
  return stored;
}

function scalarPart(type: FieldType, key: string, value: unknown): unknown {
  // The source of an actor is an enum that no caller here writes wrongly.
  return type === 'SELECT' ? value : scalarValue(type, key, value, []);
}

function emailPart(sub: string, key: string, value: unknown): unknown {
  const check = (text: unknown) => {
    if (typeof text !== 'string' || (text !== '' && !EMAIL.test(text)))
      throw badData(`Invalid string value ${inspect(text)} for email field "${key}.${sub}"`, `Invalid value: "${inspect(text)}"`);
    return text.toLowerCase();
  };
  if (sub === 'primaryEmail') return check(value) || null;
  const list = jsonValue(`${key}.${sub}`, value);
  return Array.isArray(list) && list.length > 0 ? list.map(check) : null;
}

const badPhone = (message: string, subCode: string) => refuse(message, subCode, message);

/** A number is parsed; country and calling code come from it, or must agree with it. */
function phoneParts(number: unknown, country: unknown, calling: unknown): { number: unknown; country: unknown; calling: unknown } {
  const countryCode = typeof country === 'string' && country !== '' ? country : null;
  const callingCode = typeof calling === 'string' && calling !== '' ? calling : null;
  if (countryCode && !getCountries().includes(countryCode as CountryCode))
    throw badPhone(`Invalid country code ${countryCode}`, 'INVALID_PHONE_COUNTRY_CODE');
  if (callingCode) {
    const countries = getCountries().filter((each) => `+${getCountryCallingCode(each)}` === callingCode.replace(/^\+?/, '+'));
    if (countries.length === 0) throw badPhone(`Invalid calling code ${callingCode}`, 'INVALID_PHONE_CALLING_CODE');
    if (countryCode && !countries.includes(countryCode as CountryCode))
      throw badPhone('Provided country code and calling code are conflicting', 'CONFLICTING_PHONE_CALLING_CODE_AND_COUNTRY_CODE');
  }
  if (typeof number !== 'string' || number === '')
    return { number: null, country: countryCode ?? country, calling: callingCode ?? calling };
  const parsed = parseNumber(number, countryCode, callingCode);
  if (parsed.country && countryCode && parsed.country !== countryCode)
    throw badPhone('Provided and inferred country code are conflicting', 'CONFLICTING_PHONE_COUNTRY_CODE');
  if (callingCode && parsed.countryCallingCode !== callingCode.replace('+', ''))
    throw badPhone('Provided and inferred calling code are conflicting', 'CONFLICTING_PHONE_CALLING_CODE');
  return {
    number: parsed.nationalNumber,
    country: countryCode ?? parsed.country ?? null,
    calling: callingCode ?? `+${parsed.countryCallingCode}`,
  };
}

function parseNumber(number: string, countryCode: string | null, callingCode: string | null) {
  try {
    return parsePhoneNumberWithError(number, {
      ...(countryCode && { defaultCountry: countryCode as CountryCode }),
      ...(callingCode && { defaultCallingCode: callingCode.replace(/\+/g, '') }),
    });
  } catch {
    throw badPhone(`Provided phone number is invalid ${number}`, 'INVALID_PHONE_NUMBER');
  }
}

function phonesValue(given: Record<string, unknown>): Record<string, unknown> {
  const { number, country, calling } = phoneParts(given.primaryPhoneNumber, given.primaryPhoneCountryCode, given.primaryPhoneCallingCode);
  const named = 'primaryPhoneNumber' in given;
  const additional = given.additionalPhones;
  return {
    ...(named && { primaryPhoneNumber: number }),
    ...((named || 'primaryPhoneCountryCode' in given) && country !== undefined && { primaryPhoneCountryCode: country }),
    ...((named || 'primaryPhoneCallingCode' in given) && calling !== undefined && { primaryPhoneCallingCode: calling }),
    ...('additionalPhones' in given && {
      additionalPhones:
        Array.isArray(additional) && additional.length > 0
          ? additional.map((each: Record<string, unknown>) => {
              const parts = phoneParts(each.number, each.countryCode, each.callingCode);
              return { number: parts.number, countryCode: parts.country, callingCode: parts.calling };
            })
          : null,
    }),
  };
}

/** The default of a field as it is stored: "'OPEN'" is OPEN, "now" the time, "uuid" left to the caller. */
export function defaultOf({ type, defaultValue }: Field, now: string): unknown {
  if (defaultValue === null || defaultValue === undefined) return null;
  if (type === 'DATE_TIME' && defaultValue === 'now') return now;
  if (typeof defaultValue === 'string') return defaultValue.replace(/^'(.*)'$/s, '$1') || null;
  if (Array.isArray(defaultValue))
    return defaultValue.map((item) => (typeof item === 'string' ? item.replace(/^'(.*)'$/s, '$1') : item) as unknown);
  if (isObject(defaultValue))
    return Object.fromEntries(
      Object.entries(defaultValue).map(([key, part]) => [key, typeof part === 'string' ? part.replace(/^'(.*)'$/s, '$1') || null : part]),
    );
  return defaultValue;
}

/** The values of a create or an update, checked one by one in the order given. @throws Refusal */
export function storedData(schema: Schema, entity: Entity, data: Record<string, unknown>): Record<string, unknown> {
  const stored: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(data)) {
    const found = schema.fieldOf(entity, key);
    if (!found) throw badData(`Object ${entity.nameSingular} doesn't have any "${key}" field.`);
    if (value === undefined) continue;
    stored[key] = storedValue(found.field, key, value, found.isColumn);
  }
  return stored;
}

const shownPart = (type: FieldType, value: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(COMPOSITES[type] ?? {}).map(([sub, { shownWhenNull }]) => [sub, value[sub] ?? shownWhenNull]));

/** A row as answers and webhooks show it: no text is null, no list is null, relations only by their column. */
export function shownRecord(entity: Entity, row: Record<string, unknown>): Record<string, unknown> {
  const shown: Record<string, unknown> = {};
  for (const { name, type, relation } of entity.fields) {
    if (relation) {
      if (relation.kind === 'MANY_TO_ONE') shown[`${name}Id`] = row[`${name}Id`] ?? null;
    } else if (COMPOSITES[type]) {
      const value = (row[name] ?? {}) as Record<string, unknown>;
      const empty = type === 'RICH_TEXT' && Object.values(value).every((part) => part == null);
      shown[name] = empty ? null : shownPart(type, value);
    } else if (type === 'TEXT') shown[name] = row[name] ?? '';
    else if (type === 'ARRAY' || type === 'MULTI_SELECT') shown[name] = row[name] ?? [];
    else shown[name] = row[name] ?? null;
  }
  return shown;
}
