/**
 * One telephone line under the several numbers that it has in some countries. What is written and delivered stays as it came; by this
 * number it is found. The database has the same function, `line_of`, for the addresses that it keeps.
 */
const SPELLINGS: readonly [old: RegExp, line: string][] = [
  // Brazil: a 9 came before mobile numbers (Anatel, resolution 553/2010, carried out from 2012 to 2016).
  [/^\+55(\d\d)([6-9]\d{7})$/, '+55$19$2'],
  // Mexico: the 1 before a mobile number that is called from abroad went away (IFT, national numbering plan, August 2019).
  [/^\+521(\d{10})$/, '+52$1'],
  // Argentina: the 9 before a mobile number that is called from abroad; texts and some carriers leave it out.
  [/^\+549(\d{10})$/, '+54$1'],
];

/**
 * @param number in E.164
 * @returns the number that is the same for all spellings of a line; for Argentina not one that can be called from abroad
 */
export const lineOf = (number: string): string => SPELLINGS.reduce((text, [old, line]) => text.replace(old, line), number);
