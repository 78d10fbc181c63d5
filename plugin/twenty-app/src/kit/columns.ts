/** The columns of a view, or the fields of a record page, in the order to show them: identifier, field and width in pixels. */
export const columns = (...list: (readonly [universalIdentifier: string, field: string, size?: number])[]) =>
  list.map(([universalIdentifier, fieldMetadataUniversalIdentifier, size], position) => ({
    universalIdentifier,
    fieldMetadataUniversalIdentifier,
    position,
    isVisible: true,
    ...(size === undefined ? {} : { size }),
  }));
