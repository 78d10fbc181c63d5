/** What is wrong with a condition, in words for the people who write one. */
import { type ASTNode } from '@marcbachmann/cel-js';
import { check, FUNCTIONS, MATCHES, pathOf, paths, variables } from './condition-language.js';
import { FIELDS } from './facts.js';

/** What the library's three classes of errors have in common; `summary` is the message without the drawing. */
export interface LibraryError extends Error {
  code?: string;
  summary?: string;
  node?: ASTNode;
  range?: { start: number; end: number };
}

/** The place of an error that the library found while it checked a condition. */
export function placeOf(error: LibraryError): [start: number, end: number] {
  const { node, range, code } = error;
  if (code === 'invalid_logical_operand' && (node?.op === '&&' || node?.op === '||')) {
    const wrong = quoted(error.summary ?? '');
    const [left, right] = node.args;
    const { start, end } = [right, left].find((side) => check(textOf(side)).type === wrong) ?? node;
    return [start, end];
  }
  // Of a chain of names the range is the last name: the right place only where that is what is wrong.
  if (node?.op && code !== 'no_such_key' && code !== 'cannot_index_type') return [node.start, node.end];
  return [range?.start ?? 0, range?.end ?? 0];
}

/** As it was written, but for brackets around its first or last part, which the library forgets. */
const textOf = ({ input, start, end }: ASTNode): string => input.slice(start, end);

/** The library's error in words for people. */
export function explain(error: LibraryError): string {
  const said = error.summary ?? error.message;
  const { node } = error;
  const text = node?.op ? textOf(node) : '';
  switch (error.code) {
    case 'unknown_variable':
      return missingVariable(said.replace('Unknown variable: ', ''));
    case 'no_such_key': {
      const path = node?.op ? pathOf(node) : null;
      if (path && !path.startsWith('event.facts.')) return missingField(path);
      return `There is no ${path ?? text} here; ask ${path ? `has(${path})` : 'has(…)'} first.`;
    }
    case 'cannot_index_type':
      return node?.op === '.'
        ? `${textOf(node.args[0])} is ${words(quoted(said))}: it has no ${node.args[1]}.`
        : `This is ${words(quoted(said))}: it has no parts.`;
    case 'no_such_overload':
      return operator(said);
    case 'no_matching_overload':
      return call(quoted(said));
    case 'invalid_logical_operand':
      return `&& and || join what is true or false; one side is ${words(quoted(said))}.`;
    case 'invalid_condition_type':
      return `What is asked here must be true or false; it is ${words(quoted(said))}.`;
    case 'heterogeneous_list_element':
      return 'The elements of a list must be of one kind.';
    case 'invalid_macro_argument':
      return /^has/.test(said)
        ? 'has() asks for a field, such as has(event.facts.x).'
        : 'The first is a name for each element, the second what is asked of it, such as skills.exists(one, one == "Czech").';
    case 'limit_exceeded':
      return 'The condition is too long or too deeply nested: split it in several rules.';
    case 'unterminated_string':
    case 'unterminated_triple_quoted_string':
      return 'A text begins here and its closing quotation mark is missing.';
    case 'invalid_escape_sequence':
      return 'A text knows no such character behind a backslash: write two of them, or r before the text, such as r"\\d+".';
    case 'unexpected_token':
      return said.endsWith('EOF') ? 'The condition ends too early: something is missing here.' : 'This is not expected here.';
    case 'expected_token':
      return 'Something is missing before this.';
    case 'unexpected_character':
      return /Unexpected character: =$/.test(said) ? 'Write == to compare.' : 'This is not expected here: join with &&, || and !.';
    case 'reserved_identifier':
      return 'This word is reserved.';
    case 'index_out_of_bounds':
      return `${text} asks for an element that the list does not have.`;
    case 'division_by_zero':
    case 'modulo_by_zero':
      return `${text} divides by zero.`;
    case 'numeric_overflow':
      return `${text} is too large a number.`;
    default:
      return `${said.replace(/\.$/, '')}.`;
  }
}

const quoted = (said: string): string => /'(.+)'/.exec(said)?.[1] ?? said;

/** @param said such as `no such overload: int == string` or `no such overload: !string` */
function operator(said: string): string {
  const [, left = '', sign = '', right = ''] = /: (?:(.+) (==|!=|<=?|>=?|in|[-+*/%]) )?(.+)$/.exec(said) ?? [];
  if (!sign) return right.startsWith('!') ? `! turns true and false round; this is ${words(right.slice(1))}.` : 'This needs a number.';
  if (left === 'null' || right === 'null') return 'Nothing is null here: an unknown text is "", an unknown number 0.';
  const verb = /^[-+*/%]$/.test(sign) ? 'be calculated with' : sign === 'in' ? 'be looked for in' : 'be compared with';
  const hint = [left, right].sort().join() === 'double,int' ? ': leave out the decimal point, or write double(…)' : '';
  return `${capital(words(left))} cannot ${verb} ${words(right)} by ${sign}${hint}.`;
}

/** @param signature such as `string.startsWith(int)` or `foo(int)` */
function call(signature: string): string {
  const [, receiver, named = '', given = ''] = /^(?:(.+)\.)?(\w+)\((.*)\)$/.exec(signature) ?? [];
  const name = named === MATCHES ? 'matches' : named;
  if (!FUNCTIONS.includes(name)) {
    const near = nearest(name, FUNCTIONS);
    return `There is no function ${name}()${near ? `; did you mean ${near}()?` : '.'}`;
  }
  const taken = given ? given.split(', ').map(words).join(' and ') : 'nothing';
  return `${name}() cannot be asked${receiver ? ` of ${words(receiver)}` : ''} with ${taken} between its brackets.`;
}

export function words(type: string): string {
  const inner = /^dyn<(.+)>$/.exec(type)?.[1] ?? type;
  const known: Record<string, string> = {
    int: 'a whole number',
    uint: 'an unsigned number',
    double: 'a decimal number',
    string: 'a text',
    bool: 'true or false',
    Moment: 'a point in time',
    'google.protobuf.Timestamp': 'a point in time',
    'google.protobuf.Duration': 'a duration',
    dyn: 'a fact of any kind',
    null: 'null',
  };
  if (inner.endsWith('_facts')) return `the ${inner.replace('_facts', '').replace('_', '.')} as a whole`;
  return known[inner] ?? (inner.startsWith('list') ? 'a list' : inner.startsWith('map') ? 'a map' : inner);
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

function missingVariable(name: string): string {
  const home = FIELDS.find(({ path }) => path.endsWith(`.${name}`))?.path;
  const near = home ?? nearest(name, variables);
  return `There is no ${name}; ${near ? `did you mean ${near}?` : `there are ${variables.join(', ')}.`}`;
}

export function missingField(path: string): string {
  const names = path.split('.');
  const known = names.findIndex((_name, index) => !paths.has(names.slice(0, index + 1).join('.')));
  const parent = names.slice(0, known).join('.');
  const missing = names.slice(0, known + 1).join('.');
  const siblings = [...paths].filter((one) => one.startsWith(`${parent}.`) && !one.slice(parent.length + 1).includes('.'));
  const near = nearest(missing, siblings);
  return `There is no ${missing}; ${near ? `did you mean ${near}?` : `there are ${siblings.join(', ')}.`}`;
}

/** The known word that takes the fewest slips of a finger, or none where all take too many. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const own = word.slice(word.lastIndexOf('.') + 1);
  const allowed = Math.ceil(own.length / 3);
  return known
    .map((one) => ({ one, slips: distance(word.toLowerCase(), one.toLowerCase()) }))
    .filter(({ one, slips }) => one !== '' && slips <= allowed)
    .sort((a, b) => a.slips - b.slips)[0]?.one;
}

/** Levenshtein's: letters put in, left out or replaced. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_zero, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1)
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)));
    row = next;
  }
  return row[b.length] ?? 0;
}
