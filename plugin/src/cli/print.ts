/** How plans, findings and inventories look in a terminal. Pure but for the colours. */
import type { Finding, Inventory, Plan, PlanLine, Sign, Verdict } from '../crm/administration.js';
import { color, line, wrap } from './terminal.js';

const STYLE: Record<Sign, 'green' | 'yellow' | 'red'> = { '+': 'green', '~': 'yellow', '-': 'red' };
/** What an administrator wants to see of what comes; of the rest a count will do. What changes or goes is always shown. */
const TOLD = new Set(['objects', 'fields', 'roles', 'settings']);
/** The other ends that notes, tasks, files and timelines get for each object. */
const OTHER_END = /^(timelineActivity|attachment|noteTarget|taskTarget)\./;

export function printPlan(plan: Plan, verbose: boolean): void {
  const total = plan.counts['+'] + plan.counts['~'] + plan.counts['-'];
  if (total === 0) return line('\n  No changes.\n');
  line();
  const fresh = new Set(
    plan.groups.find(({ name }) => name === 'objects')?.lines.flatMap(({ sign, name }) => (sign === '+' ? [name] : [])),
  );
  const isTold = (group: string, { sign, name }: PlanLine): boolean => {
    if (verbose || sign !== '+') return true;
    return TOLD.has(group) && !(group === 'fields' && (OTHER_END.test(name) || fresh.has(name.split('.')[0] ?? '')));
  };
  const rest: string[] = [];
  for (const { name, lines } of plan.groups) {
    const told = lines.filter((each) => isTold(name, each));
    if (told.length < lines.length) rest.push(`${lines.length - told.length} ${told.length > 0 ? `more ${name}` : name}`);
    if (told.length > 0) printGroup(name, told);
  }
  if (rest.length > 0) {
    for (const [index, part] of wrap(`${rest.join(', ')}`, 6).entries())
      line(`    ${index === 0 ? color('green', '+') : ' '} ${color('dim', part)}`);
    line();
  }
  const counts = [`${plan.counts['+']} to add`, `${plan.counts['~']} to change`, `${plan.counts['-']} to remove`];
  line(`  ${color('bold', counts.join(', '))}.${rest.length > 0 ? color('dim', ' Every line: --verbose') : ''}\n`);
  if (plan.losses.length > 0) printLosses(plan.losses);
}

function printGroup(name: string, lines: readonly PlanLine[]): void {
  line(`  ${color('bold', name)} ${color('dim', String(lines.length))}`);
  for (const { sign, name: what, details } of lines) {
    line(`    ${color(STYLE[sign], `${sign} ${what}`)}`);
    for (const detail of details) for (const part of wrap(detail, 8)) line(`        ${color('dim', part)}`);
  }
  line();
}

export function printLosses(losses: readonly string[]): void {
  line(`  ${color(['red', 'bold'], 'Lost for good:')}`);
  for (const loss of losses) for (const part of wrap(`- ${loss}`, 4)) line(`    ${part}`);
  line();
}

const MARK: Record<Verdict, string> = { ok: '✓', wrong: '✗', warn: '!', skip: '·' };
const MARK_STYLE: Record<Verdict, 'green' | 'red' | 'yellow' | 'dim'> = { ok: 'green', wrong: 'red', warn: 'yellow', skip: 'dim' };
const NAME = 14;

export function printFinding({ check, verdict, words, mend }: Finding): void {
  const indent = 4 + NAME;
  const [first = '', ...rest] = wrap(words, indent);
  const style = verdict === 'skip' ? 'dim' : null;
  line(`  ${color(MARK_STYLE[verdict], MARK[verdict])} ${check.padEnd(NAME)}${style ? color(style, first) : first}`);
  for (const part of rest) line(' '.repeat(indent) + part);
  if (!mend) return;
  const [start = '', ...more] = wrap(mend, indent + 2);
  line(`${' '.repeat(indent)}${color('cyan', '→')} ${start}`);
  for (const part of more) line(`${' '.repeat(indent + 2)}${part}`);
}

/** @param invented how many people of the demo are in the CRM */
export function printInventory({ objects, fields, webhooks }: Inventory, invented: number): void {
  line(`\n  ${color('bold', 'This goes, for good:')}`);
  const widest = Math.max(0, ...objects.map(({ label }) => label.length));
  for (const { label, count } of objects)
    line(
      `    ${color('red', '-')} ${label.padEnd(widest)}  ${count > 0 ? `${count.toLocaleString('en')} record${count === 1 ? '' : 's'}` : color('dim', 'no records')}`,
    );
  const own = fields.filter((field) => !/\.target([A-Z]|$)/.test(field));
  if (own.length > 0) {
    line(`    ${color('red', '-')} fields on other objects:`);
    for (const part of wrap(own.join(', '), 8)) line(`        ${color('dim', part)}`);
  }
  if (webhooks > 0) line(`    ${color('red', '-')} the webhook to the engine`);
  if (invented > 0) line(`    ${color('red', '-')} ${invented.toLocaleString('en')} people whom the demo invented`);
  line(`    ${color('red', '-')} views, menu items, pages and roles of Patchbay`);
  line(`    ${color('red', '-')} the saved connection`);
  line(`\n  ${color('bold', 'This stays:')}`);
  line(`    ${color('green', '✓')} people, companies, opportunities, notes and tasks`);
  line(`    ${color('green', '✓')} everything in the contact center's own database: interactions,`);
  line('      customers, queues, agents and the event log\n');
}
