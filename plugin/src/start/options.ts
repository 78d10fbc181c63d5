/** What `start` can be told on its command line. */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Advice } from '../cli/terminal.js';
import { LANGUAGES } from '../configuration/starter.js';
import { START } from '../platform/command.js';
import { DATA } from '../platform/folders.js';

const HELP = `Patchbay: a contact center on this machine.

  ${START} [options]
  npm start -- [options]                 in the repository, where it builds first

  --no-demo        start empty: no demo data, no simulator; so does every
                   contact center that is connected to a CRM
  --language L     en or cs: what a new center's presence statuses and
                   dispositions are called in (default: CENTER_LANGUAGE, else
                   that of the connected CRM, else en)
  --speed N        the simulated day runs N times as fast, 1 to 100 (default 1)
  --port N         where the pages and the API are (default 4400, or PORT)
  --data FOLDER    where the embedded database and the sign-ins are kept (default .patchbay)
  --help           this text

Settings from the environment are listed in docs/settings.md.
`;

export interface Options {
  demo: boolean;
  speed: number;
  port: number | undefined;
  data: string;
  language: string | undefined;
}

/** Prints the help and ends the process where that was asked for. @throws Advice where an option is wrong */
export function readOptions(): Options {
  let values;
  try {
    ({ values } = parseArgs({
      options: {
        'no-demo': { type: 'boolean', default: false },
        speed: { type: 'string', default: '1' },
        port: { type: 'string' },
        data: { type: 'string', default: DATA },
        language: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    }));
  } catch (error) {
    throw new Advice(`${(error as Error).message}\nTry "${START} --help".`);
  }
  if (values.help) {
    process.stdout.write(HELP);
    process.exit(0);
  }
  const speed = Number(values.speed);
  if (!(speed >= 1 && speed <= 100)) throw new Advice(`--speed takes a number from 1 to 100, not "${values.speed}".`);
  const port = values.port === undefined ? undefined : Number(values.port);
  if (port !== undefined && !(Number.isInteger(port) && port >= 1 && port <= 65_535))
    throw new Advice(`--port takes a number from 1 to 65535, not "${values.port}".`);
  const { language } = values;
  if (language !== undefined && !LANGUAGES.some((one) => one === language))
    throw new Advice(`--language takes ${LANGUAGES.join(' or ')}, not "${language}".`);
  return { demo: !values['no-demo'], speed, port, data: resolve(values.data), language };
}
