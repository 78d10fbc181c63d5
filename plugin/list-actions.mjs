/**
 * Writes the list of all actions of rules: `node list-actions.mjs FOLDER FILE`. An action is a file `<name>.action.ts` in
 * the folder of its domain that exports one class; nothing else has to know of it.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';

const [folder, target] = process.argv.slice(2).map((argument) => resolve(argument));
if (!folder || !target) {
  console.error('usage: list-actions.mjs FOLDER FILE');
  process.exit(2);
}

const actions = readdirSync(folder, { recursive: true })
  .filter((file) => file.endsWith('.action.ts'))
  .sort()
  .map((file) => {
    const path = join(folder, file);
    const [, name] = /^export class (\w+)/m.exec(readFileSync(path, 'utf8')) ?? [];
    if (!name) throw new Error(`${file} exports no class; an action is one class marked @RuleAction().`);
    return {
      name,
      from: `./${relative(dirname(target), path)}`
        .split(sep)
        .join('/')
        .replace(/\.ts$/, '.js')
        .replace(/^\.\/\.\./, '..'),
    };
  });

mkdirSync(dirname(target), { recursive: true });
writeFileSync(
  target,
  [
    ...actions.map(({ name, from }) => `import { ${name} } from '${from}';`),
    '',
    `export const ACTIONS = [${actions.map(({ name }) => name).join(', ')}];`,
    '',
  ].join('\n'),
);
