/** How the plan of a configuration looks in a terminal. Pure but for the colours. */
import type { ChangeSign, ConfigurationKind, ConfigurationPlan, FieldChange } from '../platform/generated/graphql.js';
import { color, line, wrap } from './terminal.js';

const SIGNS: Readonly<Record<ChangeSign, readonly ['+' | '~' | '-', 'green' | 'yellow' | 'red']>> = {
  ADDED: ['+', 'green'],
  CHANGED: ['~', 'yellow'],
  DELETED: ['-', 'red'],
};
const SECTIONS: readonly (readonly [ConfigurationKind, string])[] = [
  ['CALENDAR', 'calendars'],
  ['POLICY', 'policies'],
  ['RULE', 'rules'],
];

export function printConfigurationPlan({ entries, clocksBehind }: ConfigurationPlan): void {
  if (entries.length === 0) return line('  No changes.\n');
  for (const [kind, section] of SECTIONS) {
    const own = entries.filter((entry) => entry.kind === kind);
    if (own.length === 0) continue;
    line(`  ${color('bold', section)} ${color('dim', String(own.length))}`);
    for (const { sign, name, changes } of own) {
      const [mark, style] = SIGNS[sign];
      line(`    ${color(style, `${mark} ${name}`)}`);
      for (const change of changes) printChange(change);
    }
    line();
  }
  const count = (sign: ChangeSign): number => entries.filter((entry) => entry.sign === sign).length;
  line(`  ${color('bold', `${count('ADDED')} to add, ${count('CHANGED')} to change, ${count('DELETED')} to delete`)}.\n`);
  for (const { policyName, clocks } of clocksBehind) {
    const words = `${clocks} open clock${clocks === 1 ? '' : 's'} of ${policyName} would keep the earlier version; migrateSlaClocks moves them.`;
    for (const part of wrap(words, 2)) line(`  ${color('yellow', part)}`);
  }
  if (clocksBehind.length > 0) line();
}

function printChange({ field, before, after }: FieldChange): void {
  if (![before, after].some((text) => text?.includes('\n'))) {
    const words = before === null ? after : `${before} → ${after ?? '(nothing)'}`;
    return line(`        ${color('dim', `${field}:`)} ${words}`);
  }
  line(`        ${color('dim', `${field}:`)}`);
  for (const text of before?.split('\n') ?? []) line(`          ${color('red', `- ${text}`)}`);
  for (const text of after?.split('\n') ?? []) line(`          ${color('green', `+ ${text}`)}`);
}
