/** The parts of a built manifest that the rules read. Everything may be missing: the rules are for what came out wrong, too. */
export interface Field {
  universalIdentifier: string;
  name: string;
  type: string;
  label: string;
  description?: string;
  defaultValue?: unknown;
  options?: { value: string; label: string }[];
  objectUniversalIdentifier?: string;
  relationTargetObjectMetadataUniversalIdentifier?: string;
  relationTargetFieldMetadataUniversalIdentifier?: string;
  universalSettings?: { relationType?: string; joinColumnName?: string };
}

export interface ObjectType {
  universalIdentifier: string;
  nameSingular: string;
  namePlural: string;
  labelSingular: string;
  labelPlural: string;
  description?: string;
  labelIdentifierFieldMetadataUniversalIdentifier?: string;
  fields: Field[];
}

export interface View {
  universalIdentifier: string;
  name: string;
  objectUniversalIdentifier: string;
  type?: string;
  key?: string;
  fields?: { fieldMetadataUniversalIdentifier: string; position: number; isVisible?: boolean }[];
}

export interface Tab {
  universalIdentifier: string;
  title: string;
  widgets?: { title: string }[];
}

export interface LogicFunction {
  name?: string;
  universalIdentifier: string;
  timeoutSeconds?: number;
  databaseEventTriggerSettings?: { eventName: string };
}

export interface Manifest {
  application?: { description?: string; applicationVariables?: Record<string, { description?: string }> };
  objects?: ObjectType[];
  fields?: Field[];
  indexes?: { universalIdentifier: string; objectUniversalIdentifier: string; fields: { fieldUniversalIdentifier: string }[] }[];
  views?: View[];
  navigationMenuItems?: {
    universalIdentifier: string;
    type: string;
    name?: string;
    folderUniversalIdentifier?: string;
    targetObjectUniversalIdentifier?: string;
  }[];
  pageLayouts?: {
    universalIdentifier: string;
    name: string;
    tabs?: Tab[];
    defaultTabToFocusOnMobileAndSidePanelUniversalIdentifier?: string;
  }[];
  pageLayoutTabs?: Tab[];
  commandMenuItems?: { label: string; shortLabel?: string }[];
  frontComponents?: { name?: string; description?: string }[];
  roles?: { label: string; description?: string }[];
  logicFunctions?: LogicFunction[];
}

/** What Twenty itself has, as far as an application may name it. */
export interface Standard {
  identifiers: Set<string>;
  objectNames: string[];
}

export interface Problem {
  /** Where it is, in words that can be searched for in the source. */
  place: string;
  problem: string;
  fix: string;
}

export interface PlacedField {
  field: Field;
  place: string;
  /** The object it belongs to. */
  object: string;
}

/** All fields, those inside our objects and those that we add to other objects. */
export const fieldsOf = ({ objects = [], fields = [] }: Manifest): PlacedField[] => [
  ...objects.flatMap((object) =>
    object.fields.map((field) => ({ field, place: `${object.nameSingular}.${field.name}`, object: object.universalIdentifier })),
  ),
  ...fields.map((field) => ({ field, place: `field ${field.name}`, object: field.objectUniversalIdentifier ?? '' })),
];
