/** The manifest of an application, as far as the installer reads it, and its form for a certain server. Pure. */
import { v5 } from 'uuid';
import { ADDS_RELATIONS, compareVersions } from './version.js';

export interface FieldManifest {
  universalIdentifier: string;
  name: string;
  type: string;
  label?: string;
  objectUniversalIdentifier?: string;
  [key: string]: unknown;
}

export interface ObjectManifest {
  universalIdentifier: string;
  nameSingular: string;
  namePlural: string;
  labelSingular: string;
  labelPlural: string;
  fields: FieldManifest[];
  [key: string]: unknown;
}

interface Entity {
  universalIdentifier: string;
  [key: string]: unknown;
}

export interface Manifest {
  application: {
    universalIdentifier: string;
    displayName: string;
    applicationVariables?: Record<string, { universalIdentifier: string; value?: unknown; [key: string]: unknown }>;
    [key: string]: unknown;
  };
  objects: ObjectManifest[];
  fields: (FieldManifest & { objectUniversalIdentifier: string })[];
  logicFunctions?: (Entity & { builtHandlerPath: string })[];
  frontComponents?: (Entity & { builtComponentPath: string; builtComponentChecksum?: string })[];
  publicAssets?: { filePath: string }[];
  [kind: string]: unknown;
}

/** The variable of the application that says where the engine is. */
export const URL_VARIABLE = 'PATCHBAY_URL';

/** The relations that Twenty adds to every object, and the other end of each. */
const RELATIONS = [
  {
    name: 'timelineActivities',
    label: 'Timeline Activities',
    targetIcon: 'IconTimelineEvent',
    target: '20202020-6736-4337-b5c4-8b39fae325a5',
    morphId: '20202020-9a2b-4c3d-a4e5-f6a7b8c9d0e1',
  },
  {
    name: 'attachments',
    label: 'Attachments',
    targetIcon: 'IconFileImport',
    target: '20202020-bd3d-4c60-8dca-571c71d4447a',
    morphId: '20202020-f634-435d-ab8d-e1168b375c69',
  },
  {
    name: 'noteTargets',
    label: 'Note Targets',
    targetIcon: 'IconCheckbox',
    target: '20202020-fff0-4b44-be82-bda313884400',
    morphId: '20202020-f635-435d-ab8d-e1168b375c70',
  },
  {
    name: 'taskTargets',
    label: 'Task Targets',
    targetIcon: 'IconCheckbox',
    target: '20202020-5a9a-44e8-95df-771cd06d0fb1',
    morphId: '20202020-f636-435d-ab8d-e1168b375c71',
  },
] as const;

/** The manifest that the SDK of the server's own version would have built from the same source. */
export function adaptManifest(manifest: Manifest, serverVersion: string): Manifest {
  return compareVersions(serverVersion, ADDS_RELATIONS) < 0 ? withRelations(manifest) : manifest;
}

/** The value counts where the variable is new: a sync keeps the value of one that is there. */
export function withPublicUrl(manifest: Manifest, publicUrl: string): Manifest {
  const variable = manifest.application.applicationVariables?.[URL_VARIABLE];
  if (!variable) return manifest;
  const applicationVariables = { ...manifest.application.applicationVariables, [URL_VARIABLE]: { ...variable, value: publicUrl } };
  return { ...manifest, application: { ...manifest.application, applicationVariables } };
}

function withRelations(manifest: Manifest): Manifest {
  const application = manifest.application.universalIdentifier;
  const there = new Set(manifest.fields.map((field) => field.universalIdentifier));
  const added: Manifest['fields'] = [];
  const objects = manifest.objects.map((object) => {
    const own = new Set(object.fields.map(({ name }) => name));
    const forward: FieldManifest[] = [];
    for (const relation of RELATIONS) {
      const pair = relationPair(application, object, relation);
      if (!own.has(relation.name)) forward.push(pair.forward);
      if (!there.has(pair.reverse.universalIdentifier)) added.push(pair.reverse);
    }
    return { ...object, fields: [...object.fields, ...forward] };
  });
  const fields = [...manifest.fields, ...added].sort((a, b) => a.universalIdentifier.localeCompare(b.universalIdentifier));
  return { ...manifest, objects, fields };
}

function relationPair(
  application: string,
  object: ObjectManifest,
  relation: (typeof RELATIONS)[number],
): { forward: FieldManifest; reverse: FieldManifest & { objectUniversalIdentifier: string } } {
  const capital = object.nameSingular.charAt(0).toUpperCase() + object.nameSingular.slice(1);
  const targetName = `target${capital}`;
  const forwardId = fieldIdentifier(application, object.universalIdentifier, relation.name);
  const reverseId = fieldIdentifier(application, relation.target, targetName);
  return {
    forward: {
      name: relation.name,
      label: relation.label,
      description: `${object.labelPlural} tied to the ${capital}`,
      icon: 'IconBuildingSkyscraper',
      isNullable: true,
      type: 'RELATION',
      universalSettings: { relationType: 'ONE_TO_MANY' },
      universalIdentifier: forwardId,
      relationTargetFieldMetadataUniversalIdentifier: reverseId,
      relationTargetObjectMetadataUniversalIdentifier: relation.target,
    },
    reverse: {
      name: targetName,
      label: capital,
      description: `${capital} ${object.labelSingular}`,
      icon: relation.targetIcon,
      isNullable: true,
      universalSettings: { relationType: 'MANY_TO_ONE', onDelete: 'SET_NULL', joinColumnName: `${targetName}Id` },
      universalIdentifier: reverseId,
      objectUniversalIdentifier: relation.target,
      relationTargetFieldMetadataUniversalIdentifier: forwardId,
      relationTargetObjectMetadataUniversalIdentifier: object.universalIdentifier,
      type: 'MORPH_RELATION',
      morphId: relation.morphId,
    },
  };
}

/** As Twenty derives it, so that both sides arrive at the same one. */
const fieldIdentifier = (application: string, object: string, name: string): string => v5(`fieldMetadata:${object}:${name}`, application);

export type FileFolder = 'Dependencies' | 'BuiltLogicFunction' | 'BuiltFrontComponent' | 'PublicAsset';

/** The files that a manifest speaks of, besides package.json. */
export function filesOf(manifest: Manifest): { path: string; folder: FileFolder }[] {
  return [
    ...(manifest.logicFunctions ?? []).map(({ builtHandlerPath }) => ({ path: builtHandlerPath, folder: 'BuiltLogicFunction' as const })),
    ...(manifest.frontComponents ?? []).map(({ builtComponentPath }) => ({
      path: builtComponentPath,
      folder: 'BuiltFrontComponent' as const,
    })),
    ...(manifest.publicAssets ?? []).map(({ filePath }) => ({ path: filePath, folder: 'PublicAsset' as const })),
  ];
}

/** The thing that each identifier of the manifest belongs to, in words; a field by its object and name. */
export function namesOf(manifest: Manifest): Map<string, string> {
  const names = new Map<string, string>();
  const walk = (value: unknown, parent: string): void => {
    if (Array.isArray(value)) return value.forEach((item) => walk(item, parent));
    if (!value || typeof value !== 'object') return;
    const entity = value as Record<string, unknown>;
    const own = [entity.nameSingular, entity.name, entity.label, entity.title].find((text) => typeof text === 'string') as
      string | undefined;
    const name = own ? (parent ? `${parent}.${own}` : own) : parent;
    if (typeof entity.universalIdentifier === 'string' && name && !names.has(entity.universalIdentifier))
      names.set(entity.universalIdentifier, name);
    for (const child of Object.values(entity)) if (child && typeof child === 'object') walk(child, name);
  };
  const { application, ...kinds } = manifest;
  names.set(application.universalIdentifier, application.displayName);
  for (const object of manifest.objects) names.set(object.universalIdentifier, object.nameSingular);
  for (const field of manifest.fields) {
    const object = names.get(field.objectUniversalIdentifier);
    names.set(field.universalIdentifier, object ? `${object}.${field.name}` : field.name);
  }
  for (const kind of Object.values(kinds)) walk(kind, '');
  return names;
}
