/** Exported files: what a spreadsheet reads is what stood in the list, and runs nothing. */
import fc from 'fast-check';
import { csv } from '../src/csv';

/** As RFC 4180 has it. */
function read(text: string): string[][] {
  const rows: string[][] = [[]];
  let cell = '';
  let quoted = false;
  for (let at = 1; at < text.length; at += 1) {
    const sign = text[at] ?? '';
    if (quoted && sign === '"' && text[at + 1] === '"') {
      cell += '"';
      at += 1;
    } else if (sign === '"') quoted = !quoted;
    else if (!quoted && sign === ',') {
      rows.at(-1)?.push(cell);
      cell = '';
    } else if (!quoted && sign === '\r' && text[at + 1] === '\n') {
      rows.at(-1)?.push(cell);
      cell = '';
      at += 1;
      rows.push([]);
    } else cell += sign;
  }
  return rows.slice(0, -1);
}

const harmless = fc.string({ unit: fc.constantFrom('a', ' ', ',', '"', '\n', 'ž', '1') });

it('every cell is read back as it was', () => {
  fc.assert(
    fc.property(fc.array(fc.array(harmless, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 5 }), (rows) => {
      expect(read(csv(rows))).toEqual(rows);
    }),
  );
});

it('no cell is a formula, and numbers and telephone numbers stay what they are', () => {
  expect(read(csv([['=1+1', '@sum', '-cmd', '+420 601 123 456', '-5']]))).toEqual([["'=1+1", "'@sum", "'-cmd", '+420 601 123 456', '-5']]);
});
