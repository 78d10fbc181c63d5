/**
 * The groups of a view by the values of its choice, in the order to show them. Records of other values are not shown. Twenty asks
 * for grouped rows anew each time; of a view without groups it shows what was there when somebody looked at it first.
 */
export const groups = (...list: (readonly [universalIdentifier: string, value: string])[]) =>
  list.map(([universalIdentifier, fieldValue], position) => ({ universalIdentifier, fieldValue, position, isVisible: true }));
