/** That no word of a mail is lost: charsets, alternatives, file names, and the threads that headers name. */
import fc from 'fast-check';
import { incoming, mailIds, safeFileName, threadIds, type ParsedMail } from '../../src/intake/mail.js';
import { MailParserService } from '../../src/intake/mail-parser.service.js';
import { fixture } from './support.js';

interface Written {
  charset: string;
  text: string;
  /** In base64, as another implementation of the charset wrote it. */
  bytes: string;
}

const parser = new MailParserService();
const charsets = JSON.parse((await fixture('charsets.json')).toString('utf8')) as Written[];

afterAll(() => parser.onApplicationShutdown());

const HEAD = ['From: Eva <eva@zakaznik.example>', 'To: podpora@energie.example', 'Message-ID: <w@zakaznik.example>', 'MIME-Version: 1.0'];
const mail = (fields: string[], body: string | Buffer = ''): Buffer =>
  Buffer.concat([Buffer.from([...HEAD, ...fields, '', ''].join('\r\n')), Buffer.from(body)]);
const read = async (raw: Buffer): Promise<ParsedMail> => parser.parse(raw);
const kept = async (raw: Buffer) => incoming(await read(raw), raw, false, '', () => 'id');

describe('a charset', () => {
  test.each(charsets.map((row) => [row.charset || 'none', row] as const))(
    '%s in a text, in base64',
    async (_name, { charset, text, bytes }) => {
      const type = `Content-Type: text/plain${charset && `; charset="${charset}"`}`;
      expect((await kept(mail([type, 'Content-Transfer-Encoding: base64'], bytes))).text).toBe(text);
    },
  );

  test.each(charsets.filter(({ charset }) => charset && !charset.includes(':')).map((row) => [row.charset, row] as const))(
    '%s in a subject and in a file name',
    async (charset, { text, bytes }) => {
      const quoted = [...Buffer.from(bytes, 'base64')].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
      const raw = mail([
        `Subject: =?${charset}?B?${bytes}?=`,
        'Content-Type: application/pdf',
        `Content-Disposition: attachment; filename*=${charset}''${quoted}`,
      ]);
      const { subject, attachments } = await kept(raw);
      expect(subject).toBe(text.replace(/\s+/g, ' '));
      expect(attachments[0]?.fileName).toBe(safeFileName(text, 'application/pdf', 0));
    },
  );

  test('is taken from the text for a header that names none, and seen in an HTML page', async () => {
    const koi = Buffer.from(charsets.find(({ charset }) => charset === 'KOI8-R')?.bytes ?? '', 'base64');
    const [line] = koi.toString('latin1').split('\n');
    const raw = Buffer.concat([
      Buffer.from(`${HEAD.join('\r\n')}\r\nContent-Type: text/plain; charset=koi8-r\r\nSubject: `),
      Buffer.from(`${line}\r\n\r\n`, 'latin1'),
      koi,
    ]);
    expect(await kept(raw)).toMatchObject({ subject: 'Здравствуйте, пришлите счёт. ABC 123', text: expect.stringContaining('Спасибо') });
    const page = Buffer.concat([Buffer.from('<html><meta charset="koi8-r"><p>'), koi, Buffer.from('</p>')]);
    expect((await kept(mail(['Content-Type: text/html'], page))).text).toContain('пришлите счёт');
  });

  test('of a file name that is bare bytes in the head of a part', async () => {
    const part = Buffer.from(
      '--b\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment; filename="p\xf8\xedloha.pdf"\r\n\r\nx\r\n--b--',
      'latin1',
    );
    const { attachments } = await kept(mail(['Content-Type: multipart/mixed; boundary=b'], part));
    expect(attachments[0]?.fileName).toBe('příloha.pdf');
  });

  test('UTF-8 with one broken byte stays UTF-8', async () => {
    const bytes = Buffer.concat([Buffer.from('Žluťoučký kůň '), Buffer.from([0xff]), Buffer.from(' úpěl')]);
    expect((await kept(mail(['Content-Type: text/plain; charset=utf-8'], bytes))).text).toBe('Žluťoučký kůň \ufffd úpěl');
  });
});

describe('a mail in alternatives', () => {
  const alternative = (plain: string, html: string, around: (inner: string) => string = (inner) => inner): Buffer => {
    const inner = [
      'Content-Type: multipart/alternative; boundary=a',
      '',
      '--a',
      'Content-Type: text/plain; charset=utf-8',
      '',
      plain,
      '--a',
      'Content-Type: text/html; charset=utf-8',
      '',
      html,
      '--a--',
    ].join('\r\n');
    const [head = '', ...rest] = around(inner).split('\r\n\r\n');
    return mail(head.split('\r\n'), rest.join('\r\n\r\n'));
  };
  const mixed = (inner: string): string =>
    `Content-Type: multipart/mixed; boundary=m\r\n\r\n--m\r\n${inner}\r\n--m\r\nContent-Type: text/plain\r\n\r\n-- a list's footer\r\n--m--`;

  test.each([
    ['nothing', ''],
    ['a newline', '\r\n'],
    ['spaces', '   \t '],
    ['a no-break space', '\u00a0'],
    ['a zero-width space', '\u200b'],
    ['a byte order mark', '\ufeff'],
    ['soft hyphens and a braille blank', '\u00ad\u00ad\u2800'],
  ])('whose plain text is %s has the text of its page', async (_name, plain) => {
    expect((await kept(alternative(plain, '<p>Prosím o <b>vrácení</b> peněz.</p>'))).text).toBe('Prosím o vrácení peněz.');
    expect((await kept(alternative(plain, '<p>Prosím o vrácení.</p>', mixed))).text).toBe("Prosím o vrácení.\n-- a list's footer");
  });

  test('has its plain text where that says the same, short answers above a long page too', async () => {
    expect((await kept(alternative('Yes, please.', '<p>Yes, please.</p>'))).text).toBe('Yes, please.');
    const page = `<p>Yes, please.</p><blockquote>${'Do you want the refund? '.repeat(30)}</blockquote>`;
    expect((await kept(alternative('Yes, please.', page))).text).toBe('Yes, please.');
  });

  test('has its page where the plain text only says that there is one', async () => {
    const page = `<p>${'Reklamuji fakturu za listopad a žádám o vrácení přeplatku na účet. '.repeat(3)}</p>`;
    const { text } = await kept(alternative('Your e-mail program cannot display HTML.', page));
    expect(text).toContain('Reklamuji fakturu');
  });

  test('has the words beside a picture that stands alone', async () => {
    expect((await kept(alternative('', '<img src="cid:1" alt="Zapojte se do ankety">'))).text).toBe('Zapojte se do ankety');
  });

  test('whose page is inside related parts, and a plain mail of a page that is no alternative', async () => {
    const related =
      '--r\r\nContent-Type: text/plain\r\n\r\n\r\n--r\r\nContent-Type: multipart/related; boundary=q\r\n\r\n--q\r\nContent-Type: text/html\r\n\r\n<p>Words</p>\r\n--q\r\nContent-Type: image/png\r\nContent-ID: <1>\r\n\r\nx\r\n--q--\r\n--r--';
    expect((await kept(mail(['Content-Type: multipart/alternative; boundary=r'], related))).text).toBe('Words');
    expect((await kept(mail(['Content-Type: text/html'], '<p>Words</p>'))).text).toBe('Words');
  });

  test('any words in either part are there to read', async () => {
    const word = fc.stringMatching(/^[a-z]{3,12}$/);
    const blank = fc.constantFrom('', '\r\n', ' ', '\u00a0', '\u200b\u200c', '\ufeff', '\r\n \u2003\r\n');
    await fc.assert(
      fc.asyncProperty(blank, fc.array(word, { minLength: 1, maxLength: 20 }), fc.boolean(), async (plain, words, outer) => {
        const { text } = await kept(
          alternative(plain, `<div>${words.map((one) => `<p>${one}</p>`).join('')}</div>`, outer ? mixed : undefined),
        );
        expect(text.split(/\s+/).filter((one) => words.includes(one))).toEqual(words);
      }),
      { numRuns: 60 },
    );
  });
});

describe('a thread', () => {
  test.each<[string, string[]]>([
    ['<a@x>,<b@x>', ['<a@x>', '<b@x>']],
    ['<a@x><b@x>', ['<a@x>', '<b@x>']],
    ['<a@x>, <b@x>;<c@x>', ['<a@x>', '<b@x>', '<c@x>']],
    ['Your message of "Mon, 3 Nov" <a@x>', ['<a@x>']],
    ["<a@x> (Eva's message of Monday)", ['<a@x>']],
    ['Eva <eva@x> wrote in <a@x>', ['<eva@x>', '<a@x>']],
    ['a@x b@x', ['<a@x>', '<b@x>']],
    ['a@x', ['<a@x>']],
    ['<a-long-id\t@x>', ['<a-long-id@x>']],
    ['<a@x', ['<a@x>']],
    ['Re: words without an id', []],
    ['', []],
  ])('is named by %j', (header, ids) => expect(mailIds(header)).toEqual(ids));

  test('is read from headers of any shape, encoded and folded', async () => {
    const raw = mail([
      'In-Reply-To: <two@x> <one@x>',
      'References: =?utf-8?Q?=3Czero=40x=3E?=,<half@x>',
      'References: <folded-in-the-',
      ' middle@x>',
    ]);
    expect(threadIds(await read(raw))).toEqual(['<two@x>', '<one@x>', '<folded-in-the-middle@x>', '<half@x>', '<zero@x>']);
  });

  const id = fc
    .tuple(fc.stringMatching(/^[A-Za-z0-9.$_=+-]{1,40}$/), fc.stringMatching(/^[a-z0-9.-]{1,30}$/))
    .map(([left, right]) => `<${left}@${right}>`);
  const between = fc.constantFrom('', ' ', ',', ', ', ';', '\t', '  ', ' (a comment) ', ' and "words" ');
  test('whatever stands between its ids, all are found in their order', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(id, between), { maxLength: 30 }), (parts) => {
        expect(mailIds(parts.flat().join(''))).toEqual(parts.map(([one]) => one));
      }),
    );
  });

  test('no header is too much', () => {
    for (const shape of ['<', 'a', '<a', '@', 'a@', '<a@b>', '<>', ',', '"', '('])
      expect(mailIds(shape.repeat(400_000)).every((given) => /^<[^<>]+>$/.test(given))).toBe(true);
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (header) =>
        mailIds(header).forEach((one) => expect(one).toMatch(/^<[^<>\s]{1,900}>$/)),
      ),
    );
  });
});

describe('the name of a file', () => {
  test.each([
    [null, 'application/pdf', 'attachment-1.pdf'],
    ['', 'image/jpeg', 'attachment-1.jpg'],
    [null, 'image/png', 'attachment-1.png'],
    [null, 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'attachment-1.docx'],
    [null, 'application/zip', 'attachment-1.zip'],
    [null, 'video/mp4', 'attachment-1.mp4'],
    [null, 'text/csv', 'attachment-1.csv'],
    [null, 'text/calendar', 'invitation.ics'],
    [null, 'message/rfc822', 'message.eml'],
    [null, 'application/octet-stream', 'attachment-1'],
    [null, 'x-nonsense/none', 'attachment-1'],
    ['faktura 11/2026', 'application/pdf', '2026.pdf'],
    ['smlouva', 'text/plain', 'smlouva'],
    ['archiv.tar.gz', 'application/gzip', 'archiv.tar.gz'],
  ])('%j of the type %s is %s', (name, type, safe) => expect(safeFileName(name, type, 0)).toBe(safe));

  test('what neither its mail nor its name tells is seen in its bytes', async () => {
    const part = '--b\r\nContent-Type: application/octet-stream\r\nContent-Disposition: attachment\r\n\r\n%PDF-1.7\r\n%\r\n--b--';
    const { attachments } = await kept(mail(['Content-Type: multipart/mixed; boundary=b'], part));
    expect(attachments[0]).toMatchObject({ fileName: 'attachment-1.pdf', contentType: 'application/pdf' });
  });

  test('is never empty, has no path and fits any file system, whatever is given', () => {
    fc.assert(
      fc.property(
        fc.option(fc.string({ unit: 'binary', maxLength: 400 })),
        fc.constantFrom('application/pdf', 'x/y', 'text/plain', ''),
        (name, type) => {
          const safe = safeFileName(name, type, 3);
          expect(safe).toMatch(/^[^/\\<>:"|?*\u0000-\u001f\u202a-\u202e]{1,160}$/u);
          expect(safe).toBe(safe.trim());
          expect(Buffer.from(safe, 'utf8').toString('utf8')).toBe(safe);
        },
      ),
    );
  });
});

test('whatever bytes come, they are read or refused, and what is kept can be stored', async () => {
  const piece = fc.oneof(
    fc.constantFrom(
      ...HEAD,
      'Content-Type: multipart/alternative; boundary=a',
      '--a',
      '--a--',
      '',
      'Content-Type: text/html',
      'Content-Type: message/rfc822',
    ),
    fc.constantFrom(
      'Content-Transfer-Encoding: base64',
      'Content-Type: text/plain; charset=iso-2022-kr',
      'Subject: =?hz?B?fnuhoX59?=',
      '\x1b$)C\x0e!!\x0f~{~',
      'References: <a>,<',
    ),
    fc.string({ unit: 'binary', maxLength: 60 }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { maxLength: 25 }), fc.constantFrom('utf8' as const, 'latin1' as const), async (pieces, encoding) => {
      const raw = Buffer.from(pieces.join('\r\n'), encoding);
      const { text, subject } = incoming(await read(raw), raw, false, '', () => 'id');
      expect(`${text}${subject ?? ''}`).not.toMatch(/\0|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/);
    }),
    { numRuns: 200 },
  );
});
