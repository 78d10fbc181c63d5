/**
 * Reads one mail after the other in a thread of its own. A hostile mail can keep a MIME parser busy for minutes: only this
 * thread stands still then, until mail-parser.service.ts ends it. It is plain JavaScript so that it runs as it is, beside the
 * compiled engine and beside its sources.
 *
 * It is sent { id, raw } and answers { id, mail } (see ParsedMail in mail.ts) or { id, error }.
 */
import { isUtf8 } from 'node:buffer';
import { Transform } from 'node:stream';
import { parentPort } from 'node:worker_threads';
import { fileTypeFromBuffer } from 'file-type';
import { convert } from 'html-to-text';
import { MailParser } from 'mailparser';
import { charsetOfPage, decode } from './mail-charsets.js';

/** For the headers of one part: mailparser's time grows by the square, and the worst headers of this size take half a second. */
const MAX_HEAD_BYTES = 131_072;
/** HTML is turned into text up to this length; a longer page counts as unreadable. */
const MAX_HTML_CHARS = 4_000_000;
/** So much is read from the end of a header that names mails, since the nearest ones stand there. */
const MAX_IDS_CHARS = 65_536;
/** So much is read of a returned mail, since its head stands at its beginning. */
const MAX_RETURNED_BYTES = 65_536;
/** A charset of our own for a mail that names none: without it mailparser would not ask our decoder to look at the bytes. */
const GUESS = 'x-guess';
/** The same for HTML, which may name its charset itself. */
const PAGE = 'x-guess-page';
const REPORT = /^message\/(global-)?(delivery-status|disposition-notification)$/;
const RETURNED = /^(message\/(rfc822|global|rfc822-headers|global-headers|partial)|text\/rfc822-headers)$/;
/** A plain text this short beside a page many times as long may only say that there is a page. */
const STUB_CHARS = 400;
const STUB_SHARE = 4;

const HTML = {
  wordwrap: false,
  formatters: { alternative: (element, _walk, builder) => builder.addInline(element.attribs?.alt ?? '') },
  selectors: [
    { selector: 'img', format: 'alternative' },
    { selector: 'a', options: { hideLinkHrefIfSameAsText: true } },
  ],
};

/** Without a visible character: only spaces of all kinds and marks without width. */
const isBlank = (text) =>
  !/[^\s\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164\ufeff\uffa0]/u.test(text ?? '');

/** Decodes when all bytes are there, because the charset is told from all of them. */
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

/** The bytes of an encoded word, as headers have them for letters beyond ASCII. */
function wordBytes(encoding, text) {
  if (encoding.toUpperCase() === 'B') return Buffer.concat(text.split('=').map((part) => Buffer.from(part, 'base64')));
  const quoted = Buffer.from(text.replace(/[_\s]/g, ' '), 'utf8').toString('latin1');
  return Buffer.from(
    quoted.replace(/= ?([0-9a-f]{2})/gi, (_, hex) => String.fromCharCode(parseInt(hex, 16))),
    'latin1',
  );
}

class Reader extends MailParser {
  constructor() {
    super({ maxHeadSize: MAX_HEAD_BYTES, skipTextToHtml: true, skipTextLinks: true, skipImageLinks: true });
    this.textTypes.push('message/global-delivery-status');
    this.decoder = {
      decodeStream: (charset) =>
        new Deferred((bytes) => decode(bytes, charset === PAGE && !isUtf8(bytes) ? charsetOfPage(bytes) : charset)),
    };
    this.libmime.decodeWord = (charset, encoding, text) => decode(wordBytes(encoding, text), charset.split('*')[0], this.hint);
  }

  createNode(node) {
    // A header without a value counts as none (RFC 2045): mailparser hands it on as `false`.
    if (!node.contentType) node.contentType = node.disposition === 'attachment' ? 'application/octet-stream' : 'text/plain';
    const made = super.createNode(node);
    if (!made.charset || /^(utf-?8|(us-?)?ascii)$/i.test(made.charset)) made.charset = made.contentType === 'text/html' ? PAGE : GUESS;
    return made;
  }

  /** mailparser takes bare bytes for UTF-8, so they are turned into it first; they are often in the charset of the text below. */
  processHeaders(lines) {
    const type = lines.find(({ key }) => key === 'content-type')?.line ?? '';
    const hint = /charset\s*=\s*"?([\w.:-]{1,40})/i.exec(type)?.[1];
    this.hint = hint;
    return super.processHeaders(
      lines.map((header) => {
        const bytes = Buffer.from(header.line, 'latin1');
        return isUtf8(bytes) ? header : { ...header, line: Buffer.from(decode(bytes, undefined, hint), 'utf8').toString('latin1') };
      }),
    );
  }

  /** The text to read, in the order of its parts: of alternatives, the plainest that says something. */
  getTextContent() {
    return { type: 'text', text: this.wordsOf(this.tree), ...this.reportsOf(this.tree) };
  }

  wordsOf(node) {
    if (!node) return '';
    const parts = [meta(node), ...this.leaf(node)];
    if (node.contentType === 'multipart/alternative') parts.push(this.choice(node.children));
    else parts.push(...node.children.map((child) => this.wordsOf(child)));
    return parts.filter((part) => !isBlank(part)).join('\n');
  }

  leaf(node) {
    if (!node.textContent) return [];
    if (node.contentType !== 'text/html') return [node.textContent];
    if (node.textContent.length > MAX_HTML_CHARS) {
      this.emit('error', new Error('Its HTML is too long to be turned into text.'));
      return [];
    }
    return [convert(node.textContent, HTML)];
  }

  choice(children) {
    const [plain = ''] = children
      .filter((child) => !isPage(child))
      .map((child) => this.wordsOf(child))
      .filter((text) => !isBlank(text));
    const pages = children.filter(isPage);
    if (pages.length === 0 || (plain !== '' && (plain.length > STUB_CHARS || size(pages) < plain.length * STUB_SHARE))) return plain;
    const page = pages.map((child) => this.wordsOf(child)).findLast((text) => !isBlank(text)) ?? '';
    return plain === '' || (page.length >= plain.length * STUB_SHARE && isStub(plain, page)) ? page : plain;
  }

  /** The reports of mail systems, and the Message-IDs of the mails that they return. A mail that a person forwards is neither. */
  reportsOf(root) {
    const reports = [];
    const returned = [];
    const walk = (node, depth) => {
      if (depth === 0 && REPORT.test(node.contentType) && node.textContent) reports.push(node.textContent);
      if (depth === 1 && node.showMeta) returned.push(...['message-id', 'x-patchbay'].flatMap((name) => node.headers.get(name) ?? []));
      for (const child of node.children) walk(child, depth + (RETURNED.test(node.contentType) ? 1 : 0));
    };
    if (root) walk(root, 0);
    return { reports, returned };
  }
}

/** The author and the time of a mail inside a mail. */
function meta(node) {
  if (!node.showMeta) return '';
  return ['From', 'Subject', 'Date', 'To', 'Cc']
    .flatMap((name) => {
      const value = list(node.headers.get(name.toLowerCase())).at(-1);
      if (!value) return [];
      return `${name}: ${value instanceof Date ? value.toUTCString() : (value.text ?? value)}`;
    })
    .join('\n');
}

const isPage = (node) => node.contentType === 'text/html' || node.children.some(isPage);
const size = (nodes) => nodes.reduce((sum, node) => sum + (node.textContent?.length ?? 0) + size(node.children), 0);

/** A text that shares fewer than half of its words with its page is not a version of the page. */
function isStub(plain, page) {
  const words = plain.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  const there = new Set(page.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []);
  return words.filter((word) => there.has(word)).length * 2 < words.length;
}

function read(raw) {
  return new Promise((resolve) => {
    const parser = new Reader();
    const mail = { parser, headers: new Map(), lines: [], text: '', reports: [], returned: [], attachments: [], failed: null };
    const fail = (error) => (mail.failed ??= error.message);
    parser.on('error', fail);
    // Where the splitter gives up, mailparser ends as if all was well: without this the rest would be lost without a word.
    parser.splitter.on('error', fail);
    parser.on('headers', (headers) => (mail.headers = headers));
    parser.on('headerLines', (lines) => (mail.lines = lines));
    parser.on('data', (part) => {
      if (part.type === 'text') {
        const { text, reports, returned } = part;
        Object.assign(mail, { text, reports, returned });
        return;
      }
      const chunks = [];
      part.content.on('data', (chunk) => chunks.push(chunk));
      part.content.on('end', () => {
        const { filename, contentType, headers } = part;
        // mailparser leaves the name to mailsplit, which decodes fewer charsets than this file.
        const fileName = headers.get('content-disposition')?.params?.filename || headers.get('content-type')?.params?.name || filename;
        mail.attachments.push({ fileName: fileName || null, contentType, content: Buffer.concat(chunks) });
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

/** The few headers that tell the kind of a mail. */
const TELLING =
  /^(auto-submitted|x-auto-response-suppress|precedence|return-path|list-id|list-unsubscribe-post|x-autoreply|x-autorespond|x-auto-reply|x-failed-recipients|x-patchbay|content-type)$/;

/** All headers of that name as they stand in the mail; mail.ts finds the Message-IDs in them. */
function named({ parser, lines }, name) {
  return lines
    .filter(({ key }) => key === name)
    .map(({ line }) =>
      parser.libmime.decodeWords(
        line
          .slice(name.length + 1)
          .slice(-MAX_IDS_CHARS)
          .replace(/\r?\n[ \t]+/g, ' ')
          .trim(),
      ),
    );
}

/** The type of a file is told from its bytes where its mail gives neither a type nor an extension. */
async function typed(attachment) {
  const { fileName, contentType, content } = attachment;
  if (contentType !== 'application/octet-stream' || /\.[^.]{1,10}$/.test(fileName ?? '')) return attachment;
  const found = await fileTypeFromBuffer(content).catch(() => undefined);
  return found ? { ...attachment, contentType: found.mime } : attachment;
}

async function parse(raw) {
  const mail = await read(raw);
  const { headers } = mail;
  const telling = {};
  for (const { key, line } of mail.lines) {
    if (TELLING.test(key))
      telling[key] = line
        .slice(key.length + 1, 4_096)
        .replace(/\r?\n[ \t]+/g, ' ')
        .trim();
  }
  const attachments = await Promise.all(mail.attachments.map(typed));
  const text = (attachment) => Buffer.from(attachment.content.subarray(0, MAX_RETURNED_BYTES)).toString('utf8');
  const idsIn = (head) => [...head.matchAll(/^(?:message-id|x-patchbay):\s*(<[^<>\s]{1,900}>)/gim)].map(([, id]) => id);
  return {
    from: addresses(headers.get('from')),
    replyTo: addresses(headers.get('reply-to')),
    to: addresses(headers.get('to')),
    cc: addresses(headers.get('cc')),
    subject: list(headers.get('subject'))[0] ?? null,
    messageId: named(mail, 'message-id').at(-1) ?? null,
    inReplyTo: named(mail, 'in-reply-to').at(-1) ?? null,
    references: named(mail, 'references'),
    headers: telling,
    text: mail.text || null,
    reports: [...mail.reports, ...attachments.filter(({ contentType }) => REPORT.test(contentType)).map(text)],
    returned: [
      ...mail.returned,
      ...attachments.filter(({ contentType }) => RETURNED.test(contentType)).flatMap((file) => idsIn(text(file))),
    ],
    attachments,
    failed: mail.failed,
  };
}

parentPort.on('message', ({ id, raw }) => {
  parse(Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength)).then(
    (mail) => parentPort.postMessage({ id, mail }),
    (error) => parentPort.postMessage({ id, error: String(error?.message ?? error) }),
  );
});
