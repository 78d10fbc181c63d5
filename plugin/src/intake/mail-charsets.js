/**
 * Turns the bytes of a mail into text: its bodies, encoded words and file names, in the charset in which they were written, which
 * is not always the charset that the mail names. iconv-lite decodes all charsets that mails still use except those that shift
 * between 7-bit sets (ISO-2022, HZ): their text is cut into its sets here, and Node decodes each. Pure; plain JavaScript, as
 * mail-worker.js needs it.
 */
import { isUtf8 } from 'node:buffer';
import iconv from 'iconv-lite';

/** The charset of Czech and Polish mailers that name none. */
const LEGACY = 'windows-1250';
const ESC = 0x1b;
const SHIFT_OUT = 0x0e;
const SHIFT_IN = 0x0f;
/** Bytes that decode to this many good letters for each broken one are UTF-8 that was damaged on its way. */
const GOOD_TO_BAD = 4;

/** Labels that say nothing: many mailers write them on everything. */
const UNSAID = /^(utf-?8|(us-?)?ascii|ansi_x3\.4-1968|646|unknown-8bit|x-unknown|unknown|default|binary|8bit|7bit|none|x-guess(-page)?)?$/;
const SHIFTING = /^(cs)?(iso-?2022-?(jp|kr|cn)|jis_encoding|jis$)/;
const HZ = /^hz(-?gb-?2312)?$/;

/** As browsers do: text said to be of the left is of the right, which has letters where the left has control characters. */
const WIDER = {
  'iso-8859-1': 'windows-1252',
  'iso-8859-9': 'windows-1254',
  'iso-8859-11': 'windows-874',
  'tis-620': 'windows-874',
  'x-mac-ce': 'maccenteuro',
  'x-mac-centraleurroman': 'maccenteuro',
  'unicode-1-1-utf-7': 'utf-7',
};
const ALIASES = [
  [/^(cp|win|windows|x-cp|microsoft-cp|cswindows|ansi-)[-_]?(125\d|874)$/, 'windows-$2'],
  [/^(iso|x-iso|csiso)?[-_ ]?8859[-_ ]?(\d+)([-_:].*)?$/, 'iso-8859-$2'],
  [/^(latin|l)[-_]?1$/, 'iso-8859-1'],
  [/^(latin|l)[-_]?2$/, 'iso-8859-2'],
  [/^(latin|l)[-_]?5$/, 'iso-8859-9'],
  [/^(dos|cp|ibm|x-ibm|csibm|cspc|pc)?[-_]?(437|737|775|850|852|855|857|858|860|861|862|863|864|865|866|869)$/, 'cp$2'],
];

/**
 * @param {Buffer} bytes
 * @param {string | undefined} charset as the mail names it
 * @param {string | undefined} hint the charset of other parts of the mail, for bytes that name none
 */
export function decode(bytes, charset, hint) {
  const said = charsetName(charset);
  if (SHIFTING.test(said)) return shifting(bytes, said);
  if (HZ.test(said)) return hz(bytes);
  if (UNSAID.test(said)) return guess(bytes, hint);
  // ISO 8859-2 has control characters where windows-1250 has š, ť and ž: a text with such bytes is the latter, misnamed.
  if (said === 'iso-8859-2') return iconv.decode(bytes, bytes.some((byte) => byte >= 0x80 && byte <= 0x9f) ? LEGACY : said);
  return known(bytes, said) ?? guess(bytes, hint);
}

/** The charset that an HTML page names itself, for a mail that names none. */
export const charsetOfPage = (bytes) =>
  /<meta[^>]{1,200}charset\s*=\s*["']?([\w.:-]{1,40})/i.exec(bytes.subarray(0, 4_096).toString('latin1'))?.[1];

const charsetName = (charset) => {
  const name = (charset ?? '')
    .trim()
    .replace(/^["']+|["']+$/g, '')
    .toLowerCase();
  const plain = ALIASES.reduce((before, [pattern, after]) => before.replace(pattern, after), name);
  return WIDER[plain] ?? plain;
};

function known(bytes, name) {
  if (iconv.encodingExists(name)) return iconv.decode(bytes, name);
  try {
    return new TextDecoder(name).decode(bytes);
  } catch {
    return null;
  }
}

function guess(bytes, hint) {
  if (bytes.includes(ESC) && /\x1b\$[()*@AB]/.test(bytes.toString('latin1'))) return shifting(bytes, 'iso-2022');
  if (isUtf8(bytes)) return bytes.toString('utf8').replace(/^\ufeff/, '');
  const utf8 = bytes.toString('utf8');
  const bad = utf8.split('\ufffd').length - 1;
  const good = utf8.replace(/[\0-\x7f\ufffd]+/g, '').length;
  if (good >= bad * GOOD_TO_BAD) return utf8;
  const other = charsetName(hint);
  return (UNSAID.test(other) || SHIFTING.test(other) || HZ.test(other) ? null : known(bytes, other)) ?? iconv.decode(bytes, LEGACY);
}

/** Moves each set of 94 or 96 characters to the place that it has in a charset that Node knows. */
const high = (bytes) => bytes.map((byte) => byte | 0x80);
const each = (bytes, prefix, size) =>
  Uint8Array.from({ length: Math.floor(bytes.length / size) * (size + 1) }, (_, at) =>
    at % (size + 1) === 0 ? prefix : bytes[Math.floor(at / (size + 1)) * size + (at % (size + 1)) - 1] | 0x80,
  );
const unknown = (bytes) => '\ufffd'.repeat(Math.ceil(bytes.length / 2));
const by = (name) => {
  let decoder;
  return (bytes) => (decoder ??= new TextDecoder(name)).decode(bytes);
};
const [ascii, japanese, korean, chinese, western, greek] = ['windows-1252', 'euc-jp', 'euc-kr', 'gbk', 'iso-8859-1', 'iso-8859-7'].map(by);
const SETS = {
  ascii,
  'jis-roman': (bytes) => ascii(bytes).replaceAll('\\', '¥').replaceAll('~', '‾'),
  'jis-katakana': (bytes) => japanese(each(bytes, 0x8e, 1)),
  'jis-0208': (bytes) => japanese(high(bytes)),
  'jis-0212': (bytes) => japanese(each(bytes, 0x8f, 2)),
  'ks-1001': (bytes) => korean(high(bytes)),
  'gb-2312': (bytes) => chinese(high(bytes)),
  'latin-1': (bytes) => western(high(bytes)),
  greek: (bytes) => greek(high(bytes)),
  unknown,
};

/** Escape sequences (after ESC), the register that each fills, and the set that it is filled with. */
const DESIGNATIONS = [
  [/^\([BGHA]/, 0, 'ascii'],
  [/^\(J/, 0, 'jis-roman'],
  [/^\(I/, 0, 'jis-katakana'],
  [/^\$\(?[@BOQ]/, 0, 'jis-0208'],
  [/^\$\(D/, 0, 'jis-0212'],
  [/^\$\(?A/, 0, 'gb-2312'],
  [/^\$\(C/, 0, 'ks-1001'],
  [/^\$\)A/, 1, 'gb-2312'],
  [/^\$\)C/, 1, 'ks-1001'],
  [/^\)I/, 1, 'jis-katakana'],
  [/^\.A/, 2, 'latin-1'],
  [/^\.F/, 2, 'greek'],
  [/^\$[()*+]?[0-~]/, null, 'unknown'],
];

function shifting(bytes, name) {
  // Some mailers give this name to plain EUC or Shift_JIS.
  if (bytes.some((byte) => byte >= 0x80) && !bytes.includes(ESC)) {
    const plain = name.includes('kr') ? 'euc-kr' : name.includes('cn') ? 'gbk' : 'shift_jis';
    return isUtf8(bytes) ? bytes.toString('utf8') : known(bytes, plain);
  }
  const registers = ['ascii', name.includes('cn') ? 'gb-2312' : 'ks-1001', 'latin-1'];
  let out = '';
  let shifted = 0;
  let from = 0;
  const flush = (to) => {
    if (to > from) out += SETS[registers[shifted]](bytes.subarray(from, to));
  };
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at];
    if (byte === ESC) {
      flush(at);
      const rest = bytes.subarray(at + 1, at + 5).toString('latin1');
      if (rest.startsWith('N')) {
        out += SETS[registers[2]](bytes.subarray(at + 2, at + 3));
        at += 2;
      } else {
        const [pattern, register, set] = DESIGNATIONS.find(([sequence]) => sequence.test(rest)) ?? [];
        if (pattern) {
          registers[register ?? (rest[1] === ')' ? 1 : rest[1] === '*' ? 2 : 0)] = set;
          at += pattern.exec(rest)[0].length;
        }
      }
      from = at + 1;
    } else if (byte === SHIFT_OUT || byte === SHIFT_IN) {
      flush(at);
      shifted = byte === SHIFT_OUT ? 1 : 0;
      from = at + 1;
    } else if (byte === 0x0a) {
      // Each line begins in ASCII, even where the line before did not shift back.
      flush(at);
      out += '\n';
      registers[0] = 'ascii';
      shifted = 0;
      from = at + 1;
    }
  }
  flush(bytes.length);
  return out;
}

/** HZ: `~{` and `~}` stand around GB 2312 in seven bits, `~~` is a tilde, and `~` at the end of a line joins it to the next. */
function hz(bytes) {
  if (bytes.some((byte) => byte >= 0x80)) return isUtf8(bytes) ? bytes.toString('utf8') : chinese(bytes);
  return bytes
    .toString('latin1')
    .replace(/~\{([^\n]*?)(?:~\}|(?=\n)|$)|~~|~\r?\n/g, (match, inside) =>
      inside === undefined ? (match === '~~' ? '~' : '') : SETS['gb-2312'](Buffer.from(inside, 'latin1')),
    );
}
