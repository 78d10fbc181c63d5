/** What a mail is, and what is kept of it, tried on mails as real mailers make them. */
import fc from 'fast-check';
import { bounceOf, forbidsAutoReply, kindOf, namedAddresses, type MailKind } from '../../src/intake/mail-kind.js';
import { MailParserService } from '../../src/intake/mail-parser.service.js';
import {
  customerOf,
  headersOf,
  incoming,
  LIMITS,
  mailId,
  safeFileName,
  threadIds,
  unread,
  type ParsedMail,
} from '../../src/intake/mail.js';
import { fixture } from './support.js';

const OURS = new Set(['energie.example']);
const parser = new MailParserService();
let count = 0;
const newId = (): string => `id-${(count += 1)}`;

const parsed = async (name: string): Promise<ParsedMail> => parser.parse(await fixture(name));
const kept = async (name: string) => incoming(await parsed(name), await fixture(name), false, 'envelope@example.org', newId);
const plain = (overrides: Partial<ParsedMail> = {}): ParsedMail => ({
  from: [{ name: '', address: 'a@b.example' }],
  replyTo: [],
  to: [],
  cc: [],
  subject: 'Hello',
  messageId: '<1@b.example>',
  inReplyTo: null,
  references: [],
  headers: {},
  text: 'hello',
  reports: [],
  returned: [],
  attachments: [],
  failed: null,
  ...overrides,
});

afterAll(() => parser.onApplicationShutdown());

describe('the kind of a mail', () => {
  test.each<[string, MailKind, string?]>([
    ['outlook-cs-windows-1250.eml', 'NORMAL'],
    ['person-about-replies.eml', 'NORMAL'],
    ['html-only-in-mixed.eml', 'NORMAL'],
    ['google-group.eml', 'LIST'],
    ['newsletter.eml', 'GENERATED'],
    ['gmail-vacation-cs.eml', 'AUTO_REPLY'],
    ['outlook-out-of-office-pl.eml', 'AUTO_REPLY'],
    ['read-receipt.eml', 'AUTO_REPLY'],
    ['delay-warning.eml', 'AUTO_REPLY', ''],
    ['bounce-postfix.eml', 'BOUNCE', ''],
    ['bounce-exchange-cs.eml', 'BOUNCE', 'postmaster@urad.example'],
    ['bounce-second-recipient.eml', 'BOUNCE', ''],
    ['bounce-global.eml', 'BOUNCE', ''],
    ['bounce-rewritten-sender.eml', 'BOUNCE', 'srs0=x1y2=ab=relay.example=mailer-daemon@forwarder.example'],
    ['bounce-code-in-words.eml', 'BOUNCE', ''],
    ['bounce-words-only-fr.eml', 'AUTO_REPLY', ''],
    ['daemon-notice.eml', 'AUTO_REPLY'],
    ['forwarded-bounce.eml', 'NORMAL'],
    ['suppressing-person.eml', 'NORMAL'],
  ])('%s is %s', async (name, kind, envelopeFrom = 'sender@example.org') => {
    expect(kindOf(await parsed(name), envelopeFrom, OURS)).toBe(kind);
  });

  test('an out-of-office that only its subject and a suppressed answer tell is one', async () => {
    expect(kindOf(await parsed('outlook-out-of-office-cs.eml'), 'sender@example.org', OURS)).toBe('AUTO_REPLY');
  });

  test('a subject alone makes no machine of a person', () => {
    expect(kindOf(plain({ subject: 'Automatic reply: how do I switch it off?' }), 'a@b.example', OURS)).toBe('NORMAL');
    expect(kindOf(plain({ subject: 'Undeliverable parcel' }), 'a@b.example', OURS)).toBe('NORMAL');
  });

  test("whatever comes from the null sender is a machine's", () => {
    expect(kindOf(plain(), '', OURS)).toBe('AUTO_REPLY');
  });

  test('a day of the year is no refusal', () => {
    expect(kindOf(plain({ text: 'Budu zpět 5.1.26, tel. 550 123 456' }), '', OURS)).toBe('AUTO_REPLY');
  });

  test('who forbids automatic answers gets none, and is a person all the same', async () => {
    expect(forbidsAutoReply(await parsed('suppressing-person.eml'))).toBe(true);
    for (const [value, forbidden] of [
      ['All', true],
      ['OOF, AutoReply', true],
      ['DR, NDR, RN, NRN, OOF', false],
    ] as const)
      expect(forbidsAutoReply(plain({ headers: { 'x-auto-response-suppress': value } }))).toBe(forbidden);
    expect(forbidsAutoReply(plain())).toBe(false);
  });

  test('any report is read without an error, and only one that gives somebody up is a bounce', () => {
    const action = fc.constantFrom('failed', 'Failed (permanent)', 'delayed', 'relayed', 'delivered', 'expanded');
    const recipient = fc.record({ action, status: fc.constantFrom('5.1.1', '4.4.7', '2.0.0'), address: fc.emailAddress() });
    fc.assert(
      fc.property(fc.array(recipient, { minLength: 1, maxLength: 6 }), fc.constantFrom('\n', '\r\n'), (recipients, end) => {
        const report = [
          'Reporting-MTA: dns; relay.example',
          '',
          ...recipients.flatMap((one) => [`Final-Recipient: rfc822;${one.address}`, `ACTION:  ${one.action}`, `Status: ${one.status}`, '']),
        ].join(end);
        const mail = plain({ reports: [report], headers: { 'content-type': 'multipart/report' } });
        const failed = recipients
          .filter((one) => one.action.toLowerCase().startsWith('failed'))
          .map(({ address }) => address.toLowerCase());
        expect(kindOf(mail, '', OURS)).toBe(failed.length > 0 ? 'BOUNCE' : 'AUTO_REPLY');
        expect(bounceOf(mail).recipients).toEqual([...new Set(failed)]);
      }),
    );
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), fc.string({ unit: 'binary', maxLength: 400 }), (report, text) => {
        const mail = plain({ reports: [report], text });
        expect([kindOf(mail, '', OURS), bounceOf(mail).reason, namedAddresses(mail)]).toHaveLength(3);
      }),
    );
  });

  test("our own mail is known by its Message-ID or its mark, another contact center's is not ours", () => {
    const own = '<patchbay.0199b5a0-0000-7000-8000-000000000001@energie.example>';
    expect(kindOf(plain({ messageId: own }), 'a@b.example', OURS)).toBe('OWN_LOOP');
    expect(kindOf(plain({ headers: { 'x-patchbay': own } }), 'a@b.example', OURS)).toBe('OWN_LOOP');
    expect(kindOf(plain({ messageId: own.replace('energie', 'other') }), 'a@b.example', OURS)).toBe('NORMAL');
  });

  test('a bounce names the mail of ours and the reason', async () => {
    expect(bounceOf(await parsed('bounce-postfix.eml'))).toEqual({
      of: ['<patchbay.0199b5a0-0000-7000-8000-000000000004@energie.example>'],
      recipients: ['nobody@dest.example'],
      reason: {
        text: expect.stringContaining('The recipient'),
        told: {
          code: 'MAIL_RETURNED',
          facts: { words: 'nobody@dest.example: 550 5.1.1 <nobody@dest.example>: Recipient address rejected: User unknown: 5.1.1' },
        },
      },
    });
    expect(bounceOf(await parsed('bounce-second-recipient.eml'))).toMatchObject({
      of: ['<patchbay.0199b5a0-0000-7000-8000-000000000006@energie.example>'],
      recipients: ['petr@firma.example'],
      reason: { text: expect.stringContaining('petr@firma.example: 552 5.2.2 Mailbox full: 5.2.2') },
    });
    expect(bounceOf(await parsed('bounce-global.eml'))).toMatchObject({
      of: ['<patchbay.0199b5a0-0000-7000-8000-000000000007@energie.example>'],
      recipients: ['jiří@pošta.example'],
    });
    expect(bounceOf(await parsed('bounce-rewritten-sender.eml')).of).toEqual([
      '<patchbay.0199b5a0-0000-7000-8000-000000000008@energie.example>',
    ]);
    expect(namedAddresses(await parsed('bounce-words-only-fr.eml'))).toEqual(['personne@client.example']);
    expect(bounceOf(await parsed('bounce-exchange-cs.eml')).of).toEqual([
      '<patchbay.0199b5a0-0000-7000-8000-000000000005@energie.example>',
    ]);
  });
});

describe('what is kept', () => {
  test('windows-1250 in quoted-printable, in headers and in RFC 2231 names', async () => {
    const mail = await kept('outlook-cs-windows-1250.eml');
    expect(mail.subject).toBe('Reklamace vyúčtování č. 20261104 - žluký kůň');
    expect(mail.text).toContain('Příliš žluťoučký kůň úpěl ďábelské ódy.');
    expect(mail.attachments).toEqual([
      {
        id: expect.any(String),
        fileName: 'Příloha č. 1 - vyúčtování.pdf',
        contentType: 'application/pdf',
        content: expect.any(Uint8Array),
      },
    ]);
    expect(mail).toMatchObject({
      from: 'jiri.dvorak@firma.example',
      to: ['podpora@energie.example'],
      cc: ['fakturace@firma.example'],
      messageId: '<004f01dc59e1$6a1c$3e55$@firma.example>',
    });
  });

  test('windows-1250 that nobody declared, in headers and text', async () => {
    const mail = await kept('bare-windows-1250.eml');
    expect(mail.subject).toBe('Nejde mi topení, prosím o radu');
    expect(mail.text).toBe('Dobrý den, od včerejška nám nejde topení. Žádám o technika. Šťastný');
    expect(customerOf(await parsed('bare-windows-1250.eml'), '', new Set())).toEqual({
      address: 'pepa@seznam.example',
      name: 'Pepa Novák',
    });
  });

  test('windows-1250 under the name of ISO 8859-2, and the real one', async () => {
    expect((await kept('misnamed-iso-8859-2.eml')).text).toBe('Šedesát žárovek a ještě víc – to je moc.');
    const polish = await kept('polish-iso-8859-2.eml');
    expect(polish.text).toBe('Dzień dobry,\nzażółć gęślą jaźń. Proszę o fakturę.\nŁucja');
    expect(polish.subject).toBe('Pytanie o fakturę za październik');
    expect(polish.attachments[0]?.fileName).toBe('zdjęcie licznika.jpg');
  });

  test('text of HTML where there is no other, quoted history kept, and a file name without its path', async () => {
    const mail = await kept('html-only-in-mixed.eml');
    expect(mail.text).toMatch(/Prosím o změnu zálohy\.\s+> Dobrý den, kolik platíte\?/);
    expect(mail.attachments.map(({ fileName }) => fileName)).toEqual(['passwd']);
  });

  test('a part whose Content-Type is empty is text, or a file of no known kind', async () => {
    const part = (disposition: string): string => `--x\r\nContent-Type:\r\nContent-Disposition: ${disposition}\r\n\r\nhello\r\n`;
    const raw = Buffer.from(
      `From: a@b.example\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n${part('inline')}${part('attachment; filename="a"')}--x--\r\n`,
    );
    const mail = incoming(await parser.parse(raw), raw, false, 'envelope@example.org', newId);
    expect(mail.text).toBe('hello');
    expect(mail.attachments.map(({ fileName, contentType }) => [fileName, contentType])).toEqual([['a', 'application/octet-stream']]);
  });

  test('a thread is looked for by In-Reply-To, then by References from the newest', () => {
    expect(threadIds(plain({ inReplyTo: ' <2@x> ', references: ['<0@x>', '1@x', '<2@x>', '<3@x>'] }))).toEqual([
      '<2@x>',
      '<3@x>',
      '<1@x>',
      '<0@x>',
    ]);
  });

  test('Reply-To before From, but never a mailbox of ours', () => {
    const form = plain({ replyTo: [{ name: 'Eva', address: 'EVA@b.example' }] });
    expect(customerOf(form, '', new Set())).toEqual({ address: 'eva@b.example', name: 'Eva' });
    expect(customerOf(form, '', new Set(['eva@b.example']))?.address).toBe('a@b.example');
    expect(customerOf(plain({ from: [] }), 'env@b.example', new Set())?.address).toBe('env@b.example');
    expect(customerOf(plain({ from: [{ name: 'x', address: 'not an address' }] }), '', new Set())).toBeNull();
  });

  test.each([
    ['a/b\\..\\evil.exe', 'evil.exe'],
    ['\u202egpj.exe', 'gpj.exe'],
    ['con.txt', '_con.txt'],
    ['  ..hidden. ', 'hidden.pdf'],
    ['a\u0000b\r\nc".pdf', 'ab c_.pdf'],
    ['///', 'attachment-1.pdf'],
    [null, 'attachment-1.pdf'],
    ['faktura', 'faktura.pdf'],
    ['č. 5 ze dne 3. 11.', 'č. 5 ze dne 3. 11.pdf'],
    [`${'ž'.repeat(400)}.pdf`, `${'ž'.repeat(145)}….pdf`],
  ])('the file name %j becomes %j', (given, safe) => {
    expect(safeFileName(given, 'application/pdf', 0)).toBe(safe);
  });

  test('Message-IDs without their brackets, with comments, or none', () => {
    expect(mailId('abc@x')).toBe('<abc@x>');
    expect(mailId(' (comment) <abc@x> ')).toBe('<abc@x>');
    expect(mailId('')).toBeNull();
    expect(mailId('a b c')).toBeNull();
  });

  test('what is too long is cut, and then the mail is attached as it came', () => {
    const raw = Buffer.from('raw');
    const long = incoming(
      plain({ text: 'x'.repeat(300_000), subject: 's'.repeat(500), references: Array.from({ length: 500 }, (_, n) => `<${n}@x>`) }),
      raw,
      false,
      '',
      newId,
    );
    expect(long.text).toHaveLength(LIMITS.textChars);
    expect(long.subject).toHaveLength(LIMITS.subjectChars);
    expect(long.references).toHaveLength(LIMITS.references);
    expect(long.references.at(-1)).toBe('<499@x>');
    expect(long.attachments).toEqual([
      { id: expect.any(String), fileName: 'message.eml', contentType: 'message/rfc822', content: new Uint8Array(raw) },
    ]);
    const many = incoming(
      plain({ attachments: Array.from({ length: 150 }, () => ({ fileName: null, contentType: 'x', content: raw })) }),
      raw,
      false,
      '',
      newId,
    );
    expect(many.attachments).toHaveLength(LIMITS.attachments);
    expect(many.attachments.at(-1)?.fileName).toBe('message.eml');
  });

  test('nothing that PostgreSQL cannot hold stays in the text', () => {
    expect(incoming(plain({ text: 'a\u0000b\ud800c', subject: 'x\u0000' }), Buffer.from(''), false, '', newId)).toMatchObject({
      text: 'ab\ufffdc',
      subject: 'x',
    });
  });

  test('a mail without a Message-ID gets the same one each time it comes', () => {
    const one = incoming(plain({ messageId: null }), Buffer.from('same'), false, '', newId);
    expect(one.messageId).toBe(incoming(plain({ messageId: null }), Buffer.from('same'), false, '', newId).messageId);
    expect(one.messageId).not.toBe(incoming(plain({ messageId: null }), Buffer.from('other'), false, '', newId).messageId);
  });
});

describe('hostile mail', () => {
  const head = 'From: Mallory <m@evil.example>\r\nTo: podpora@energie.example\r\nSubject: boo\r\nMessage-ID: <h@evil.example>\r\n';
  const nested = (depth: number): string =>
    Array.from({ length: depth }, (_, n) => `Content-Type: multipart/mixed; boundary=b${n}\r\n\r\n--b${n}\r\n`).join('');

  test('a hundred levels of nesting are read', async () => {
    expect(await parser.parse(Buffer.from(`${head}${nested(100)}Content-Type: text/plain\r\n\r\nhello`))).toMatchObject({
      text: 'hello',
      failed: null,
    });
  });

  test.each([
    ['5,000 levels', `${head}${nested(5_000)}\r\nhello`],
    ['50,000 parts', `${head}Content-Type: multipart/mixed; boundary=x\r\n\r\n${'--x\r\n\r\nhi\r\n'.repeat(50_000)}`],
    ['a header line of 10 MB', `X-Long: ${'a'.repeat(10_000_000)}\r\n${head}\r\nhi`],
    ['a megabyte of References', `${head}References: ${'<aaaa@bbbb>\r\n '.repeat(80_000)}\r\n\r\nhi`],
  ])('%s: not read whole, and it says so', async (_name, raw) => {
    expect((await parser.parse(Buffer.from(raw))).failed).toEqual(expect.any(String));
  });

  test.each([
    ['broken base64', `${head}Content-Transfer-Encoding: base64\r\n\r\n!!!!####====`],
    ['no end of the boundary', `${head}Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n\r\nhello`],
    ['NUL bytes', `${head}\r\nhe\0llo`],
    ['a charset that is none', `${head}Content-Type: text/plain; charset="x-nonsense"\r\n\r\nP\xf8\xedli\xb9`],
    ['nothing', ''],
    ['a body alone', '\r\n\r\nhello'],
  ])('%s is kept', async (_name, raw) => {
    const mail = incoming(await parser.parse(Buffer.from(raw, 'latin1')), Buffer.from(raw), false, 'm@evil.example', newId);
    expect(mail.text).not.toContain('\0');
  });

  test('a mail that takes too long ends its reader, and the next one is read as ever', async () => {
    const slow = Buffer.from(`${head}Content-Type: text/html\r\n\r\n${'<div>'.repeat(400_000)}`);
    await expect(parser.parse(slow, 300)).rejects.toThrow('within 0.3 s');
    const headers = await parser.parse(headersOf(slow));
    expect(unread(headers, null, 'slow')).toMatchObject({
      subject: 'boo',
      messageId: '<h@evil.example>',
      from: [{ name: 'Mallory', address: 'm@evil.example' }],
    });
  });

  test('the reader of mails does not hold up the engine', async () => {
    let beats = 0;
    const beat = setInterval(() => {
      beats += 1;
    }, 5);
    await parser
      .parse(Buffer.from(`${head}Content-Type: text/html\r\n\r\n${'<table><tr><td>'.repeat(100_000)}`), 2_000)
      .catch(() => undefined);
    clearInterval(beat);
    expect(beats).toBeGreaterThan(3);
  });
});
