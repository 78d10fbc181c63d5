/**
 * Reads one mail after the other, in a thread of its own: a hostile mail can keep a MIME parser busy for minutes, and
 * then only this thread stands still, until mail-parser.service.ts ends it. Plain JavaScript, so that it runs as it is
 * wherever it lies: beside the compiled engine and beside its sources.
 *
 * Gets { id, raw }, answers { id, mail } (see ParsedMail in mail.ts) or { id, error }.
 */
import { isUtf8 } from 'node:buffer';
import { Transform } from 'node:stream';
import { parentPort } from 'node:worker_threads';
import { MailParser } from 'mailparser';

/** Headers of one part; mailparser needs half a second for this much of the worst, and time grows by the square. */
const MAX_HEAD_BYTES = 131_072;
/** HTML of this many characters is turned into text; a longer one counts as not readable. */
const MAX_HTML_CHARS = 4_000_000;
/** Says "look at the bytes" where a mail does not say its charset, or says one that cannot be true. */
const GUESS = 'x-guess';
/** What Czech and Polish mailers write when they do not say what they write. */
const LEGACY = 'windows-1250';

const OPTIONS = {
  maxHeadSize: MAX_HEAD_BYTES,
  maxHtmlLengthToParse: MAX_HTML_CHARS,
  skipTextToHtml: true,
  skipTextLinks: true,
  skipImageLinks: true,
};

const legacy = new TextDecoder(LEGACY);
const decode = (bytes) => (isUtf8(bytes) ? bytes.toString('utf8') : legacy.decode(bytes));

/** Decodes when all bytes are there, for what they say decides. */
class Deferred extends Transform {
  chunks = [];

  constructor(decodeAll) {
    super();
    this.decodeAll = decodeAll;
  }

  _transform(chunk, _encoding, done) {
    this.chunks.push(chunk);
    done();
  }

  _flush(done) {
    this.push(Buffer.from(this.decodeAll(Buffer.concat(this.chunks)), 'utf8'));
    done();
  }
}

/** ISO 8859-2 has control characters where windows-1250 has š, ť, ž: with such bytes it is the latter, misnamed. */
const centralEuropean = (bytes) =>
  new TextDecoder(bytes.some((byte) => byte >= 0x80 && byte <= 0x9f) ? LEGACY : 'iso-8859-2').decode(bytes);

class Reader extends MailParser {
  constructor() {
    super(OPTIONS);
    const known = this.decoder;
    this.decoder = {
      decodeStream: (charset) => {
        if (charset === GUESS) return new Deferred(decode);
        if (/^(iso[-_]?8859[-_]?2|latin-?2)$/i.test(charset)) return new Deferred(centralEuropean);
        try {
          return known.decodeStream(charset);
        } catch {
          return new Deferred(decode);
        }
      },
    };
  }

  createNode(node) {
    const made = super.createNode(node);
    // Many a mail says UTF-8 or ASCII and is neither.
    if (!made.charset || /^(utf-?8|(us-)?ascii|unknown-8bit|x-unknown|default)$/i.test(made.charset)) made.charset = GUESS;
    return made;
  }
}

/** Headers with bare bytes of some charset become UTF-8, which mailparser takes them for. */
function withReadableHead(raw) {
  const match = /\r?\n\r?\n/.exec(raw.subarray(0, MAX_HEAD_BYTES).toString('latin1'));
  const end = match ? match.index : 0;
  const head = raw.subarray(0, end);
  return isUtf8(head) ? raw : Buffer.concat([Buffer.from(legacy.decode(head), 'utf8'), raw.subarray(end)]);
}

function read(raw) {
  return new Promise((resolve) => {
    const parser = new Reader();
    const mail = { headers: new Map(), lines: [], text: undefined, html: undefined, attachments: [], failed: null };
    const fail = (error) => (mail.failed ??= error.message);
    parser.on('error', fail);
    // Where the splitter gives up, mailparser ends as if all was well: without this the rest would be lost unseen.
    parser.splitter.on('error', fail);
    parser.on('headers', (headers) => (mail.headers = headers));
    parser.on('headerLines', (lines) => (mail.lines = lines));
    parser.on('data', (part) => {
      if (part.type === 'text') {
        mail.text = part.text;
        mail.html = part.html;
        return;
      }
      const chunks = [];
      part.content.on('data', (chunk) => chunks.push(chunk));
      part.content.on('end', () => {
        mail.attachments.push({ fileName: part.filename ?? null, contentType: part.contentType, content: Buffer.concat(chunks) });
        part.release();
      });
    });
    parser.on('end', () => resolve(mail));
    parser.end(raw);
  });
}

const list = (value) => (value === undefined || value === null ? [] : Array.isArray(value) ? value : [value]);
const addresses = (header) =>
  list(header)
    .flatMap(({ value }) => value)
    .flatMap((one) => one.group ?? [one])
    .map(({ name, address }) => ({ name: name ?? '', address: address ?? '' }));

/** The few headers that tell what kind of mail it is, unfolded, each in its first kilobytes. */
const TELLING =
  /^(auto-submitted|x-auto-response-suppress|precedence|return-path|list-id|list-unsubscribe-post|x-autoreply|x-autorespond|x-auto-reply|x-failed-recipients|x-patchbay|content-type)$/;

async function parse(raw) {
  const mail = await read(withReadableHead(raw));
  let { text } = mail;
  if (text === undefined && mail.html !== undefined) {
    // mailparser makes text of HTML that is the whole mail, not of HTML inside a multipart.
    const page = await read(Buffer.from(`Content-Type: text/html; charset=utf-8\r\n\r\n${mail.html}`, 'utf8'));
    text = page.text;
    mail.failed ??= page.failed;
  }
  const { headers } = mail;
  const telling = {};
  for (const { key, line } of mail.lines) {
    if (TELLING.test(key))
      telling[key] = line
        .slice(key.length + 1, 4_096)
        .replace(/\r?\n[ \t]+/g, ' ')
        .trim();
  }
  return {
    from: addresses(headers.get('from')),
    replyTo: addresses(headers.get('reply-to')),
    to: addresses(headers.get('to')),
    cc: addresses(headers.get('cc')),
    subject: list(headers.get('subject'))[0] ?? null,
    messageId: list(headers.get('message-id'))[0] ?? null,
    inReplyTo: list(headers.get('in-reply-to'))[0] ?? null,
    references: list(headers.get('references')),
    headers: telling,
    text: text ?? null,
    attachments: mail.attachments,
    failed: mail.failed,
  };
}

parentPort.on('message', ({ id, raw }) => {
  parse(Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength)).then(
    (mail) => parentPort.postMessage({ id, mail }),
    (error) => parentPort.postMessage({ id, error: String(error?.message ?? error) }),
  );
});
