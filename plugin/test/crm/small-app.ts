/** An application as its build leaves it: two objects that know each other, a field on people, one page. */
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { PERSON } from './standard-objects.js';
import type { TestDatabase } from '../support/database.js';
import type { Manifest } from '../../src/crm/twenty/install/manifest.js';

const APPLICATION = '1a357610-d782-4d9f-8f7c-208eb3f88ca1';
const QUEUE = '6f0c5b5e-51a4-4a53-a3a0-9a2f0c1a0001';
const MEMBER = '6f0c5b5e-51a4-4a53-a3a0-9a2f0c1a0002';
const id = (number: number): string => `6f0c5b5e-51a4-4a53-a3a0-9a2f0c1b${String(number).padStart(4, '0')}`;

const field = (number: number, name: string, type: string, more: Record<string, unknown> = {}) => ({
  universalIdentifier: id(number),
  name,
  type,
  label: name.charAt(0).toUpperCase() + name.slice(1),
  ...more,
});

export const smallManifest = (): Manifest => ({
  application: {
    universalIdentifier: APPLICATION,
    displayName: 'Patchbay',
    defaultRoleUniversalIdentifier: id(90),
    applicationVariables: {
      PATCHBAY_URL: { universalIdentifier: id(91), description: 'Where the engine is', type: 'TEXT', value: '', isSecret: false },
    },
  },
  objects: [
    {
      universalIdentifier: QUEUE,
      nameSingular: 'queue',
      namePlural: 'queues',
      labelSingular: 'Queue',
      labelPlural: 'Queues',
      labelIdentifierFieldMetadataUniversalIdentifier: id(1),
      fields: [
        field(1, 'name', 'TEXT'),
        field(2, 'department', 'TEXT'),
        field(3, 'members', 'RELATION', {
          relationTargetObjectMetadataUniversalIdentifier: MEMBER,
          relationTargetFieldMetadataUniversalIdentifier: id(12),
          universalSettings: { relationType: 'ONE_TO_MANY' },
        }),
      ],
    },
    {
      universalIdentifier: MEMBER,
      nameSingular: 'queueMember',
      namePlural: 'queueMembers',
      labelSingular: 'Queue member',
      labelPlural: 'Queue members',
      labelIdentifierFieldMetadataUniversalIdentifier: id(11),
      fields: [
        field(11, 'name', 'TEXT'),
        field(12, 'queue', 'RELATION', {
          relationTargetObjectMetadataUniversalIdentifier: QUEUE,
          relationTargetFieldMetadataUniversalIdentifier: id(3),
          universalSettings: { relationType: 'MANY_TO_ONE', onDelete: 'CASCADE', joinColumnName: 'queueId' },
        }),
      ],
    },
  ],
  fields: [{ ...field(21, 'serviceLastContactAt', 'DATE_TIME'), objectUniversalIdentifier: PERSON }],
  roles: [{ universalIdentifier: id(90), label: 'Patchbay' }],
  frontComponents: [
    { universalIdentifier: id(92), name: 'desk', builtComponentPath: 'src/desk.front-component.mjs', builtComponentChecksum: 'a' },
  ],
});

/** Writes it where a build would; the folder is what `--app` takes. */
export async function writeApp(manifest: Manifest, version = '0.1.0', folder?: string): Promise<string> {
  const home = folder ?? (await mkdtemp(join(tmpdir(), 'patchbay-app-')));
  const files: Record<string, string> = {
    'manifest.json': JSON.stringify(manifest),
    'package.json': JSON.stringify({ name: '@patchbay/twenty-app', version }),
    'src/desk.front-component.mjs': 'export default {};',
  };
  for (const [name, content] of Object.entries(files)) {
    const path = join(home, '.twenty/output', name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
  }
  return home;
}

/** What tells a demo's database: one of its agents. */
export async function demoAgent(database: TestDatabase): Promise<void> {
  await database.query(
    `WITH s AS (INSERT INTO presence_statuses (id, name, availability, reasons) VALUES (gen_random_uuid(), 'Offline', 'OFFLINE', '{}') RETURNING id)
     INSERT INTO agents (id, name, email, capacity, default_channels, channels, presence_status_id, presence_since, idle_since, created_at)
     SELECT gen_random_uuid(), 'Jana', 'jana@patchbay.example', 100, '{}', '{}', id, now(), now(), now() FROM s`,
  );
}
