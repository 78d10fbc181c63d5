/** What Twenty has by itself, as its SDK tells. */
import { type Standard } from '../lint/manifest';

interface Sdk {
  STANDARD_OBJECT: object;
  STANDARD_PAGE_LAYOUT: object;
  SystemPermissionFlag: object;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const uuidsIn = (value: unknown): string[] => {
  if (typeof value === 'string') return UUID.test(value) ? [value] : [];
  return value && typeof value === 'object' ? Object.values(value).flatMap(uuidsIn) : [];
};

export const standardOf = ({ STANDARD_OBJECT, STANDARD_PAGE_LAYOUT, SystemPermissionFlag }: Sdk): Standard => ({
  identifiers: new Set(uuidsIn([STANDARD_OBJECT, STANDARD_PAGE_LAYOUT, SystemPermissionFlag])),
  objectNames: Object.keys(STANDARD_OBJECT),
});
