/** Fields in one line each. What the contract fixes for all of them (who may edit, join columns, whole numbers) is said here. */
import { type defineObject, FieldType, NumberDataType, OnDeleteAction, RelationType } from 'twenty-sdk/define';

export type Field = Parameters<typeof defineObject>[0]['fields'][number];

interface Entity {
  object: string;
  fields: Record<string, string>;
}

interface Shown {
  icon: string;
  /** Whether people may edit it in Twenty: the engine takes the edit as a command. Without it, Twenty only shows the value. */
  editable?: true;
}

type Choice = ReturnType<typeof options>;

/** The values a choice may have, as value, label and colour, in the order to show them. */
export const options = (...list: (readonly [value: string, label: string, color: string])[]) =>
  list.map(([value, label, color], position) => ({ value, label, color, position }));

/** Makes the fields of one object, each with the identifier that is listed under its name. */
export const fieldsOf = <Name extends string>(ids: Record<Name, string>) => {
  const field = (type: FieldType, name: Name, label: string, description: string, shown: Shown, more: object = {}) =>
    ({
      universalIdentifier: ids[name],
      type,
      name,
      label,
      description,
      icon: shown.icon,
      isUIEditable: shown.editable ?? false,
      ...more,
    }) as unknown as Field;
  const initial = (value: unknown) => (value === undefined ? {} : { defaultValue: value });

  return {
    text: (name: Name, label: string, description: string, shown: Shown & { lines?: number }) =>
      field(FieldType.TEXT, name, label, description, shown, shown.lines ? { universalSettings: { displayedMaxRows: shown.lines } } : {}),

    whole: (name: Name, label: string, description: string, shown: Shown & { initially?: number }) =>
      field(FieldType.NUMBER, name, label, description, shown, {
        universalSettings: { dataType: NumberDataType.INT, decimals: 0, type: 'number' },
        ...initial(shown.initially),
      }),

    flag: (name: Name, label: string, description: string, shown: Shown & { initially?: boolean }) =>
      field(FieldType.BOOLEAN, name, label, description, shown, initial(shown.initially)),

    choice: (name: Name, label: string, description: string, shown: Shown & { options: Choice; initially?: string }) =>
      field(FieldType.SELECT, name, label, description, shown, {
        options: shown.options,
        ...initial(shown.initially && `'${shown.initially}'`),
      }),

    tags: (name: Name, label: string, description: string, shown: Shown) => field(FieldType.ARRAY, name, label, description, shown),
    moment: (name: Name, label: string, description: string, shown: Shown) => field(FieldType.DATE_TIME, name, label, description, shown),
    day: (name: Name, label: string, description: string, shown: Shown) => field(FieldType.DATE, name, label, description, shown),
    money: (name: Name, label: string, description: string, shown: Shown) => field(FieldType.CURRENCY, name, label, description, shown),

    /** The side with the column: many of these belong to one `to`. When that one is deleted, the link is cut unless said otherwise. */
    toOne: (name: Name, label: string, description: string, shown: Shown & { to: Entity; reverse: string; onDelete?: OnDeleteAction }) =>
      field(FieldType.RELATION, name, label, description, shown, {
        relationTargetObjectMetadataUniversalIdentifier: shown.to.object,
        relationTargetFieldMetadataUniversalIdentifier: shown.to.fields[shown.reverse],
        universalSettings: {
          relationType: RelationType.MANY_TO_ONE,
          onDelete: shown.onDelete ?? OnDeleteAction.SET_NULL,
          joinColumnName: `${name}Id`,
        },
      }),

    toMany: (name: Name, label: string, description: string, shown: Shown & { of: Entity; reverse: string }) =>
      field(FieldType.RELATION, name, label, description, shown, {
        relationTargetObjectMetadataUniversalIdentifier: shown.of.object,
        relationTargetFieldMetadataUniversalIdentifier: shown.of.fields[shown.reverse],
        universalSettings: { relationType: RelationType.ONE_TO_MANY },
      }),
  };
};
