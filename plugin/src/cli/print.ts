/** How plans, findings and inventories look in a terminal. Pure but for the colours. */
import type { Finding, Inventory, Plan, Sign, Verdict } from '../crm/administration.js';
import { color, line, wrap } from './terminal.js';

/** Lines of a group that are shown unless all are asked for. */
const SHOWN = 10;
const STYLE: Record<Sign, 'green' | 'yellow' | 'red'> = { '+': 'green', '~': 'yellow', '-': 'red' };

export function printPlan(plan: Plan, verbose: boolean): void {
  const total = plan.counts['+'] + plan.counts['~'] + plan.counts['-'];
  if (total === 0) return line('\n  No changes.\n');
  line();
  let hidden = 0;
  for (const { name, lines } of plan.groups) {
    line(`  ${color('bold', name)} ${color('dim', String(lines.length))}`);
    // What changes and goes is what somebody looks for; of what comes, some will do.
    const grave = lines.filter(({ sign }) => sign !== '+');
    const added = lines.filter(({ sign }) => sign === '+');
    const some = verbose ? lines : [...added.slice(0, Math.max(0, SHOWN - grave.length)), ...grave];
    for (const { sign, name: what, details } of some) {
      line(`    ${color(STYLE[sign], `${sign} ${what}`)}`);
      for (const detail of details) for (const part of wrap(detail, 8)) line(`        ${color('dim', part)}`);
    }
    if (some.length < lines.length) line(color('dim', `      and ${lines.length - some.length} more`));
    hidden += lines.length - some.length;
    line();
  }
  const counts = [`${plan.counts['+']} to add`, `${plan.counts['~']} to change`, `${plan.counts['-']} to remove`];
  line(`  ${color('bold', counts.join(', '))}.${hidden > 0 ? color('dim', ' All of them: --verbose') : ''}\n`);
  if (plan.losses.length > 0) printLosses(plan.losses);
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

export function printInventory({ objects, fields, webhooks }: Inventory): void {
  line(`\n  ${color('bold', 'This goes, for good:')}`);
  const widest = Math.max(0, ...objects.map(({ label }) => label.length));
  for (const { label, count } of objects)
    line(
      `    ${color('red', '-')} ${label.padEnd(widest)}  ${count > 0 ? `${count.toLocaleString('en')} record${count === 1 ? '' : 's'}` : color('dim', 'no records')}`,
    );
  const own = fields.filter((field) => !/\.target[A-Z]/.test(field));
  if (own.length > 0) {
    line(`    ${color('red', '-')} fields on other objects:`);
    for (const part of wrap(own.join(', '), 8)) line(`        ${color('dim', part)}`);
  }
  if (webhooks > 0) line(`    ${color('red', '-')} the webhook to the engine`);
  line(`    ${color('red', '-')} views, menu items, pages and roles of Patchbay`);
  line(`    ${color('red', '-')} the saved connection`);
  line(`\n  ${color('bold', 'This stays:')}`);
  line(`    ${color('green', '✓')} people, companies, opportunities, notes and tasks`);
  line(`    ${color('green', '✓')} everything in the contact center's own database: interactions,`);
  line('      customers, queues, agents and the event log\n');
}
