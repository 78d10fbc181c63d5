/** The contact center and its CRM in step, over HTTP against the contract server: people in, records out, edits back. */
import type { Work } from '../support/contact-center.js';
import { hostIdOf as there } from '../../src/crm/host-ids.js';
import { settled, startCrmCenter, type CrmCenter } from '../support/crm.js';
import { key } from '../support/engine.js';
import { until } from '../support/until.js';

type Row = Record<string, unknown>;

let twenty: CrmCenter;
let people: Row[];

beforeAll(async () => {
  twenty = await startCrmCenter({ people: 130 });
  people = twenty.crm.store.records('person');
  await settled(twenty);
}, 60_000);

afterAll(() => twenty.stop());

// What one test has spent is not the next one's business.
beforeEach(() => twenty.crm.refillLimits());

/** A record in the CRM once it looks like this. */
const inCrm = (what: string, object: string, match: (row: Row) => boolean): Promise<Row> =>
  until(`${what} in the CRM`, () => twenty.crm.store.records(object).find((row) => row.deletedAt === null && match(row)));

/** Somebody who was in the CRM from the beginning; each test has its own. */
const person = (index: number): Row & { id: string } => people[index] as Row & { id: string };

const openCase = (queueId: string, input: Row = {}): Promise<string> => twenty.center.open(queueId, input, 'CASE');

async function ask<T>(query: string, variables: Row = {}): Promise<T> {
  return twenty.center.admin.do<T>(query, variables);
}

const customersBy = async (search: string): Promise<string[]> => {
  const { customers } = await ask<{ customers: { edges: { node: { id: string } }[] } }>(
    'query($search: Line) { customers(search: $search, first: 5) { edges { node { id } } } }',
    { search },
  );
  return customers.edges.map(({ node }) => node.id);
};

const queue = async (id: string): Promise<Row> =>
  (
    await ask<{ queue: Row }>(
      'query($id: UUID!) { queue(id: $id) { name priority active offerTimeoutSeconds skills { skill { name } minLevel } } }',
      { id },
    )
  ).queue;

const customerOf = async (id: string): Promise<string | undefined> =>
  (
    await ask<{ interaction: { customer: { id: string } | null } }>('query($id: UUID!) { interaction(id: $id) { customer { id } } }', {
      id,
    })
  ).interaction.customer?.id;

describe('people', () => {
  it('are all taken in, to be found by address however it is typed', async () => {
    const { primaryEmail } = person(0).emails as { primaryEmail: string };
    expect(await customersBy(primaryEmail.toUpperCase())).toEqual([person(0).id]);
    const [{ count } = { count: 0 }] = await twenty.test.database.query<{ count: number }>('SELECT count(*)::int AS count FROM customers');
    expect(count).toBe(130);
  });

  it('who are changed in the CRM are changed here, and found by the new address only', async () => {
    twenty.crm.store.edit('person', person(1).id, { emails: { primaryEmail: 'moved@example.org', additionalEmails: [] } });
    await until('the new address', async () => (await customersBy('moved@example.org'))[0] === person(1).id);
  });

  it('whose change no delivery told of are found by the cursor all the same', async () => {
    twenty.crm.loseWebhooks(true);
    twenty.crm.store.edit('person', person(2).id, { emails: { primaryEmail: 'unheard@example.org', additionalEmails: [] } });
    twenty.crm.loseWebhooks(false);
    // The next look comes within a minute; a restart looks at once.
    await twenty.test.database.query(
      `UPDATE crm_connection SET cursors = cursors || '{"PERSON": {"since": null, "after": null, "startedAt": null, "read": 0, "total": null, "complete": false}}'`,
    );
    await until('the address', async () => (await customersBy('unheard@example.org'))[0] === person(2).id);
  });

  it('who are deleted are found no more, and are there again when they are restored', async () => {
    const { id } = person(3);
    const { primaryEmail } = person(3).emails as { primaryEmail: string };
    twenty.crm.store.remove('person', id);
    await until('the deletion', async () => (await customersBy(primaryEmail)).length === 0);
    twenty.crm.store.restore('person', id);
    await until('the return', async () => (await customersBy(primaryEmail))[0] === id);
  });

  it('who were deleted and get in touch again are recognised, here and there', async () => {
    const queueId = await twenty.center.queue();
    const { id } = person(4);
    const { primaryEmail } = person(4).emails as { primaryEmail: string };
    twenty.crm.store.remove('person', id);
    await until('the deletion', async () => (await customersBy(primaryEmail)).length === 0);
    const interaction = await openCase(queueId, { customerAddress: primaryEmail });
    expect(await customerOf(interaction)).toBe(id);
    await inCrm('the person', 'person', (row) => row.id === there(id));
  });

  it('who are made one are one here, with the interactions of both', async () => {
    const queueId = await twenty.center.queue();
    const [kept, other] = [person(5).id, person(6).id];
    const { primaryEmail } = person(6).emails as { primaryEmail: string };
    const interaction = await openCase(queueId, { customerId: other });
    await inCrm('the interaction', 'interaction', (row) => row.id === there(interaction) && row.personId === other);
    twenty.crm.store.merge('person', [kept, other]);
    await settled(twenty);
    // The second look at who is gone is a minute and a half away.
    await twenty.test.database.query('UPDATE crm_changes SET seen_at = now()');
    await until('the merge', async () => (await customerOf(interaction)) === kept);
    await until('both addresses', async () => (await customersBy(primaryEmail))[0] === kept);
    const { customer } = await ask<{ customer: Row }>('query($id: UUID!) { customer(id: $id) { deletedAt mergedInto { id } } }', {
      id: other,
    });
    expect(customer).toEqual({ deletedAt: expect.any(String), mergedInto: { id: kept } });
    await inCrm('the interaction', 'interaction', (row) => row.id === there(interaction) && row.personId === kept);
    const part = ask('mutation($input: UnmergeCustomerInput!) { unmergeCustomer(input: $input) { from { id } } }', {
      input: { id: other },
    });
    await expect(part).rejects.toThrow(/part them there/);
    // Whoever still has the id of the other: work goes to the one who is left, and what is written over somebody is refused.
    const late = await openCase(queueId);
    await ask('mutation($input: LinkCustomerInput!) { linkCustomer(input: $input) { interaction { id } } }', {
      input: { id: late, customerId: other },
    });
    expect(await customerOf(late)).toBe(kept);
    expect(await customerOf(await openCase(queueId, { customerId: other }))).toBe(kept);
    for (const change of [
      'updateCustomer(input: { id: $id, identities: [] })',
      'setCustomerCalendar(input: { customerId: $id, calendarId: null })',
    ])
      await expect(ask(`mutation($id: UUID!) { ${change} { customer { id } } }`, { id: other })).rejects.toThrow(`was merged into ${kept}`);
  });

  it('who are merged here are one there, and two again when that is taken back', async () => {
    const queueId = await twenty.center.queue();
    const [left, other] = [person(20).id, person(21).id];
    const { primaryEmail } = person(21).emails as { primaryEmail: string };
    const interaction = await openCase(queueId, { customerId: other });
    await inCrm('the interaction', 'interaction', (row) => row.id === there(interaction) && row.personId === other);
    await ask('mutation($input: MergeCustomersInput!) { mergeCustomers(input: $input) { customer { id } } }', {
      input: { intoId: left, fromIds: [other] },
    });
    await inCrm('the interaction', 'interaction', (row) => row.id === there(interaction) && row.personId === left);
    await until('the deletion', () => twenty.crm.store.record('person', other)?.deletedAt != null);
    await settled(twenty);
    expect(await customersBy(primaryEmail)).toEqual([left]);
    // What somebody does with the other person there changes nothing of that.
    twenty.crm.store.restore('person', other);
    twenty.crm.store.edit('person', other, { name: { firstName: 'Renamed', lastName: 'Meanwhile' } });
    await settled(twenty);
    expect([await customersBy(primaryEmail), await customerOf(interaction)]).toEqual([[left], left]);
    await ask('mutation($input: UnmergeCustomerInput!) { unmergeCustomer(input: $input) { customer { id } } }', { input: { id: other } });
    await inCrm('the interaction', 'interaction', (row) => row.id === there(interaction) && row.personId === other);
    await until('the name', async () => {
      const { customer } = await ask<{ customer: Row }>('query($id: UUID!) { customer(id: $id) { name } }', { id: other });
      return customer.name === 'Renamed Meanwhile';
    });
    expect(await customersBy(primaryEmail)).toEqual([other]);
    expect(twenty.crm.store.record('person', other)?.deletedAt ?? null).toBeNull();
  });

  it('who share a telephone stay two: what is told of one who is destroyed goes to nobody', async () => {
    const queueId = await twenty.center.queue();
    const [gone, left] = [person(12).id, person(13).id];
    const interaction = await openCase(queueId, { customerId: gone });
    twenty.crm.store.edit('person', left, { phones: person(12).phones });
    await settled(twenty);
    twenty.crm.store.destroy('person', gone);
    await settled(twenty);
    await twenty.test.database.query('UPDATE crm_changes SET seen_at = now()');
    await until('oblivion', async () => {
      const [row] = await twenty.test.database.query<{ name: string }>('SELECT name FROM customers WHERE id = $1', [gone]);
      return row?.name === 'Deleted person';
    });
    expect(await customerOf(interaction)).not.toBe(left);
  });

  it('who are made VIPs in the CRM are VIPs here, and who is made one here is one there', async () => {
    const tierOf = async (id: string) =>
      (await ask<{ customer: { tier: string } }>('query($id: UUID!) { customer(id: $id) { tier } }', { id })).customer.tier;
    const [there, here] = [person(14).id, person(15).id];
    twenty.crm.store.edit('person', there, { serviceTier: 'VIP' });
    await settled(twenty);
    expect(await tierOf(there)).toBe('VIP');
    twenty.crm.store.edit('person', there, { serviceTier: null });
    await settled(twenty);
    expect(await tierOf(there)).toBe('STANDARD');
    await ask('mutation($input: UpdateCustomerInput!) { updateCustomer(input: $input) { customer { id } } }', {
      input: { id: here, tier: 'VIP' },
    });
    await settled(twenty);
    expect(twenty.crm.store.record('person', here)).toMatchObject({ serviceTier: 'VIP' });
    expect(await tierOf(here)).toBe('VIP');
  });

  it('who are gone in the CRM do not come back by what is told of them, even where no delivery said so', async () => {
    const queueId = await twenty.center.queue();
    const { id } = person(8);
    const disposition = await twenty.center.disposition();
    const interaction = await openCase(queueId, { customerId: id });
    await inCrm('the interaction', 'interaction', (row) => row.id === there(interaction) && row.personId === id);
    twenty.crm.loseWebhooks(true);
    twenty.crm.store.destroy('person', id);
    twenty.crm.loseWebhooks(false);
    // From here on the person's last contact is to be told.
    await ask('mutation($input: CloseInteractionInput!) { closeInteraction(input: $input) { interaction { id } } }', {
      input: { id: interaction, dispositionId: disposition },
    });
    await settled(twenty);
    expect(twenty.crm.store.record('person', id)).toBeNull();
  });

  it('who are destroyed leave nothing personal behind', async () => {
    const { id } = person(7);
    const { primaryEmail } = person(7).emails as { primaryEmail: string };
    const { createCustomer } = await ask<{ createCustomer: { customer: { id: string } } }>(
      'mutation($input: CreateCustomerInput!) { createCustomer(input: $input) { customer { id } } }',
      { input: { idempotencyKey: key(), name: 'Seven Secret', note: 'secret' } },
    );
    const secret = { idempotencyKey: key(), customerId: id, purpose: 'MARKETING', state: 'WITHDRAWN', source: 'CALL', proof: 'secret' };
    await ask('mutation($input: RecordConsentInput!) { recordConsent(input: $input) { consent { id } } }', { input: secret });
    await ask('mutation($input: SetContactPreferencesInput!) { setContactPreferences(input: $input) { customer { id } } }', {
      input: { customerId: id, language: 'cs' },
    });
    await ask('mutation($input: AddDoNotContactInput!) { addDoNotContact(input: $input) { entries { id } } }', {
      input: { customerId: id, purposes: ['SURVEY'], reason: 'OTHER', note: 'secret' },
    });
    const other = createCustomer.customer.id;
    await ask('mutation($input: MergeCustomersInput!) { mergeCustomers(input: $input) { customer { id } } }', {
      input: { intoId: id, fromIds: [other], choices: [{ field: 'NAME', customerId: other }] },
    });
    twenty.crm.store.destroy('person', id);
    await settled(twenty);
    await twenty.test.database.query('UPDATE crm_changes SET seen_at = now()');
    await until('oblivion', async () => (await customersBy(primaryEmail)).length === 0);
    const [row] = await twenty.test.database.query('SELECT name, note, company FROM customers WHERE id = $1', [id]);
    expect(row).toEqual({ name: 'Deleted person', note: null, company: null });
    const [left] = await twenty.test.database.query<Record<string, unknown>>(
      `SELECT (SELECT string_agg(r::text, ' ') FROM (SELECT c::text AS r FROM customers c WHERE id = ANY($1) UNION ALL SELECT m::text FROM customer_merges m
          WHERE into_id = $2 UNION ALL SELECT c::text FROM consents c WHERE customer_id = $2 UNION ALL SELECT d::text FROM do_not_contact d
          WHERE customer_id = $2) rows) AS words,
        (SELECT count(*)::int FROM contact_preferences WHERE customer_id = $2) AS preferences,
        (SELECT count(*)::int FROM consents WHERE customer_id = $2) AS consents`,
      [[id, other], id],
    );
    expect(left).toMatchObject({ preferences: 0, consents: 1 });
    expect(left?.words).not.toMatch(/secret/i);
  });

  it('who get in touch for the first time are made in the CRM, once, with their address', async () => {
    const queueId = await twenty.center.queue();
    const interaction = await openCase(queueId, { customerAddress: 'new.face@example.net' });
    const made = await inCrm('the new person', 'person', (row) => (row.emails as Row).primaryEmail === 'new.face@example.net');
    await inCrm('the interaction', 'interaction', (row) => row.id === there(interaction) && row.personId === made.id);
    expect(twenty.crm.store.records('person').filter((row) => (row.emails as Row).primaryEmail === 'new.face@example.net')).toHaveLength(1);
  });

  it('whom the CRM came to know in the same moment are joined, not doubled', async () => {
    const queueId = await twenty.center.queue();
    twenty.crm.loseWebhooks(true);
    const theirs = twenty.crm.store.create('person', {
      name: { firstName: 'Same', lastName: 'Person' },
      emails: { primaryEmail: 'same@example.net' },
    });
    twenty.crm.loseWebhooks(false);
    const interaction = await openCase(queueId, { customerAddress: 'same@example.net' });
    await inCrm('the interaction', 'interaction', (row) => row.id === there(interaction) && row.personId === theirs.id);
    expect(twenty.crm.store.records('person').filter((row) => (row.emails as Row).primaryEmail === 'same@example.net')).toHaveLength(1);
    expect(twenty.crm.store.record('person', String(theirs.id))?.name).toMatchObject({ firstName: 'Same', lastName: 'Person' });
  });

  it('who were deleted before we heard of them come back as they were when they get in touch, and are one person', async () => {
    const queueId = await twenty.center.queue();
    twenty.crm.loseWebhooks(true);
    const theirs = twenty.crm.store.create('person', {
      name: { firstName: 'Long', lastName: 'Gone' },
      jobTitle: 'Baker',
      emails: { primaryEmail: 'long.gone@example.net' },
    });
    twenty.crm.store.remove('person', String(theirs.id));
    twenty.crm.loseWebhooks(false);
    const interaction = await openCase(queueId, { customerAddress: 'long.gone@example.net' });
    await inCrm('the interaction', 'interaction', (row) => row.id === there(interaction) && row.personId === theirs.id);
    await settled(twenty);
    const rows = twenty.crm.store.records('person').filter((row) => (row.emails as Row).primaryEmail === 'long.gone@example.net');
    expect(rows).toMatchObject([{ id: theirs.id, deletedAt: null, jobTitle: 'Baker', name: { firstName: 'Long', lastName: 'Gone' } }]);
    // Everything is read anew: what we made of them is what the CRM has.
    await twenty.test.database.query("UPDATE crm_connection SET cursors = cursors - 'PERSON'");
    await settled(twenty);
    expect(await customersBy('long.gone@example.net')).toEqual([await customerOf(interaction)]);
    expect(await customersBy('Long Gone')).toHaveLength(1);
  });

  it('who turn out to be somebody whom we know by another address are one here, and keep their name there', async () => {
    const queueId = await twenty.center.queue();
    const { id, name } = person(16);
    const interaction = await openCase(queueId, { customerAddress: 'second.self@example.net' });
    twenty.crm.loseWebhooks(true);
    twenty.crm.store.edit('person', id, { emails: { primaryEmail: 'second.self@example.net', additionalEmails: [] } });
    twenty.crm.loseWebhooks(false);
    await settled(twenty);
    const stranger = await customerOf(interaction);
    const next = await openCase(queueId, { customerAddress: 'second.self@example.net' });
    await inCrm('the interaction', 'interaction', (row) => row.id === there(next) && row.personId === id);
    await until('one customer', async () => (await customerOf(interaction)) === id);
    expect(twenty.crm.store.record('person', id)?.name).toEqual(name);
    const { customer } = await ask<{ customer: Row }>('query($id: UUID!) { customer(id: $id) { deletedAt mergedInto { id } } }', {
      id: stranger,
    });
    if (stranger !== id) expect(customer).toEqual({ deletedAt: expect.any(String), mergedInto: { id } });
  });
});

describe('records', () => {
  it('show a queue, an agent, a membership and an offered interaction, related to each other and to the person', async () => {
    const member = twenty.crm.member('Jana Nováková', 'jana@example.org');
    const queueId = await twenty.center.queue({ name: 'Billing', priority: 70 });
    const jana = await twenty.center.agent([queueId], { email: 'jana@example.org' });
    const id = await openCase(queueId, { subject: 'The bill is wrong', customerId: person(10).id });
    const interaction = await inCrm('the offered interaction', 'interaction', (row) => row.id === there(id) && row.status === 'OFFERED');
    expect(interaction).toMatchObject({
      subject: 'The bill is wrong',
      channel: 'CASE',
      queueId: there(queueId),
      agentProfileId: there(jana.id),
      personId: person(10).id,
    });
    await inCrm('the assignee', 'interaction', (row) => row.id === there(id) && row.assigneeId === member.id);
    expect(twenty.crm.store.record('queue', there(queueId))).toMatchObject({ name: 'Billing', priority: 70 });
    await inCrm(
      'the agent',
      'agentProfile',
      (row) => row.id === there(jana.id) && row.workspaceMemberId === member.id && row.connected === true,
    );
    await inCrm(
      'the membership',
      'queueMember',
      (row) => row.queueId === there(queueId) && row.agentProfileId === there(jana.id) && row.level === 1,
    );
    jana.work.stop();
  });

  it('say on the person who was last in touch, when, and which e-mail went last', async () => {
    const member = twenty.crm.member('Petr Malý', 'petr@example.org');
    const queueId = await twenty.center.queue();
    const petr = await twenty.center.agent([queueId], { email: 'petr@example.org' });
    await twenty.center.open(
      queueId,
      { customerId: person(11).id, subject: 'Late parcel', customerAddress: 'someone@example.org' },
      'EMAIL',
    );
    const offer = await until('the offer', () => petr.work.items.at(-1)?.myWork.offers[0]);
    await petr.client.do('mutation($id: UUID!) { acceptOffer(id: $id) { offer { id } } }', { id: offer.id });
    await petr.client.do('mutation($input: SendMessageInput!) { sendMessage(input: $input) { message { id } } }', {
      input: { idempotencyKey: 'a-message-of-petr', interactionId: offer.interaction.id, text: 'It is on its way.' },
    });
    const touched = await inCrm(
      'the last mail',
      'person',
      (row) => row.id === person(11).id && row.serviceLastEmailSubject === 'Late parcel',
    );
    expect(touched).toMatchObject({ serviceLastContactChannel: 'EMAIL', serviceLastContactById: member.id });
    expect(Date.now() - Date.parse(String(touched.serviceLastContactAt))).toBeLessThan(60_000);
    // The desk and the person's page show what the CRM does; beside the work itself what was before it.
    const { customer } = await ask<{ customer: Row }>(
      `query($id: UUID!, $inHand: UUID!) { customer(id: $id) {
        lastContact { at channel agent { name } } before: lastContact(exceptInteractionId: $inHand) { at } } }`,
      { id: person(11).id, inHand: offer.interaction.id },
    );
    expect(customer).toMatchObject({ lastContact: { at: touched.serviceLastContactAt, channel: 'EMAIL' }, before: null });
    petr.work.stop();
  });

  it('are told in their newest state, many in one call', async () => {
    const queueId = await twenty.center.queue();
    await settled(twenty);
    const before = twenty.crm.requests.length;
    const ids = await Promise.all(Array.from({ length: 40 }, () => openCase(queueId)));
    for (const id of ids.slice(0, 10))
      await ask('mutation($input: SetInteractionPriorityInput!) { setInteractionPriority(input: $input) { interaction { id } } }', {
        input: { id, priority: 99 },
      });
    await settled(twenty);
    for (const id of ids.slice(0, 10)) expect(twenty.crm.store.record('interaction', there(id))?.priority).toBe(99);
    const calls = twenty.crm.requests.slice(before).filter(({ rootFields }) => rootFields.includes('createInteractions'));
    expect(calls.length).toBeLessThan(20);
  });
});

describe('ways between the contact center and the CRM', () => {
  it('lead to the person and the record there, from the record to the interaction, and from a frame to the CRM around it', async () => {
    const queueId = await twenty.center.queue();
    const agent = await twenty.center.agent([queueId], { available: false });
    const who = person(20);
    const id = await openCase(queueId, { customerAddress: (who.emails as Row).primaryEmail });
    await inCrm('the interaction', 'interaction', (row) => row.id === there(id) && row.personId === who.id);
    const read = 'query($id: UUID!) { interaction(id: $id) { inCrm { object id url } customer { id inCrm { object id url } } } }';
    const { interaction } = await agent.client.do<{ interaction: { inCrm: Row; customer: { id: string; inCrm: Row } } }>(read, { id });
    expect(interaction.inCrm).toEqual({ object: 'interaction', id: there(id), url: `${twenty.crm.url}/object/interaction/${there(id)}` });
    const page = { object: 'person', id: who.id, url: `${twenty.crm.url}/object/person/${who.id}` };
    expect(interaction.customer.inCrm).toEqual(page);
    const back = 'query($hostId: UUID!) { interactionOfCrm(hostId: $hostId) { id } }';
    expect(await agent.client.do(back, { hostId: there(id) })).toEqual({ interactionOfCrm: { id } });
    expect(await agent.client.do(back, { hostId: who.id })).toEqual({ interactionOfCrm: null });

    const follow = (frame: string) =>
      agent.client.subscribe<{ shownInCrm: Row }>('subscription($frame: Line!) { shownInCrm(frame: $frame) { object id url } }', { frame });
    const [own, other] = [follow('frame-1'), follow('frame-2')];
    const show = 'mutation($input: ShowInCrmInput!) { showInCrm(input: $input) { page { id } } }';
    await until('the page', async () => {
      await agent.client.do(show, { input: { frame: 'frame-1', customerId: interaction.customer.id } });
      return own.items.length > 0;
    });
    expect(own.items[0]?.shownInCrm).toEqual(page);
    expect(other.items).toEqual([]);
    const nothing = await agent.client.ask(show, { input: { frame: 'frame-1' } });
    expect(nothing.errors?.[0]?.message).toContain('Give a customer or an interaction.');
    own.stop();
    other.stop();
  });
});

describe('edits in the CRM', () => {
  it('of a queue take effect here, and their echo changes nothing', async () => {
    const queueId = await twenty.center.queue({ name: 'Faults', priority: 10 });
    await inCrm('the queue', 'queue', (row) => row.id === there(queueId));
    twenty.crm.store.edit('queue', there(queueId), { priority: 90, offerTimeoutSeconds: 45 });
    await until('the new priority', async () => (await queue(queueId)).priority === 90);
    expect(await queue(queueId)).toMatchObject({ offerTimeoutSeconds: 45, name: 'Faults' });
    await settled(twenty);
    const updates = await twenty.test.database.query("SELECT 1 FROM events WHERE type = 'queue.updated' AND subject_id = $1", [queueId]);
    expect(updates).toHaveLength(1);
    const told = twenty.crm.requests.filter(({ rootFields }) => rootFields.includes('createQueues')).length;
    await settled(twenty);
    expect(twenty.crm.requests.filter(({ rootFields }) => rootFields.includes('createQueues'))).toHaveLength(told);
  });

  it('of caps and wrap-ups of a queue take effect here, and what is changed here stands there', async () => {
    const queueId = await twenty.center.queue({ name: 'Complaints' });
    await inCrm('the queue', 'queue', (row) => row.id === there(queueId) && row.maxPerAgent === null && row.askAgainAfterSeconds === 60);
    twenty.crm.store.edit('queue', there(queueId), { maxPerAgent: 2, keepsPlace: true, wrapUp: ['chat: none', 'Voice: 60s+30s'] });
    await inCrm('wrap-ups as they are written', 'queue', (row) => String(row.wrapUp) === 'Chat: none,Voice: 60 s + 30 s');
    const read = 'query($id: UUID!) { queue(id: $id) { maxPerAgent keepsPlace wrapUp { channel mode seconds extensionSeconds } } }';
    expect(await ask(read, { id: queueId })).toEqual({
      queue: {
        maxPerAgent: 2,
        keepsPlace: true,
        wrapUp: [
          { channel: 'CHAT', mode: 'NONE', seconds: 0, extensionSeconds: 0 },
          { channel: 'VOICE', mode: 'TIMED', seconds: 60, extensionSeconds: 30 },
        ],
      },
    });
    twenty.crm.store.edit('queue', there(queueId), { wrapUp: ['Phone: 60 s'] });
    const refused = await inCrm('the reason', 'queue', (row) => row.id === there(queueId) && Boolean(row.problem));
    expect(refused.problem).toContain('“Phone” is no channel');
    await ask('mutation($input: UpdateQueueInput!) { updateQueue(input: $input) { queue { id } } }', {
      input: { id: queueId, maxPerAgent: null, wrapUp: [] },
    });
    await inCrm('no cap', 'queue', (row) => row.id === there(queueId) && row.maxPerAgent === null && String(row.wrapUp) === '');
  });

  it('that are invalid are put back with the reason on the record, and what was valid stays in force', async () => {
    const queueId = await twenty.center.queue({ name: 'Sales', priority: 20 });
    await inCrm('the queue', 'queue', (row) => row.id === there(queueId));
    twenty.crm.store.edit('queue', there(queueId), { priority: 500 });
    const refused = await inCrm('the reason', 'queue', (row) => row.id === there(queueId) && Boolean(row.problem));
    expect(refused.problem).toContain('“500” does not fit priority: give a whole number from 0 to 100');
    await inCrm('the old priority', 'queue', (row) => row.id === there(queueId) && row.priority === 20);
    expect((await queue(queueId)).priority).toBe(20);
    twenty.crm.store.edit('queue', there(queueId), { priority: 50 });
    await inCrm('no reason any more', 'queue', (row) => row.id === there(queueId) && row.priority === 50 && !row.problem);
    expect((await queue(queueId)).priority).toBe(50);
  });

  it('set an overflow in two steps, as one field comes after the other in the CRM', async () => {
    const queueId = await twenty.center.queue({ name: 'Front' });
    const other = await twenty.center.queue({ name: 'Overflow' });
    await inCrm('the queue', 'queue', (row) => row.id === there(queueId));
    await inCrm('the other queue', 'queue', (row) => row.id === there(other));
    twenty.crm.store.edit('queue', there(queueId), { overflowAfterSeconds: 60 });
    const asked = await inCrm('what is missing', 'queue', (row) => row.id === there(queueId) && Boolean(row.problem));
    expect(asked.problem).toContain('Choose the overflow queue first');
    twenty.crm.store.edit('queue', there(queueId), { overflowQueueId: there(other) });
    await inCrm('the time', 'queue', (row) => row.id === there(queueId) && row.overflowAfterSeconds === 300 && !row.problem);
    twenty.crm.store.edit('queue', there(queueId), { overflowAfterSeconds: 60 });
    await until('the overflow', async () => {
      const { queue: found } = await ask<{ queue: { overflow: unknown } }>(
        'query($id: UUID!) { queue(id: $id) { overflow { afterSeconds queue { id } } } }',
        { id: queueId },
      );
      return JSON.stringify(found.overflow) === JSON.stringify({ afterSeconds: 60, queue: { id: other } });
    });
  });

  it('ask for skills by name, and say which there are when one is misspelt', async () => {
    const spanish = await twenty.center.skill('Spanish');
    const queueId = await twenty.center.queue({ name: 'Iberia' });
    await inCrm('the queue', 'queue', (row) => row.id === there(queueId));
    twenty.crm.store.edit('queue', there(queueId), { skills: ['Spansh 3'] });
    const refused = await inCrm('the reason', 'queue', (row) => row.id === there(queueId) && Boolean(row.problem));
    expect(refused.problem).toContain('There is no skill “Spansh”. There are: Spanish');
    twenty.crm.store.edit('queue', there(queueId), { skills: ['Spanish 3'] });
    await until('the skill', async () => ((await queue(queueId)).skills as unknown[]).length === 1);
    expect((await queue(queueId)).skills).toEqual([{ skill: { name: 'Spanish' }, minLevel: 3 }]);
    expect(spanish).toBeTruthy();
  });

  it('move capacity: a membership made, changed and deleted there is so here', async () => {
    const queueId = await twenty.center.queue({ name: 'Peak' });
    const agent = await twenty.center.agent([], { connected: false, available: false });
    await inCrm('the agent', 'agentProfile', (row) => row.id === there(agent.id));
    await inCrm('the queue', 'queue', (row) => row.id === there(queueId));
    const members = async (): Promise<unknown[]> =>
      (
        await ask<{ queue: { members: unknown[] } }>('query($id: UUID!) { queue(id: $id) { members { agent { id } level } } }', {
          id: queueId,
        })
      ).queue.members;
    const record = twenty.crm.store.create('queueMember', { queueId: there(queueId), agentProfileId: there(agent.id), level: 2 });
    await until('the membership', async () => (await members()).length === 1);
    expect(await members()).toEqual([{ agent: { id: agent.id }, level: 2 }]);
    await settled(twenty);
    expect(twenty.crm.store.records('queueMember').filter((row) => row.queueId === there(queueId))).toHaveLength(1);
    twenty.crm.store.edit('queueMember', String(record.id), { level: 1 });
    await until('the level', async () => ((await members())[0] as { level: number }).level === 1);
    twenty.crm.store.remove('queueMember', String(record.id));
    await until('no membership', async () => (await members()).length === 0);
  });

  it('that delete a membership in the moment in which it is told anew stand', async () => {
    const queueId = await twenty.center.queue({ name: 'Short' });
    const agent = await twenty.center.agent([queueId], { connected: false, available: false });
    const record = await inCrm('the membership', 'queueMember', (row) => row.agentProfileId === there(agent.id));
    twenty.crm.loseWebhooks(true);
    twenty.crm.store.remove('queueMember', String(record.id));
    twenty.crm.loseWebhooks(false);
    await ask('mutation($input: SetQueueMemberInput!) { setQueueMember(input: $input) { queue { id } } }', {
      input: { queueId, agentId: agent.id, level: 3 },
    });
    await until(
      'no membership',
      async () => (await twenty.test.database.query('SELECT 1 FROM queue_members WHERE agent_id = $1', [agent.id])).length === 0,
    );
    expect(twenty.crm.store.record('queueMember', String(record.id))?.deletedAt).not.toBeNull();
  });

  it('make agents of workspace members, once the profile names one', async () => {
    const member = twenty.crm.member('Nová Agentka', 'nova@example.org');
    await until(
      'the user',
      async () => (await twenty.test.database.query("SELECT 1 FROM crm_users WHERE email = 'nova@example.org'")).length === 1,
    );
    const profile = twenty.crm.store.create('agentProfile', { name: 'whoever' });
    const asked = await inCrm('what is missing', 'agentProfile', (row) => row.id === profile.id && Boolean(row.problem));
    expect(asked.problem).toContain('Choose the workspace member');
    twenty.crm.store.edit('agentProfile', String(profile.id), { workspaceMemberId: member.id });
    const made = await inCrm(
      'the agent',
      'agentProfile',
      (row) => row.id === profile.id && row.email === 'nova@example.org' && !row.problem,
    );
    expect(made).toMatchObject({ name: 'Nová Agentka', active: true, availability: 'OFFLINE' });
  });

  it('are tried again as soon as what they lacked is there, and not before they are deleted for good', async () => {
    const made = twenty.crm.store.create('queue', { name: 'Lisboa', skills: ['Portuguese 2'] });
    const gone = twenty.crm.store.create('queue', { name: 'Porto', skills: ['Portuguese 2'] });
    for (const { id } of [made, gone])
      expect((await inCrm('what is missing', 'queue', (row) => row.id === id && Boolean(row.problem))).problem).toContain('Portuguese');
    twenty.crm.store.remove('queue', String(gone.id));
    await settled(twenty);
    await twenty.center.skill('Portuguese');
    await inCrm('the queue', 'queue', (row) => row.id === made.id && row.problem === '' && row.strategy !== null);
    await settled(twenty);
    expect(
      await twenty.test.database.query('SELECT host_id FROM crm_refused WHERE host_id = ANY($1::uuid[])', [[made.id, gone.id]]),
    ).toEqual([]);
    expect(await twenty.test.database.query("SELECT name FROM queues WHERE name IN ('Lisboa', 'Porto')")).toEqual([{ name: 'Lisboa' }]);
  });

  it('open a case where somebody makes an interaction, as soon as channel and queue are set', async () => {
    const queueId = await twenty.center.queue({ name: 'Back office' });
    await inCrm('the queue', 'queue', (row) => row.id === there(queueId));
    const made = twenty.crm.store.create('interaction', { name: 'Check the contract', channel: 'CASE' });
    const asked = await inCrm('what is missing', 'interaction', (row) => row.id === made.id && Boolean(row.problem));
    expect(asked.problem).toContain('Choose a channel and a queue');
    twenty.crm.store.edit('interaction', String(made.id), { queueId: there(queueId) });
    const open = await inCrm('the case', 'interaction', (row) => row.id === made.id && row.status === 'QUEUED' && !row.problem);
    expect(open.name).toMatch(/^#\d+ Check the contract$/);
  });

  it('let an agent accept, work and close a case without leaving the CRM, and nobody else accept it', async () => {
    const member = twenty.crm.member('Eva Dvořáková', 'eva@example.org');
    const queueId = await twenty.center.queue({ name: 'Contracts' });
    await twenty.center.disposition('Done well');
    const { dispositions } = await ask<{ dispositions: { name: string }[] }>('{ dispositions { name } }');
    const eva = await twenty.center.agent([queueId], { email: 'eva@example.org' });
    const id = await openCase(queueId, { subject: 'Sign here' });
    await until(
      'the user',
      async () => (await twenty.test.database.query("SELECT 1 FROM crm_users WHERE email = 'eva@example.org'")).length === 1,
    );
    await inCrm('the offer', 'interaction', (row) => row.id === there(id) && row.status === 'OFFERED' && row.assigneeId === member.id);

    twenty.crm.store.edit('interaction', there(id), { status: 'ACTIVE' });
    const refused = await inCrm('the refusal', 'interaction', (row) => row.id === there(id) && Boolean(row.problem));
    expect(refused.problem).toBe('It rings at another agent, and only that one can accept it.');
    await inCrm('the truth', 'interaction', (row) => row.id === there(id) && row.status === 'OFFERED');

    twenty.crm.store.edit('interaction', there(id), { status: 'ACTIVE' }, { by: 'user', as: member });
    await until('the acceptance', () =>
      eva.work.items.at(-1)?.myWork.interactions.some((one: Work['interactions'][0]) => one.id === id && one.state === 'ACTIVE'),
    );
    await inCrm('the work', 'interaction', (row) => row.id === there(id) && row.status === 'ACTIVE' && !row.problem);
    twenty.crm.store.edit('interaction', there(id), { status: 'CLOSED' }, { by: 'user', as: member });
    const incomplete = await inCrm('what is missing', 'interaction', (row) => row.id === there(id) && Boolean(row.problem));
    expect(incomplete.problem).toContain('Fill in the disposition first: ');
    await inCrm('the truth', 'interaction', (row) => row.id === there(id) && row.status === 'ACTIVE');
    const name = dispositions.find((one) => one.name.startsWith('Done well'))?.name;
    twenty.crm.store.edit('interaction', there(id), { disposition: name }, { by: 'user', as: member });
    await settled(twenty);
    expect(twenty.crm.store.record('interaction', there(id))?.disposition).toBe(name);
    twenty.crm.store.edit('interaction', there(id), { status: 'CLOSED' }, { by: 'user', as: member });
    await until('the end', async () => (await twenty.center.state(id)) === 'CLOSED');
    await inCrm(
      'the end',
      'interaction',
      (row) => row.id === there(id) && row.closedAt !== null && row.disposition === name && !row.problem,
    );
    eva.work.stop();
  });

  it('cannot delete history: the record is there again, with the reason', async () => {
    const queueId = await twenty.center.queue();
    const id = await openCase(queueId);
    await inCrm('the interaction', 'interaction', (row) => row.id === there(id));
    twenty.crm.store.remove('interaction', there(id));
    const back = await inCrm('the interaction again', 'interaction', (row) => row.id === there(id) && Boolean(row.problem));
    expect(back).toMatchObject({ status: 'QUEUED', problem: expect.stringContaining('cannot be deleted here') as string });
    twenty.crm.store.destroy('interaction', there(id));
    await until('the destruction', () => twenty.crm.store.record('interaction', there(id)) === null);
    await inCrm('the interaction once more', 'interaction', (row) => row.id === there(id) && row.queueId === there(queueId));
  });
});
