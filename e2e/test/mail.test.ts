/** A real e-mail goes in, an agent answers it at the desk, the answer comes out, and the thread holds together. */
import { createTransport } from 'nodemailer';
import type { Browser } from 'playwright-core';
import { until } from '../../plugin/test/support/until.js';
import { itInBrowser, openBrowser, openPage } from '../support/browser.js';
import { openMailbox, type Mailbox } from '../support/mailbox.js';
import { freePort, freshFolder, removeFolder, startPatchbay, type Started } from '../support/patchbay.js';
import { smallCenter, type SmallCenter } from '../support/small-center.js';

let folder: string;
let started: Started;
let center: SmallCenter;
let customer: Mailbox;
let browser: Browser;
let smtpPort: number;

beforeAll(async () => {
  folder = await freshFolder();
  customer = await openMailbox();
  smtpPort = await freePort();
  started = await startPatchbay(folder, ['--no-demo'], { SMTP_PORT: String(smtpPort), SMTP_URL: customer.url });
  center = await smallCenter(started, folder);
  await center.admin.do('mutation($input: CreateEntryPointInput!) { createEntryPoint(input: $input) { entryPoint { id } } }', {
    input: { idempotencyKey: 'the-billing-mailbox', channel: 'EMAIL', address: 'fakturace@energie.example', queueId: center.queueId },
  });
  browser = await openBrowser();
});

afterAll(async () => {
  await browser?.close();
  await started.stop();
  await customer.close();
  await removeFolder(folder);
});

const send = (mail: object) => {
  const transport = createTransport({ host: '127.0.0.1', port: smtpPort, secure: false, ignoreTLS: true });
  return transport.sendMail({ from: '"Věra Žďárská" <vera@domov.example>', to: 'fakturace@energie.example', ...mail });
};

const interactions = async () => {
  const { interactions: list } = await center.admin.do<{
    interactions: {
      edges: {
        node: {
          id: string;
          state: string;
          subject: string;
          customer: { name: string };
          messages: { edges: { node: { direction: string; text: string; delivery: string; attachments: { fileName: string }[] } }[] };
        };
      }[];
    };
  }>(
    '{ interactions(first: 10) { edges { node { id state subject customer { name } messages { edges { node { direction text delivery attachments { fileName } } } } } } } }',
  );
  return list.edges.map(({ node }) => ({ ...node, messages: node.messages.edges.map((edge) => edge.node) }));
};

itInBrowser('answers in the thread of a real mail, and joins what comes back to it', async () => {
  const first = await send({
    subject: 'Nesouhlasím s fakturou č. 2026-118',
    text: 'Dobrý den,\npřeplatek mi nebyl vrácen. Žádám o opravu.\nS pozdravem Věra Žďárská',
    encoding: 'quoted-printable',
    attachments: [{ filename: 'faktura říjen.txt', content: 'částka 2 400 Kč' }],
  });
  const [opened] = await interactions();
  expect(opened).toMatchObject({ subject: 'Nesouhlasím s fakturou č. 2026-118', customer: { name: 'Věra Žďárská' } });
  expect(opened?.messages[0]).toMatchObject({ direction: 'INBOUND', attachments: [{ fileName: 'faktura říjen.txt' }] });
  expect(opened?.messages[0]?.text).toContain('přeplatek mi nebyl vrácen');

  const { page, errors } = await openPage(browser, `${started.url}/desk/#token=${center.agentToken}`);
  await page.getByRole('button', { name: /set available/i }).click();
  await until('an offer that rings', async () => (await center.stateOf(opened!.id)) === 'OFFERED');
  await page.getByText('Věra Žďárská').first().waitFor();
  await page.keyboard.press('a');
  await page.getByText('přeplatek mi nebyl vrácen').first().waitFor();
  await page
    .getByRole('textbox', { name: /reply|message/i })
    .first()
    .fill('Dobrý den, přeplatek Vám vrátíme do tří dnů.');
  await page.keyboard.press('Control+Enter');

  const answer = await until("the answer at the customer's server", () => customer.received[0], 20_000);
  expect(answer.inReplyTo).toBe(first.messageId);
  expect(answer.references).toEqual(expect.stringContaining(first.messageId));
  expect(answer.subject).toBe('Re: Nesouhlasím s fakturou č. 2026-118');
  expect(answer.text).toContain('přeplatek Vám vrátíme do tří dnů');
  await until('the delivery on the record', async () => (await interactions())[0]?.messages.some(({ delivery }) => delivery === 'SENT'));

  await send({ subject: 'Re: něco úplně jiného', text: 'Děkuji, počkám.', inReplyTo: answer.messageId, references: answer.messageId });
  await page.getByText('Děkuji, počkám.').first().waitFor();
  expect(await interactions()).toHaveLength(1);

  await send({ subject: 'Nesouhlasím s fakturou č. 2026-118', text: 'Nová věc, stejný předmět.' });
  expect(await interactions()).toHaveLength(2);
  expect(errors).toEqual([]);
});

itInBrowser('shows who really wrote, and sends copies to whom the agent leaves in', async () => {
  const { dispositions } = await center.admin.do<{ dispositions: { id: string; channels: string[] }[] }>(
    '{ dispositions { id channels } }',
  );
  for (const { id } of await interactions())
    await center.admin.do('mutation($input: CloseInteractionInput!) { closeInteraction(input: $input) { interaction { id } } }', {
      input: { id, dispositionId: dispositions.find(({ channels }) => channels.length === 0)?.id },
    });
  const { page, errors } = await openPage(browser, `${started.url}/desk/#token=${center.agentToken}`);
  const id = '<platba-1@domov.example>';
  await send({
    messageId: id,
    subject: 'Přeplatek',
    text: 'Dobrý den, pošlete mi prosím přeplatek na můj účet.',
    cc: ['Petr Malý <petr@domov.example>', 'ucetni@firma.example'],
  });
  await page.getByRole('button', { name: /^Accept/ }).click();
  await send({
    from: '"Věra Žďárská" <vera@domov-platby.example>',
    messageId: '<cizi@domov-platby.example>',
    inReplyTo: id,
    subject: 'Změna čísla účtu',
    text: 'Pošlete peníze prosím na jiný účet.',
  });
  const forged = page.getByRole('article').filter({ hasText: 'na jiný účet' });
  await forged.getByText('Not the customer: unknown address').waitFor();
  await forged.getByText('vera@domov-platby.example').waitFor();
  await forged.getByText('Změna čísla účtu').waitFor();

  await send({ inReplyTo: id, subject: 'Re: Přeplatek', text: 'Ještě prosím i doklad.', cc: 'ucetni@firma.example' });
  const copies = page.getByRole('group', { name: 'Who gets a copy' });
  await copies.getByRole('button', { name: 'ucetni@firma.example', pressed: true }).waitFor();
  await page.getByRole('textbox', { name: /reply/i }).first().fill('Dobrý den, posíláme.');
  await page.getByRole('button', { name: /^Send(?! and)/ }).click();
  const sent = await until('the answer', () => Promise.resolve(customer.received.find((mail) => mail.text?.includes('posíláme'))));
  expect(sent.subject).toBe('Re: Přeplatek');
  expect([sent.cc].flat().map((one) => one?.text)).toEqual(['ucetni@firma.example']);
  expect(errors).toEqual([]);
  await page.context().close();
});
