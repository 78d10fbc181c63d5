/** Links by mail, to a mail server of the outside world: invitations, an administrator's resets, and "I forgot my password". */
import { simpleParser, type ParsedMail } from 'mailparser';
import { MAIL_LANGUAGES, languageIn, signInMail, type MailKind } from '../../src/access/sign-in-mails.js';
import { startOutside, type Outside } from '../intake/support.js';
import { key, startTestEngine, type TestClient, type TestEngine } from '../support/engine.js';
import { until } from '../support/until.js';
import { Browser, choose, PASSWORD } from './support.js';

const CENTER = 'https://center.example.org';
const NEW_PASSWORD = 'a wholly new password';

let outside: Outside;
let engine: TestEngine;
let admin: TestClient;
let count = 0;

beforeAll(async () => {
  outside = await startOutside();
  // Proxied, so that each browser has an address of its own.
  engine = await startTestEngine({ SMTP_URL: outside.url, TRUSTED_PROXIES: 'loopback' });
  admin = engine.client(await engine.token('ADMIN'));
});
afterAll(async () => {
  await engine.stop();
  await outside.stop();
});
afterEach(() => {
  outside.refuse = null;
});

interface Handed {
  user: { id: string };
  link: { path: string } | null;
  mail: { problem: string | null; said: string | null } | null;
}

const HANDED = '{ user { id } link { path } mail { problem said } }';

async function invite(email: string, input: Record<string, unknown> = {}): Promise<Handed> {
  const { inviteUser } = await admin.do<{ inviteUser: Handed }>(
    `mutation($input: InviteUserInput!) { inviteUser(input: $input) ${HANDED} }`,
    { input: { idempotencyKey: key(), name: 'Iva Šťastná', email, role: 'SUPERVISOR', ...input } },
  );
  return inviteUser;
}

const reset = async (userId: string, mail?: boolean): Promise<Handed> =>
  (
    await admin.do<{ createAccessLink: Handed }>(
      `mutation($userId: UUID!, $mail: Boolean! = true) { createAccessLink(userId: $userId, mail: $mail) ${HANDED} }`,
      { userId, mail },
    )
  ).createAccessLink;

const setAddress = (address: string | null) =>
  admin.do('mutation($input: UpdateSignInSettingsInput!) { updateSignInSettings(input: $input) { settings { address } } }', {
    input: { address },
  });

async function mailsTo(email: string, howMany = 1): Promise<ParsedMail[]> {
  const raw = await until(`${howMany} mails to ${email}`, () => {
    const found = outside.received.filter((mail) => mail.includes(`<${email}>`));
    return found.length >= howMany && found;
  });
  return Promise.all(raw.map((mail) => simpleParser(mail)));
}

const secretOf = ({ text }: ParsedMail): string => /^https:\/\/center\.example\.org\/console\/sign-in#link=(\S+)$/m.exec(text ?? '')![1]!;

/** Somebody who has chosen a password behind the mailed link. */
async function person(): Promise<{ id: string; email: string }> {
  const email = `person${(count += 1)}@example.org`;
  const { user } = await invite(email);
  const [mail] = await mailsTo(email);
  expect((await choose(new Browser(engine), secretOf(mail!))).errors).toBeUndefined();
  outside.received.length = 0;
  return { id: user.id, email };
}

const ask = (email: string, browser = new Browser(engine)): Promise<Response> => browser.send('POST', '/session/forgotten', { email });

async function settled(): Promise<void> {
  await until('no job to wait or run', async () => {
    const [row] = await engine.database.query<{ open: number }>(
      "SELECT count(*)::int AS open FROM bullmq.job WHERE queue = 'forgotten-passwords'",
    );
    return row?.open === 0;
  });
}

test('without an address of the center nothing is mailed, and the administrator is told what to set', async () => {
  const handed = await invite('early@example.org');
  expect(handed).toMatchObject({ link: { path: expect.stringContaining('#link=') as string }, mail: { problem: 'NO_ADDRESS' } });
  expect(await admin.do<Record<string, unknown>>('{ signInMethods { forgotten } signInSettings { mailServer address } }')).toEqual({
    signInMethods: { forgotten: false },
    signInSettings: { mailServer: true, address: null },
  });
  const answer = await ask('early@example.org');
  expect([answer.status, JSON.stringify(await answer.json())]).toEqual([409, expect.stringContaining('at which address people open')]);
  await setAddress(CENTER);
  expect(await admin.do('{ signInMethods { forgotten } }')).toEqual({ signInMethods: { forgotten: true } });
});

test('an invitation is mailed, in words and in HTML, and the administrator does not see it', async () => {
  expect(await invite('iva@example.org')).toMatchObject({ link: null, mail: { problem: null } });
  const [mail] = await mailsTo('iva@example.org');
  expect(mail).toMatchObject({
    subject: 'You are invited to the contact center at center.example.org',
    from: { value: [{ address: 'no-reply@center.example.org', name: 'Patchbay' }] },
    to: { value: [{ address: 'iva@example.org', name: 'Iva Šťastná' }] },
  });
  expect(mail!.text).toContain('Hello Iva Šťastná,');
  expect(mail!.text).toContain('The link is good for: 7 days.');
  expect(mail!.html).toContain(`<a href="${CENTER}/console/sign-in#link=${secretOf(mail!)}">`);
  expect(mail!.headers.get('auto-submitted')).toBe('auto-generated');
  expect((await choose(new Browser(engine), secretOf(mail!))).data?.useAccessLink.email).toBe('iva@example.org');
});

test('what the mail server does not take is told, and the link is there to be handed over', async () => {
  outside.refuse = { responseCode: 550, message: 'no such mailbox here' };
  const { link, mail } = await invite('gone@example.org');
  expect(mail).toEqual({ problem: 'NOT_TAKEN', said: expect.stringContaining('no such mailbox here') as string });
  expect((await choose(new Browser(engine), link!.path.split('#link=')[1]!)).errors).toBeUndefined();
});

test("an administrator's reset is mailed in the language of the person's last sign-in, or shown where that is wanted", async () => {
  const { id, email } = await person();
  await fetch(`${engine.engine.url}/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: engine.engine.url, 'accept-language': 'xx, cs-CZ;q=0.9, en' },
    body: JSON.stringify({ email, password: PASSWORD }),
  });
  expect(await reset(id)).toMatchObject({ link: null, mail: { problem: null } });
  const [mail] = await mailsTo(email);
  expect(mail!.subject).toBe('Nové heslo pro center.example.org');
  expect(mail!.text).toContain('Platnost odkazu: 1 hodina.');
  expect(await reset(id, false)).toMatchObject({ link: { path: expect.stringContaining('#link=') as string }, mail: null });
  // Another was made since.
  expect((await choose(new Browser(engine), secretOf(mail!), NEW_PASSWORD)).errors?.[0]?.extensions.code).toBe('NOT_FOUND');
});

describe('who forgot the password', () => {
  test('is mailed a link that is good once, for an hour, and ends all sessions; the log says who asked from where', async () => {
    const { id, email } = await person();
    const signedIn = new Browser(engine);
    await signedIn.signIn(email);
    const asking = new Browser(engine);
    expect((await ask(` ${email.toUpperCase()} `, asking)).status).toBe(204);
    const [mail] = await mailsTo(email);
    expect(mail!.text).toContain('somebody asked for a new password for you');
    expect(await signedIn.role()).toBe('SUPERVISOR');
    expect((await choose(new Browser(engine), secretOf(mail!), NEW_PASSWORD)).errors).toBeUndefined();
    await until('the end of the session', async () => (await signedIn.role()) === 'UNAUTHENTICATED');
    expect([(await asking.signIn(email)).status, (await asking.signIn(email, NEW_PASSWORD)).status]).toEqual([401, 204]);
    expect((await choose(new Browser(engine), secretOf(mail!))).errors?.[0]?.extensions.code).toBe('NOT_FOUND');
    const logged = await engine.database.query<{ type: string; facts: Record<string, unknown> }>(
      "SELECT type, facts FROM events WHERE subject_id = $1 AND type IN ('user.link_made', 'user.password_set') ORDER BY seq DESC LIMIT 2",
      [id],
    );
    expect(logged).toMatchObject([
      { type: 'user.password_set', facts: { by: 'PASSWORD_RESET' } },
      { type: 'user.link_made', facts: { purpose: 'PASSWORD_RESET', address: asking.address } },
    ]);
  });

  test('is answered as somebody unknown, and so is who cannot sign in any more; neither gets a mail', async () => {
    const { id, email } = await person();
    await admin.do('mutation($id: UUID!) { deactivateUser(id: $id) { user { id } } }', { id });
    const answers = await Promise.all([ask(email), ask('nobody@example.org')]);
    expect(await Promise.all(answers.map(async (answer) => [answer.status, await answer.text()]))).toEqual([
      [204, ''],
      [204, ''],
    ]);
    await settled();
    expect(outside.received).toEqual([]);
  });

  test('is told what to do where there is no password yet', async () => {
    await invite('waiting@example.org');
    await ask('waiting@example.org');
    const mail = (await mailsTo('waiting@example.org', 2)).at(-1)!;
    expect(mail.text).toContain('use the link of your invitation');
    expect(mail.text).not.toContain('#link=');
  });

  test('is told to go to the identity provider who signs in there alone', async () => {
    const { id, email } = await person();
    await admin.do('mutation($input: UpdateIdentityProviderInput!) { updateIdentityProvider(input: $input) { settings { address } } }', {
      input: {
        enabled: true,
        name: 'Company',
        issuer: 'https://login.example.org',
        clientId: 'center',
        scopes: ['openid'],
        groupsClaim: 'groups',
        groups: [{ group: 'leads', role: 'SUPERVISOR' }],
      },
    });
    await engine.database.query("UPDATE users SET password_hash = NULL, provider_subject = 'iva', provider_issuer = 'x' WHERE id = $1", [
      id,
    ]);
    await ask(email);
    const [mail] = await mailsTo(email);
    expect(mail!.text).toContain('you sign in with Company');
    expect(mail!.text).not.toContain('#link=');
  });

  test('gets three mails in an hour for whoever asks from elsewhere, all good, and still one for the own asking', async () => {
    const { email } = await person();
    const own = new Browser(engine);
    await own.signIn(email);
    for (let n = 0; n < 6; n += 1) await ask(email);
    await settled();
    const flood = await mailsTo(email, 3);
    expect(flood).toHaveLength(3);
    await ask(email, own);
    expect(await mailsTo(email, 4)).toHaveLength(4);
    expect((await new Browser(engine).signIn(email)).status).toBe(204);
    // The first is good although more were made since; using it ends the others.
    expect((await choose(new Browser(engine), secretOf(flood[0]!), NEW_PASSWORD)).errors).toBeUndefined();
    expect((await choose(new Browser(engine), secretOf(flood[1]!))).errors?.[0]?.extensions.code).toBe('NOT_FOUND');
  });

  test('does not lose a link of before to a mail server that is away, and gets it once that is back', async () => {
    const { email } = await person();
    outside.attempts = 0;
    outside.refuse = { responseCode: 451, message: 'later' };
    await ask(email);
    await until('a try', () => outside.attempts > 0);
    outside.refuse = null;
    expect((await choose(new Browser(engine), secretOf((await mailsTo(email))[0]!), NEW_PASSWORD)).errors).toBeUndefined();
  });

  test('waits where one network address asks for many', async () => {
    const one = new Browser(engine);
    const answers: Response[] = [];
    for (let n = 0; n < 31; n += 1) answers.push(await ask(`nobody${n}@example.org`, one));
    expect(answers.map(({ status }) => status)).toEqual([...Array.from({ length: 30 }, () => 204), 429]);
    expect(Number(answers.at(-1)!.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await ask('nobody@example.org')).status).toBe(204);
  });

  test('asks on a page of this engine only', async () => {
    expect((await ask('nobody@example.org', new Browser(engine, '203.0.113.251', 'https://evil.example'))).status).toBe(403);
  });
});

test('a link goes with the address that it was mailed to', async () => {
  const { id, email } = await person();
  await ask(email);
  const [mail] = await mailsTo(email);
  await admin.do('mutation($input: UpdateUserInput!) { updateUser(input: $input) { user { id } } }', {
    input: { id, email: `moved-${email}` },
  });
  expect((await choose(new Browser(engine), secretOf(mail!))).errors?.[0]?.extensions.code).toBe('NOT_FOUND');
});

describe('the words', () => {
  const KINDS: MailKind[] = ['INVITATION', 'PASSWORD_RESET', 'FORGOTTEN', 'NO_PASSWORD', 'PROVIDER'];

  test.each(MAIL_LANGUAGES)('say in %s what it is, with the link, and a name stays a name in HTML', (language) => {
    for (const kind of KINDS) {
      const link = kind === 'NO_PASSWORD' || kind === 'PROVIDER' ? null : { address: `${CENTER}/x?a=1&b=2`, validHours: 1 };
      const { subject, text, html } = signInMail(kind, language, { name: '<b>"Iva"</b>', center: CENTER, link, provider: 'Company' });
      expect(subject).toContain('center.example.org');
      expect(text).toContain(CENTER);
      expect(text.includes('Company')).toBe(kind === 'PROVIDER');
      expect(text.split('\n').includes(`${CENTER}/x?a=1&b=2`)).toBe(link !== null);
      expect(html).not.toContain('<b>');
      expect(`${subject}${text}${html}`).not.toMatch(/undefined|null/);
    }
  });

  test.each([
    ['de, pl-PL;q=0.8, en;q=0.5', 'pl'],
    ['zh-Hans-CN', 'zh'],
    ['xx-invented', null],
    [undefined, null],
  ])('are in the first language of "%s" that there is', (said, language) => {
    expect(languageIn(said)).toBe(language);
  });
});
