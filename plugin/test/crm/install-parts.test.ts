/** The parts of the installer that only compute. */
import { describe, expect, it } from '@jest/globals';
import { HostFailure } from '../../src/crm/host.js';
import { candidates, mustBeRecent, reachOf } from '../../src/crm/twenty/install/address.js';
import { conflictsOf, type ServerObject } from '../../src/crm/twenty/install/conflicts.js';
import { clock, deliveries, installedState, lastContact, wayBack } from '../../src/crm/twenty/install/doctor.js';
import { missingRights, readKey } from '../../src/crm/twenty/install/key.js';
import { adaptManifest, namesOf, withPublicUrl } from '../../src/crm/twenty/install/manifest.js';
import { objectsAtStake, planOf, planOfManifest, type SyncAction } from '../../src/crm/twenty/install/plan.js';
import { compareVersions } from '../../src/crm/twenty/install/version.js';
import { DESCRIPTION, OPERATIONS, targetOf, webhookSteps, type Webhook } from '../../src/crm/twenty/install/webhook.js';
import { networkFailure, serverFailure, validationLines } from '../../src/crm/twenty/install/words.js';
import { smallManifest } from './small-app.js';
import { NOTE_TARGET, PERSON } from './standard-objects.js';

const NOW = new Date('2026-11-22T12:00:00Z');
const token = (claims: object): string => `h.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.s`;

describe('the address', () => {
  it('is taken from whatever of Twenty somebody copied', () => {
    expect(candidates('https://crm.example.org/')).toEqual(['https://crm.example.org']);
    expect(candidates('https://crm.example.org/graphql')).toEqual(['https://crm.example.org']);
    expect(candidates('https://crm.example.org/metadata?x=1')).toEqual(['https://crm.example.org']);
    expect(candidates('https://example.org/crm/rest/people')).toEqual(['https://example.org/crm', 'https://example.org']);
    expect(candidates('https://crm.example.org/objects/people')).toEqual([
      'https://crm.example.org/objects/people',
      'https://crm.example.org',
    ]);
  });

  it('without its beginning is refused with a guess', () => {
    expect(() => candidates('crm.example.org')).toThrow('Did you mean --url https://crm.example.org ?');
    expect(() => candidates('localhost:3000')).toThrow('Did you mean --url http://localhost:3000 ?');
    expect(() => candidates('ftp://crm.example.org')).toThrow('not a web address');
    expect(() => candidates('my crm')).toThrow('not a complete address');
  });

  it('is known to be reached from everywhere, from its network or from this machine', () => {
    expect(['http://localhost:1', 'http://127.0.0.1', 'http://[::1]:1'].map(reachOf)).toEqual(['loopback', 'loopback', 'loopback']);
    expect(['http://10.1.2.3', 'http://172.20.0.1', 'http://crm:3000', 'http://192.168.1.1'].map(reachOf)).toEqual(
      Array(4).fill('private'),
    );
    expect(['https://crm.example.org', 'http://172.32.0.1'].map(reachOf)).toEqual(['public', 'public']);
  });

  it.each([
    ['ENOTFOUND', 'no machine called crm.example.org'],
    ['ECONNREFUSED', 'Nothing listens at crm.example.org'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'NODE_EXTRA_CA_CERTS'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', '--url http://crm.example.org'],
    ['CERT_HAS_EXPIRED', 'has expired'],
    ['UND_ERR_CONNECT_TIMEOUT', 'does not answer'],
  ])('that fails with %s is explained', (code, words) => {
    expect(networkFailure('https://crm.example.org', { cause: { code } }).message).toContain(words);
  });

  it('behind a proxy without a server is not called wrong', () => {
    expect(serverFailure('https://crm.example.org', 502).message).toMatch(/answers with 502[^]*Try again in a minute/);
  });
});

describe('the version', () => {
  it('is compared by its numbers', () => {
    expect(compareVersions('2.9.0', '2.21.0')).toBeLessThan(0);
    expect(compareVersions('v2.23.1-rc.1', '2.23.1')).toBe(0);
    expect(() => mustBeRecent('2.20.9')).toThrow('needs 2.21.0 or newer');
    expect(() => mustBeRecent('2.21.0')).not.toThrow();
  });
});

describe('the key', () => {
  it('says whose it is and until when', () => {
    expect(readKey(token({ type: 'API_KEY', jti: 'k', workspaceId: 'w', exp: 1_900_000_000 }), NOW)).toEqual({
      id: 'k',
      workspaceId: 'w',
      expiresAt: new Date(1_900_000_000_000),
    });
  });

  it.each([
    ['abc', 'does not look like one'],
    ['a.###.c', 'damaged'],
    [token({ type: 'ACCESS' }), 'another kind'],
    [token({ type: 'API_KEY', exp: 1_700_000_000 }), 'expired on 2023-11-14'],
  ])('%# is refused in words', (key, words) => {
    expect(() => readKey(key, NOW)).toThrow(words);
  });

  it('of a narrow role lacks what it lacks', () => {
    const role = {
      label: 'Bot',
      canUpdateAllSettings: false,
      canAccessAllTools: false,
      canReadAllObjectRecords: true,
      canUpdateAllObjectRecords: false,
      canSoftDeleteAllObjectRecords: true,
      permissionFlags: [{ flag: 'APPLICATIONS' }, { flag: 'UPLOAD_FILE' }],
    };
    expect(missingRights(role)).toEqual(['webhooks', 'write']);
    expect(missingRights({ ...role, canUpdateAllSettings: true, canUpdateAllObjectRecords: true })).toEqual([]);
  });
});

describe('the manifest', () => {
  it('gets the relations that servers before 2.23 do not add, each with its other end', () => {
    const adapted = adaptManifest(smallManifest(), '2.21.0');
    expect(adapted.objects.map(({ fields }) => fields.length)).toEqual([3 + 4, 2 + 4]);
    expect(adapted.fields).toHaveLength(1 + 2 * 4);
    const reverse = adapted.fields.find(
      ({ name, objectUniversalIdentifier }) => name === 'targetQueueMember' && objectUniversalIdentifier === NOTE_TARGET,
    );
    const forward = adapted.objects[1]?.fields.find(({ name }) => name === 'noteTargets');
    expect(reverse?.relationTargetFieldMetadataUniversalIdentifier).toBe(forward?.universalIdentifier);
    expect(forward?.relationTargetFieldMetadataUniversalIdentifier).toBe(reverse?.universalIdentifier);
    // As the SDK of 2.21 derives it; both were compared on the whole application.
    expect(forward?.universalIdentifier).toBe('1e159d13-90b7-53f2-ab5d-2597dad4dde3');
  });

  it('is left alone for a server that adds them, and twice is once', () => {
    expect(adaptManifest(smallManifest(), '2.23.0')).toEqual(smallManifest());
    const once = adaptManifest(smallManifest(), '2.21.0');
    expect(adaptManifest(once, '2.21.0')).toEqual(once);
  });

  it('carries the address of the engine', () => {
    const { application } = withPublicUrl(smallManifest(), 'https://pb.example.org');
    expect(application.applicationVariables?.PATCHBAY_URL?.value).toBe('https://pb.example.org');
  });

  it('names what its identifiers belong to', () => {
    const names = namesOf(smallManifest());
    expect(names.get(smallManifest().objects[0]?.fields[1]?.universalIdentifier ?? '')).toBe('queue.department');
  });
});

const person: ServerObject = {
  universalIdentifier: PERSON,
  nameSingular: 'person',
  namePlural: 'people',
  labelSingular: 'Person',
  labelPlural: 'People',
  applicationId: 'standard',
  isActive: true,
  fieldsList: [],
};

describe('conflicts', () => {
  const owners = new Map([
    ['standard', 'Standard'],
    ['custom', 'Custom'],
    ['other', 'Helpdesk'],
  ]);

  it('are objects and fields of our names that somebody else made, with what to do', () => {
    const queue = {
      ...person,
      universalIdentifier: 'q',
      nameSingular: 'queue',
      namePlural: 'queues',
      labelSingular: 'Queue',
      labelPlural: 'Queues',
      applicationId: 'other',
    };
    const taken = { universalIdentifier: 'f', name: 'serviceLastContactAt', label: 'Last contact', type: 'DATE', applicationId: 'custom' };
    const found = conflictsOf(smallManifest(), [queue, { ...person, fieldsList: [taken] }], owners);
    expect(found.map(({ what }) => what)).toEqual([
      'There is an object "Queue" (queue) already; it belongs to the application Helpdesk.',
      'There is a field "Last contact" (person.serviceLastContactAt) already; somebody made it in this workspace.',
    ]);
    expect(found[1]?.next).toContain('Settings → Data model → People → Last contact');
  });

  it('are not what we installed ourselves', () => {
    const [ours] = smallManifest().objects;
    const installed = { ...person, ...ours, applicationId: 'a', fieldsList: [] } as unknown as ServerObject;
    expect(conflictsOf(smallManifest(), [installed, person], owners)).toEqual([]);
  });
});

describe('the plan', () => {
  const queue = smallManifest().objects[0];
  const field = queue?.fields[1];
  const there: ServerObject[] = [
    {
      ...person,
      universalIdentifier: queue?.universalIdentifier ?? '',
      nameSingular: 'queue',
      namePlural: 'queues',
      fieldsList: [
        {
          universalIdentifier: field?.universalIdentifier ?? '',
          name: 'department',
          label: 'Department',
          type: 'TEXT',
          applicationId: 'a',
        },
      ],
    },
  ];
  const actions: SyncAction[] = [
    { type: 'delete', metadataName: 'fieldMetadata', universalIdentifier: field?.universalIdentifier },
    { type: 'create', metadataName: 'view', flatEntity: { universalIdentifier: 'v', name: 'All queues' } },
    {
      type: 'update',
      metadataName: 'objectMetadata',
      universalIdentifier: queue?.universalIdentifier,
      diff: { icon: { before: 'IconA', after: 'IconB' } },
    },
    {
      type: 'create',
      metadataName: 'fieldMetadata',
      flatEntity: { universalIdentifier: 'n', name: 'size', objectMetadataUniversalIdentifier: queue?.universalIdentifier },
    },
  ];

  it('is grouped and sorted, with the sign and the name of each thing', () => {
    const plan = planOf(actions, { manifest: smallManifest(), objects: there, counts: new Map() });
    expect(plan.groups.map(({ name, lines }) => [name, ...lines.map(({ sign, name: what }) => `${sign} ${what}`)])).toEqual([
      ['objects', '~ queue'],
      ['fields', '+ queue.size', '- queue.department'],
      ['views', '+ All queues'],
    ]);
    expect(plan.groups[0]?.lines[0]?.details).toEqual(['icon: "IconA" → "IconB"']);
    expect(plan.counts).toEqual({ '+': 2, '~': 1, '-': 1 });
  });

  it('calls a loss only what holds data', () => {
    expect(objectsAtStake(actions, there)).toEqual(there);
    const losses = (count: number): string[] =>
      planOf(actions, { manifest: smallManifest(), objects: there, counts: new Map([['queues', count]]) }).losses;
    expect(losses(0)).toEqual([]);
    expect(losses(1)).toEqual(['queue.department: the field and what 1 record hold in it']);
  });

  it('counts an option that goes as a loss', () => {
    const update: SyncAction = {
      type: 'update',
      metadataName: 'fieldMetadata',
      universalIdentifier: field?.universalIdentifier,
      diff: { options: { before: [{ value: 'A' }, { value: 'B' }], after: [{ value: 'A' }] } },
    };
    expect(planOf([update], { manifest: smallManifest(), objects: there, counts: new Map([['queues', 3]]) }).losses).toEqual([
      'queue.department: the option B',
    ]);
  });

  it('of the manifest alone is everything, added', () => {
    expect(planOfManifest(smallManifest()).counts).toEqual({ '+': 2 + 5 + 1 + 1 + 1 + 1, '~': 0, '-': 0 });
  });
});

describe('the webhook', () => {
  const wish = { target: targetOf('http://localhost:4400'), secret: 's' };
  const right: Webhook = { id: '1', targetUrl: wish.target, operations: [...OPERATIONS], description: DESCRIPTION, secret: 's' };

  it('is made once, then left alone', () => {
    expect(webhookSteps([], wish)).toEqual({ create: true, update: null, remove: [] });
    expect(webhookSteps([right], wish)).toEqual({ create: false, update: null, remove: [] });
  });

  it('follows the engine to another address; doubles go, others stay', () => {
    const moved = { ...right, id: '2', targetUrl: 'http://old/crm/deliveries' };
    const foreign = { ...right, id: '3', targetUrl: 'https://elsewhere.example.org/', description: null };
    expect(webhookSteps([moved, foreign], wish)).toEqual({ create: false, update: '2', remove: [] });
    expect(webhookSteps([moved, foreign, right], wish)).toEqual({ create: false, update: null, remove: ['2'] });
  });
});

describe('the diagnosis', () => {
  it('knows an installation that stopped half-way from one that is old', () => {
    expect(installedState(null, '0.2.0').verdict).toBe('wrong');
    expect(installedState({ version: null }, '0.2.0').words).toContain('half-way');
    expect(installedState({ version: '0.1.0' }, '0.2.0')).toMatchObject({
      verdict: 'warn',
      mend: 'npx --no-install patchbay-center upgrade twenty',
    });
    expect(installedState({ version: '0.2.0' }, '0.2.0').verdict).toBe('ok');
  });

  it('knows when Twenty cannot come back to the engine', () => {
    expect(wayBack('https://crm.example.org', 'http://localhost:4400')[0]?.verdict).toBe('wrong');
    expect(wayBack('https://crm.example.org', 'http://pb.example.org')[0]?.words).toContain('https');
    expect(wayBack('http://localhost:3000', 'http://localhost:4400')[0]?.mend).toContain('OUTBOUND_HTTP_SAFE_MODE_ENABLED=false');
    expect(wayBack('https://crm.example.org', 'https://pb.example.org')[0]?.verdict).toBe('ok');
  });

  it('knows whether deliveries arrive, and what to do where they do not', () => {
    const reachedAt = new Date(NOW.getTime() - 5_000);
    expect(deliveries({ reachedAt, deliveredAt: null }, NOW)).toMatchObject({
      verdict: 'warn',
      mend: expect.stringContaining('OUTBOUND_HTTP_SAFE_MODE_ENABLED=false'),
    });
    expect(deliveries({ reachedAt, deliveredAt: reachedAt }, NOW)).toMatchObject({ verdict: 'ok', words: 'the last one came 5 s ago' });
    expect(deliveries({ reachedAt: null, deliveredAt: null }, NOW).verdict).toBe('skip');
  });

  it('knows clocks that differ and an engine that is silent', () => {
    expect(clock(900).verdict).toBe('ok');
    expect(clock(-120_000).words).toBe("Twenty's is 120 s behind this machine's");
    expect(lastContact({ reachedAt: null, problem: null }, NOW).verdict).toBe('warn');
    expect(lastContact({ reachedAt: new Date(NOW.getTime() - 5_000), problem: null }, NOW)).toMatchObject({
      verdict: 'ok',
      words: '5 s ago',
    });
    expect(lastContact({ reachedAt: new Date(NOW.getTime() - 7_200_000), problem: 'The key was refused.' }, NOW)).toMatchObject({
      verdict: 'wrong',
      mend: 'Last good contact 2 hours ago.',
    });
  });

  it("puts Twenty's reasons against a manifest in lines", () => {
    const errors = {
      viewField: [{ errors: [{ message: 'has to be lowest' }], flatEntityMinimalInformation: { universalIdentifier: 'x' } }],
    };
    expect(validationLines(errors, () => 'queue.name')).toEqual(['viewField queue.name: has to be lowest']);
    expect(validationLines(null, () => undefined)).toEqual([]);
  });

  it('is of the kinds that the engine knows', () => {
    expect(serverFailure('http://x', 500)).toBeInstanceOf(HostFailure);
  });
});
