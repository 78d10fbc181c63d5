/** What a role may not do with some objects although it may with others. */
const permissions = (objects: string[], rights: object) =>
  objects.map((objectUniversalIdentifier) => ({ objectUniversalIdentifier, canReadObjectRecords: true, ...rights }));

export const readOnly = (...objects: string[]) =>
  permissions(objects, { canUpdateObjectRecords: false, canSoftDeleteObjectRecords: false, canDestroyObjectRecords: false });

/** For what the engine alone takes away. */
export const neverDeleted = (...objects: string[]) =>
  permissions(objects, { canUpdateObjectRecords: true, canSoftDeleteObjectRecords: false, canDestroyObjectRecords: false });
