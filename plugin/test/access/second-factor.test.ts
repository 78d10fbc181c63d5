/** A telephone's codes as the second factor of a sign-in: what they let in, once, and what nobody gets in without them. */
import { TOTP, Secret } from 'otpauth';
import { addressOfSecret, newRecoveryCodes, newSecret, plainCode, stepOf } from '../../src/access/one-time-codes.js';
import { Clock } from '../../src/platform/clock.js';
import { Seal } from '../../src/platform/seal.js';
import { startTestEngine, type TestClient, type TestEngine } from '../support/engine.js';
import { Browser, inviteBy, choose, PASSWORD, personBy, type Person } from './support.js';

const HALF_MINUTE = 30_000;

let engine: TestEngine;
let admin: TestClient;
/** What the engine takes for now. */
let now = Date.now();

beforeAll(async () => {
  engine = await startTestEngine({ TRUSTED_PROXIES: 'loopback' });
  engine.engine.app.get(Clock).now = () => new Date(now);
  admin = engine.client(await engine.token('ADMIN'));
});
afterAll(() => engine.stop());

const telephone = (secret: string, at = now): string => new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: at });
/** Six digits that are no code of now, nor of just before or after. */
const wrongCode = (secret: string): string =>
  ['000000', '000001', '000002', '000003'].find((code) => stepOf(secret, code, new Date(now)) === null)!;
const person = (input: Record<string, unknown> = {}): Promise<Person> => personBy(admin, engine, input);

interface Step {
  kind: string;
  step: string;
  factor: { secret: string; uri: string } | null;
}

async function byPassword(email: string, browser = new Browser(engine)): Promise<{ browser: Browser; step: Step }> {
  const answer = await browser.signIn(email);
  expect([answer.status, answer.headers.getSetCookie(), answer.headers.get('cache-control')]).toEqual([202, [], 'no-store']);
  return { browser, step: (await answer.json()) as Step };
}

const give = (browser: Browser, { step }: Step, code: string): Promise<Response> => browser.send('POST', '/session/code', { step, code });

/** Somebody whose telephone makes codes; the next is good half a minute later. */
async function withTelephone(input: Record<string, unknown> = {}) {
  const who = await person(input);
  const browser = new Browser(engine);
  await browser.signIn(who.email);
  const { data } = await browser.ask<{ beginSecondFactor: { secret: string; uri: string } }>(
    'mutation($password: String!) { beginSecondFactor(password: $password) { secret uri } }',
    { password: PASSWORD },
  );
  const { secret, uri } = data!.beginSecondFactor;
  const confirmed = await browser.ask<{ confirmSecondFactor: { recoveryCodes: string[] } }>(CONFIRM, { code: telephone(secret) });
  now += HALF_MINUTE;
  return { who, browser, secret, uri, recoveryCodes: confirmed.data!.confirmSecondFactor.recoveryCodes };
}

const CONFIRM = 'mutation($code: String!) { confirmSecondFactor(code: $code) { recoveryCodes } }';
const demand = (roles: string[]) =>
  admin.do('mutation($input: UpdateSignInSettingsInput!) { updateSignInSettings(input: $input) { settings { secondFactorRoles } } }', {
    input: { secondFactorRoles: roles },
  });

describe('a code', () => {
  // RFC 6238, Appendix B, SHA-1; their last six of eight digits.
  test.each([
    [59, '287082'],
    [1_111_111_109, '081804'],
    [1_111_111_111, '050471'],
    [1_234_567_890, '005924'],
    [2_000_000_000, '279037'],
    [20_000_000_000, '353130'],
  ])('of the second %i is %s, as the standard has it, and counts half a minute before and after', (second, code) => {
    const secret = Secret.fromUTF8('12345678901234567890').base32;
    const step = Math.floor(second / 30);
    const at = (seconds: number) => new Date(seconds * 1_000);
    expect([-30, 0, 30].map((skew) => stepOf(secret, code, at(second + skew)))).toEqual([step, step, step]);
    expect([stepOf(secret, code, at((step - 1) * 30 - 1)), stepOf(secret, code, at((step + 2) * 30))]).toEqual([null, null]);
  });

  test('for who lost the telephone has 80 random bits, and is read however it is typed', () => {
    const codes = newRecoveryCodes();
    expect([codes.length, new Set(codes).size]).toEqual([10, 10]);
    for (const code of codes) expect(code).toMatch(/^([A-Z2-7]{4}-){3}[A-Z2-7]{4}$/);
    expect(plainCode(` ${codes[0]!.toLowerCase().replaceAll('-', ' ')} `)).toBe(codes[0]!.replaceAll('-', ''));
    expect(addressOfSecret(newSecret(), 'a@example.org')).toMatch(
      /^otpauth:\/\/totp\/Patchbay:a%40example\.org\?issuer=Patchbay&secret=[A-Z2-7]{32}/,
    );
  });
});

describe('a sealed secret', () => {
  const key = (fill: number) => new Seal({ SECRET_KEY: Buffer.alloc(32, fill).toString('base64') });

  test('opens with its key at its place, and not with another, elsewhere, changed, or without one', () => {
    const sealed = key(1).close('tajné', 'here');
    expect(key(1).open(sealed, 'here')).toBe('tajné');
    expect(Buffer.from(sealed).toString('latin1')).not.toContain('tajn');
    expect(key(1).close('tajné', 'here')).not.toEqual(sealed);
    expect(() => key(2).open(sealed, 'here')).toThrow('another key');
    expect(() => key(1).open(sealed, 'there')).toThrow('another key');
    expect(() =>
      key(1).open(
        sealed.map((byte, place) => (place === 20 ? byte ^ 1 : byte)),
        'here',
      ),
    ).toThrow('another key');
    expect(() => key(1).open(new Uint8Array(3), 'here')).toThrow('another key');
    expect(() => new Seal({ SECRET_KEY: undefined }).close('tajné', 'here')).toThrow('set SECRET_KEY');
  });
});

describe('a sign-in with a second factor', () => {
  test('is over only with the code; between password and code nothing is let through', async () => {
    const { who, secret } = await withTelephone();
    const { browser, step } = await byPassword(who.email);
    expect(step).toEqual({ kind: 'CODE', step: step.step, factor: null });
    expect(await browser.role()).toBe('UNAUTHENTICATED');
    browser.cookie = `patchbay=${step.step}`;
    expect(await browser.role()).toBe('UNAUTHENTICATED');
    browser.cookie = null;
    const done = await give(browser, step, telephone(secret));
    expect([done.status, await browser.role()]).toEqual([204, 'SUPERVISOR']);
    expect((await give(browser, step, telephone(secret, now + HALF_MINUTE))).status).toBe(404);
  });

  test('takes a code once, and none from before it', async () => {
    const { who, secret } = await withTelephone();
    const [first, second, third] = [await byPassword(who.email), await byPassword(who.email), await byPassword(who.email)];
    expect((await give(first.browser, first.step, telephone(secret))).status).toBe(204);
    expect((await give(second.browser, second.step, telephone(secret))).status).toBe(401);
    expect((await give(second.browser, second.step, telephone(secret, now - HALF_MINUTE))).status).toBe(401);
    // The code of the half minute that comes, as a telephone whose clock is ahead shows it.
    const ahead = telephone(secret, now + HALF_MINUTE);
    const both = await Promise.all([give(second.browser, second.step, ahead), give(third.browser, third.step, ahead)]);
    expect(both.map(({ status }) => status).sort()).toEqual([204, 401]);
  });

  test('waits a quarter of an hour for the code, and ends with the password or the access of the person', async () => {
    const { who, secret, browser: signedIn } = await withTelephone();
    const late = await byPassword(who.email);
    now += 15 * 60_000;
    expect((await give(late.browser, late.step, telephone(secret))).status).toBe(404);
    const replaced = await byPassword(who.email);
    await signedIn.ask('mutation($input: ChangePasswordInput!) { changePassword(input: $input) { sessions { id } } }', {
      input: { oldPassword: PASSWORD, newPassword: 'a wholly new password' },
    });
    expect((await give(replaced.browser, replaced.step, telephone(secret))).status).toBe(404);
    const browser = new Browser(engine);
    const step = (await (await browser.signIn(who.email, 'a wholly new password')).json()) as Step;
    await admin.do('mutation($id: UUID!) { deactivateUser(id: $id) { user { id } } }', { id: who.id });
    expect((await give(browser, step, telephone(secret))).status).toBe(404);
  });

  test('makes who guesses codes wait, though the password is right each time', async () => {
    const { who, secret } = await withTelephone();
    const browser = new Browser(engine);
    const answers: number[] = [];
    for (let n = 0; n < 6; n += 1) {
      const answer = await browser.signIn(who.email);
      if (answer.status === 202) answers.push((await give(browser, (await answer.json()) as Step, wrongCode(secret))).status);
      else answers.push(answer.status);
    }
    expect(answers).toEqual([401, 401, 401, 401, 401, 429]);
    // From elsewhere the person gets in.
    const other = await byPassword(who.email);
    expect((await give(other.browser, other.step, telephone(secret))).status).toBe(204);
  });

  test('takes each recovery code once, and says how many are left', async () => {
    const { who, recoveryCodes, secret } = await withTelephone();
    const first = await byPassword(who.email);
    expect((await give(first.browser, first.step, recoveryCodes[3]!.toLowerCase())).status).toBe(204);
    expect((await first.browser.ask('{ mySecondFactor { recoveryCodesLeft required } }')).data).toEqual({
      mySecondFactor: { recoveryCodesLeft: 9, required: false },
    });
    const second = await byPassword(who.email);
    expect((await give(second.browser, second.step, recoveryCodes[3]!)).status).toBe(401);
    const renewed = await first.browser.ask<{ renewRecoveryCodes: { recoveryCodes: string[] } }>(
      'mutation($code: String!) { renewRecoveryCodes(code: $code) { recoveryCodes } }',
      { code: telephone(secret) },
    );
    expect((await give(second.browser, second.step, recoveryCodes[4]!)).status).toBe(401);
    expect((await give(second.browser, second.step, renewed.data!.renewRecoveryCodes.recoveryCodes[4]!)).status).toBe(204);
  });
});

describe('switching it on and off', () => {
  test('takes the password, a code of the new telephone, and a code again for off', async () => {
    const who = await person();
    const browser = new Browser(engine);
    await browser.signIn(who.email);
    const BEGIN = 'mutation($password: String!) { beginSecondFactor(password: $password) { secret } }';
    expect((await browser.ask(BEGIN, { password: 'not it at all' })).errors?.[0]?.extensions).toMatchObject({
      facts: { field: 'password' },
    });
    expect((await browser.ask(CONFIRM, { code: '123456' })).errors?.[0]?.extensions.code).toBe('REFUSED');
    const begun = await browser.ask<{ beginSecondFactor: { secret: string } }>(BEGIN, { password: PASSWORD });
    const { secret } = begun.data!.beginSecondFactor;
    // Not before a code was confirmed: who closes the page half-way is not locked out.
    expect((await new Browser(engine).signIn(who.email)).status).toBe(204);
    expect((await browser.ask(CONFIRM, { code: wrongCode(secret) })).errors?.[0]?.extensions.facts).toEqual({ field: 'code' });
    expect((await browser.ask(CONFIRM, { code: telephone(secret) })).errors).toBeUndefined();
    expect((await browser.ask(BEGIN, { password: PASSWORD })).errors?.[0]?.extensions.code).toBe('REFUSED');
    const OFF = 'mutation($code: String!) { turnOffSecondFactor(code: $code) { since } }';
    expect((await browser.ask(OFF, { code: telephone(secret) })).errors?.[0]?.extensions.facts).toEqual({ field: 'code' });
    now += HALF_MINUTE;
    expect((await browser.ask(OFF, { code: telephone(secret) })).data).toEqual({ turnOffSecondFactor: { since: null } });
    expect((await new Browser(engine).signIn(who.email)).status).toBe(204);
  });

  test('an administrator wants it of a role: who has none sets it up at the next sign-in, and cannot take it off', async () => {
    const who = await person();
    const { browser: before } = await withTelephone({ role: 'ADMIN' });
    await demand(['SUPERVISOR']);
    try {
      const { browser, step } = await byPassword(who.email);
      expect([step.kind, step.factor?.uri]).toEqual(['ENROL', addressOfSecret(step.factor!.secret, who.email)]);
      expect(await browser.role()).toBe('UNAUTHENTICATED');
      expect((await give(browser, step, wrongCode(step.factor!.secret))).status).toBe(401);
      const done = await give(browser, step, telephone(step.factor!.secret));
      expect(done.status).toBe(200);
      expect(((await done.json()) as { recoveryCodes: string[] }).recoveryCodes).toHaveLength(10);
      expect(await browser.role()).toBe('SUPERVISOR');
      now += HALF_MINUTE;
      const off = await browser.ask('mutation($code: String!) { turnOffSecondFactor(code: $code) { since } }', {
        code: telephone(step.factor!.secret),
      });
      expect(off.errors?.[0]?.extensions.code).toBe('REFUSED');
      // Of the other roles nobody is asked for more than before.
      expect((await before.ask('{ mySecondFactor { required } }')).data).toEqual({ mySecondFactor: { required: false } });
      // An invitation leads the same way.
      const { secret, email } = await inviteBy(admin);
      await choose(new Browser(engine), secret);
      expect((await byPassword(email)).step.kind).toBe('ENROL');
      await expect(demand(['WALLBOARD'])).rejects.toThrow('is for tokens');
    } finally {
      await demand([]);
    }
  });

  test('an administrator takes it off for who lost the telephone', async () => {
    const { who } = await withTelephone();
    const { removeSecondFactor } = await admin.do<{ removeSecondFactor: object }>(
      'mutation($id: UUID!) { removeSecondFactor(userId: $id) { user { secondFactorSince } } }',
      { id: who.id },
    );
    expect(removeSecondFactor).toEqual({ user: { secondFactorSince: null } });
    expect((await new Browser(engine).signIn(who.email)).status).toBe(204);
    const events = await engine.database.query<{ type: string }>(
      `SELECT type FROM events WHERE subject_id = $1 AND type LIKE 'user.second_factor%' ORDER BY seq`,
      [who.id],
    );
    expect(events.map(({ type }) => type)).toEqual(['user.second_factor_on', 'user.second_factor_off']);
  });

  test('leaves no secret and no code readable in the database', async () => {
    const { secret, recoveryCodes, who } = await withTelephone();
    const { step } = await byPassword(who.email);
    const secrets = [
      secret,
      Buffer.from(secret).toString('hex'),
      Secret.fromBase32(secret).hex,
      recoveryCodes[0]!,
      plainCode(recoveryCodes[0]!),
      step.step,
    ];
    const tables = await engine.database.query<{ name: string }>(
      `SELECT quote_ident(tablename) AS name FROM pg_tables WHERE schemaname = 'public'`,
    );
    for (const { name } of tables) {
      const rows = await engine.database.query<{ row: string }>(`SELECT t::text AS row FROM ${name} t`);
      for (const one of secrets)
        expect([name, rows.filter(({ row }) => row.toLowerCase().includes(one.toLowerCase())).length]).toEqual([name, 0]);
    }
  });
});
