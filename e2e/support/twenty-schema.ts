/** Twenty's data model as its API tells it, to compare before and after: what an uninstall must leave as it was. */

export interface TwentyAt {
  url: string;
  apiKey: string;
}

const QUERY = `{ objects(paging: { first: 1000 }) { edges { node {
  universalIdentifier nameSingular namePlural labelSingular labelPlural isActive isSystem
  fieldsList { universalIdentifier name label type isActive isNullable isUnique defaultValue options settings } } } } }`;

interface Field extends Record<string, unknown> {
  name: string;
}

interface Node extends Record<string, unknown> {
  nameSingular: string;
  fieldsList: Field[];
}

/** Every object and field, a line each; sorted, so that two of them can be compared. */
export async function readSchema({ url, apiKey }: TwentyAt): Promise<string[]> {
  const response = await fetch(`${url}/metadata`, {
    method: 'POST',
    headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({ query: QUERY }),
  });
  const { data, errors } = (await response.json()) as { data?: { objects: { edges: { node: Node }[] } }; errors?: { message: string }[] };
  if (!data) throw new Error(`Twenty does not tell its schema: ${errors?.[0]?.message ?? response.status}`);
  return data.objects.edges
    .flatMap(({ node: { fieldsList, ...object } }) => [
      `${object.nameSingular} ${JSON.stringify(object)}`,
      ...fieldsList.map((field) => `${object.nameSingular}.${field.name} ${JSON.stringify(field)}`),
    ])
    .sort();
}

/** What is only in one of two schemas: `-` before, `+` after; empty where they are the same. */
export function schemaDifference(before: readonly string[], after: readonly string[]): string[] {
  const [old, now] = [new Set(before), new Set(after)];
  return [
    ...before.filter((line) => !now.has(line)).map((line) => `- ${line}`),
    ...after.filter((line) => !old.has(line)).map((line) => `+ ${line}`),
  ];
}
