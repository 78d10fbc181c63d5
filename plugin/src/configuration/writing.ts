/** Plain values as YAML that is good to read and to compare line by line. */
import { Document, isMap, isPair, isScalar, isSeq, Scalar, visit } from 'yaml';
import type { Shape } from './document.js';

const HEADER = ' Patchbay: calendars, SLA policies and automation rules. Secrets of webhooks are left out, and stay as they are.';
const MOST_ON_A_LINE = 80;

/** What a block scalar would change when it is read again, or what would be invisible in it. */
const NOT_IN_BLOCKS = /[\r\t\u0085\u00a0\u2028\u2029\ufeff]|[ ]\n|[ ]$|^\s|\n$|^$/;

/** The whole file. */
export const configurationText = (shape: Shape): string => yamlText(shape, HEADER);

/** A part of it, such as a rule's actions, as a field of a record shows it. */
export function yamlText(value: Shape | Shape[], comment?: string): string {
  const document = new Document(value, { version: '1.2', aliasDuplicateObjects: false });
  if (comment) document.commentBefore = comment;
  visit(document, {
    Scalar(_key, node, path) {
      if (typeof node.value !== 'string' || _key === 'key') return;
      const parent = path.at(-1);
      const isCondition = isPair(parent) && isScalar(parent.key) && parent.key.value === 'condition' && path.length <= 6;
      if (NOT_IN_BLOCKS.test(node.value))
        node.type = node.value.includes('\n') || /[^\n -~]/.test(node.value) ? Scalar.QUOTE_DOUBLE : undefined;
      else if (isCondition || node.value.includes('\n')) node.type = Scalar.BLOCK_LITERAL;
    },
    Seq(_key, node) {
      const items = node.items as Scalar[];
      const texts = items.map((item) => (isScalar(item) && /^[^\n]*$/.test(String(item.value)) ? String(item.value) : null));
      node.flow = texts.every((text) => text !== null) && texts.join(', ').length <= MOST_ON_A_LINE;
    },
    Map(_key, node) {
      node.flow = node.items.length === 0;
    },
  });
  if (isMap(document.contents) && comment)
    for (const { value: section } of document.contents.items) if (isSeq(section)) section.spaceBefore = false;
  return document.toString({ lineWidth: 0, indentSeq: true, flowCollectionPadding: false }).trimEnd();
}
