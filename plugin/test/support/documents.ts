/** Documents made from the schema, so that a test of every operation needs no list of them. */
import { GraphQLList, GraphQLNonNull, isLeafType, type GraphQLArgument, type GraphQLOutputType } from 'graphql';

/** Calls one operation with each of `args` as a variable of its name. */
export function documentOf(kind: string, name: string, args: readonly GraphQLArgument[], type: GraphQLOutputType): string {
  const used = args.filter((arg) => arg.defaultValue === undefined);
  const head = used.length > 0 ? `(${used.map((arg) => `$${arg.name}: ${String(arg.type)}`).join(', ')})` : '';
  const call = used.length > 0 ? `(${used.map((arg) => `${arg.name}: $${arg.name}`).join(', ')})` : '';
  return `${kind}${head} { ${name}${call} ${selection(type)} }`;
}

function selection(type: GraphQLOutputType): string {
  const named = type instanceof GraphQLNonNull || type instanceof GraphQLList ? null : type;
  if (!named) return selection((type as GraphQLNonNull<GraphQLOutputType>).ofType);
  return isLeafType(named) ? '' : '{ __typename }';
}
