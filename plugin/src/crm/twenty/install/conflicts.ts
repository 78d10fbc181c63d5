/** Objects and fields in Twenty that bear one of our names and are not ours. Pure. */
import type { Manifest } from './manifest.js';

export interface ServerField {
  universalIdentifier: string;
  name: string;
  label: string;
  type: string;
  applicationId: string | null;
}

export interface ServerObject {
  universalIdentifier: string;
  nameSingular: string;
  namePlural: string;
  labelSingular: string;
  labelPlural: string;
  applicationId: string | null;
  isActive: boolean;
  fieldsList: ServerField[];
}

export interface Conflict {
  what: string;
  next: string;
}

/**
 * @param owners name of the application that something belongs to, by its id
 */
export function conflictsOf(manifest: Manifest, objects: readonly ServerObject[], owners: ReadonlyMap<string, string>): Conflict[] {
  const ownerOf = (id: string | null): string => {
    const owner = id ? owners.get(id) : undefined;
    return owner === 'Custom' || owner === undefined ? 'somebody made it in this workspace' : `it belongs to the application ${owner}`;
  };
  const found: Conflict[] = [];
  for (const ours of manifest.objects) {
    const names = new Set([ours.nameSingular, ours.namePlural]);
    const other = objects.find(
      ({ universalIdentifier, nameSingular, namePlural }) =>
        universalIdentifier !== ours.universalIdentifier && (names.has(nameSingular) || names.has(namePlural)),
    );
    if (other)
      found.push({
        what: `There is an object "${other.labelSingular}" (${other.nameSingular}) already; ${ownerOf(other.applicationId)}.`,
        next: `Settings → Data model → ${other.labelPlural}: rename it, API name included, or delete it.`,
      });
  }
  const byId = new Map(objects.map((object) => [object.universalIdentifier, object]));
  for (const ours of manifest.fields) {
    const object = byId.get(ours.objectUniversalIdentifier);
    const other = object?.fieldsList.find(
      ({ name, universalIdentifier }) => name === ours.name && universalIdentifier !== ours.universalIdentifier,
    );
    if (object && other)
      found.push({
        what: `There is a field "${other.label}" (${object.nameSingular}.${other.name}) already; ${ownerOf(other.applicationId)}.`,
        next: `Settings → Data model → ${object.labelPlural} → ${other.label}: rename it, API name included, or delete it.`,
      });
  }
  return found;
}
