/** One document of an operation and the fragments that it asks for. */
import { Kind, type DocumentNode, type FragmentSpreadNode, type OperationDefinitionNode } from 'graphql';

/** @param document an operation of one field, which the fragments are on */
export function withFragments(document: DocumentNode, fragments: readonly DocumentNode[]): DocumentNode {
  const parts = fragments.flatMap(({ definitions }) => definitions);
  const spreads = parts.flatMap((part): FragmentSpreadNode[] =>
    part.kind === Kind.FRAGMENT_DEFINITION ? [{ kind: Kind.FRAGMENT_SPREAD, name: part.name }] : [],
  );
  const [operation] = document.definitions as [OperationDefinitionNode];
  const { selections } = operation.selectionSet;
  const whole = selections.map((field) =>
    field.kind === Kind.FIELD && field.selectionSet
      ? { ...field, selectionSet: { ...field.selectionSet, selections: [...field.selectionSet.selections, ...spreads] } }
      : field,
  );
  return { ...document, definitions: [{ ...operation, selectionSet: { ...operation.selectionSet, selections: whole } }, ...parts] };
}
