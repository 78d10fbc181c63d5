/** What is named must exist, and nothing may bear another's name. */
import { fieldsOf, type Manifest, type Problem, type Standard } from './manifest';

interface Mention {
  place: string;
  key: string;
  value: string;
}

const nameOf = (value: object) => {
  const named = value as Record<string, unknown>;
  const name = named.nameSingular ?? named.name ?? named.label ?? named.title ?? named.displayName ?? named.universalIdentifier;
  return typeof name === 'string' ? name : undefined;
};

/** Every property that holds an identifier, wherever it is. */
const mentions = (value: unknown, place: string): Mention[] => {
  if (Array.isArray(value)) return value.flatMap((item: unknown) => mentions(item, place));
  if (!value || typeof value !== 'object') return [];
  const here = [place, nameOf(value)].filter(Boolean).join(' > ');
  return Object.entries(value).flatMap(([key, inner]: [string, unknown]) => {
    if (!/universalIdentifiers?$|^fieldMetadataId$|^viewId$/i.test(key)) return mentions(inner, place === '' ? key : here);
    const values: unknown[] = Array.isArray(inner) ? inner : [inner];
    return values.filter((one) => typeof one === 'string').map((one) => ({ place: here, key, value: one }));
  });
};

export const danglingReferences = (manifest: Manifest, standard: Standard): Problem[] => {
  const all = mentions(manifest, '');
  const known = new Set(all.filter(({ key }) => key === 'universalIdentifier').map(({ value }) => value));
  return all
    .filter(({ key, value }) => key !== 'universalIdentifier' && !known.has(value) && !standard.identifiers.has(value))
    .map(({ place, key, value }) => ({
      place,
      problem: `${key} names ${value}, which is neither in the manifest nor one of Twenty's own`,
      fix: 'name something from identifiers.ts, or export the definition that has this identifier',
    }));
};

export const duplicateIdentifiers = (manifest: Manifest): Problem[] => {
  const places = new Map<string, string[]>();
  for (const { place, key, value } of mentions(manifest, '')) {
    if (key === 'universalIdentifier') places.set(value, [...(places.get(value) ?? []), place]);
  }
  return [...places]
    .filter(([, found]) => found.length > 1)
    .map(([value, found]) => ({ place: found.join(', '), problem: `share the identifier ${value}`, fix: 'give each a new random UUID' }));
};

export const unpairedRelations = (manifest: Manifest, standard: Standard): Problem[] => {
  const all = fieldsOf(manifest).filter(({ field }) => field.type === 'RELATION');
  const byIdentifier = new Map(all.map((placed) => [placed.field.universalIdentifier, placed]));
  return all.flatMap(({ field, place, object }) => {
    const other = byIdentifier.get(field.relationTargetFieldMetadataUniversalIdentifier ?? '');
    if (!other) {
      if (standard.identifiers.has(field.relationTargetFieldMetadataUniversalIdentifier ?? '')) return [];
      return [{ place, problem: 'has no field on the other side', fix: 'add the other side, and let the two name each other' }];
    }
    const wrong = [
      other.field.relationTargetFieldMetadataUniversalIdentifier !== field.universalIdentifier && `${other.place} does not name it back`,
      other.object !== field.relationTargetObjectMetadataUniversalIdentifier && `${other.place} is on another object than it says`,
      other.field.relationTargetObjectMetadataUniversalIdentifier !== object && `${other.place} leads to another object`,
      other.field.universalSettings?.relationType === field.universalSettings?.relationType && `${other.place} is the same side of it`,
    ];
    return wrong
      .filter((problem) => problem !== false)
      .map((problem) => ({ place, problem, fix: 'one side is toOne and the other toMany, and each gives the other in `reverse`' }));
  });
};
