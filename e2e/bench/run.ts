/** One bench in a process of its own, so that none inherits another's heap or compiled code. */
import type { Bench } from './figure.js';

const [name, server, profileFolder] = process.argv.slice(2);
const { default: bench } = (await import(`./${name}.ts`)) as { default: Bench };
const figures = await bench({ server: server ?? '', profileFolder: profileFolder || null });
process.send?.(figures, () => process.disconnect());
