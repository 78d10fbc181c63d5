/**
 * What Twenty knows each thing by, for ever: never change one, never use one again for something else. Whatever is named from
 * one place only carries its identifier there.
 */

export const application = '1a357610-d782-4d9f-8f7c-208eb3f88ca1';

export const interaction = {
  object: '3400b07d-2e90-4ee1-80dc-dca70fdfe52f',
  fields: {
    name: '599293d7-c941-45ad-88ff-857138ae38cf',
    subject: 'e65b3111-e04e-462a-9d3b-633be170ee5b',
    status: '6c89c412-d5fe-40d6-aa17-e9b3a37079b0',
    channel: 'cee4557d-35a3-468e-b52a-009ea995c3b7',
    direction: 'ed25f8c6-782b-466f-a41c-eafdd129bc19',
    number: 'c882031c-8e24-4b56-99c9-a593522a1f33',
    priority: '1b9d6d39-7242-4060-8139-6647d9d112ba',
    skills: 'bc4aa360-a1e5-477d-8f53-af3c02cdaf6e',
    queue: '01726288-6fba-4b89-a94c-180b0f775387',
    agentProfile: 'e67cc309-55b1-4aba-9171-85c8659b19fb',
    assignee: '5f10f1ae-bc96-4d06-94ab-74a8dd3c7d42',
    person: '7688637e-d5e4-48dd-af1a-d55a46f49ca2',
    company: 'b532299d-8ac8-46b2-9c85-dd6297b6e5ba',
    opportunity: '07f7d931-0a9d-43ee-977a-058d52ff8dcc',
    slaStatus: '8f7a7358-921d-40b4-b10f-5f1478098433',
    slaDueAt: 'f49bafea-ef5e-4aa1-ae1d-f0f3db912bd9',
    disposition: '0efd71e4-1cdb-49c6-8e46-342e8c6a52bd',
    dispositionNote: 'b0114306-8bcc-45c9-938b-dacd85300de8',
    receivedAt: '2bf23b59-d66b-47a0-9a0f-d4ca5e6ed411',
    queuedAt: 'e1711f8b-b102-43f4-9744-d3ddc363c6d0',
    acceptedAt: '9a3c9db5-86e2-4f39-a72f-612238333df0',
    endedAt: 'ee0b7451-66d7-4b43-9614-ba654641818f',
    closedAt: '90631e30-a21b-4ef9-b5b1-dc47cf8e2617',
    escalationLevel: '829697a9-b0e7-4667-8bff-1eff64e0403a',
    transferCount: '945cf0b6-7e3e-419d-b242-f66047bc8211',
    reopenCount: '131aaf07-f38e-4caa-80c4-4150fbc05387',
    offers: 'f4d07466-9a21-4cbe-ae5c-1e87ce838501',
    problem: '1c8a2ce4-9eb8-4d5b-a0d0-d95882b5c1e5',
  },
};

export const queue = {
  object: '13eb25bf-8a1b-43ab-84c7-5cb6cced7d26',
  fields: {
    name: '49167708-8105-436b-9be9-0b1491db1b7c',
    department: '74228c7b-a3e6-4bc9-a709-5427c00885a5',
    priority: 'bad0039e-df09-410d-bc90-5e56051836c7',
    strategy: '0e7a8bca-940f-428e-93dc-829f1c8bca39',
    skills: 'ac0cd0f0-18a2-4c5d-8784-7617c5553768',
    offerTimeoutSeconds: 'e4332578-d3f5-4bfb-ba19-b18196d28968',
    stickySeconds: 'b7e34014-b8b3-4d6b-b604-67172e2b4b97',
    maxPerAgent: '22116a3f-97dd-49e5-afed-50222ba7bfee',
    askAgainAfterSeconds: 'a15bf40e-1185-444a-bf11-303ff0c6274f',
    keepsPlace: '33a10711-73b5-4113-9270-51198315fe59',
    wrapUp: '2c7df212-e4a2-4261-a7d1-78eb0d570c37',
    overflowAfterSeconds: '26897bc1-5677-4266-9994-1b4142f02913',
    overflowQueue: '2cddc3f5-800f-42bf-8b16-e658ae2caf05',
    overflowsHere: '1d8b3811-00fc-4f55-bdc9-6f8a0904ec0c',
    slaPolicy: 'b19eada0-28ff-4647-8859-6d4396c1d018',
    active: '2df9afc9-18e3-4604-b3f7-326b5faa12f0',
    members: '1c61eb30-fd93-44d8-8a44-37ff63f9c3b6',
    interactions: '55d020b0-23bb-46fd-aa9e-58d77e63ef51',
    campaigns: 'c4e05ef9-5e3c-4cdc-ab24-85684bb036c6',
    leads: 'e29f7aae-57d5-487a-87f2-881ee467a097',
    problem: '20f00989-0f7f-4939-a604-542aee2622bc',
  },
};

export const agentProfile = {
  object: 'a72a7f69-0b17-4f80-b07a-480ae7272378',
  fields: {
    name: '50713363-256b-42a4-970b-275ae107d6e3',
    workspaceMember: 'ab25f414-6eb9-4401-bca3-a9d957febe69',
    email: 'e5dbd08d-2b13-45ae-8457-3d53d9242b25',
    capacity: '3f69de33-061e-471d-bbfd-72b7d0d34c4e',
    skills: '421ae2fa-cb6e-4a87-aa19-7a15f80c10c4',
    extension: '76165407-0035-4b2a-b4e5-9f23d629950d',
    active: 'd62cac19-2b80-446b-8356-4933579fafdd',
    presence: '30386070-4970-4acf-a9bb-526fe612a0e3',
    availability: 'afb1de9d-76d8-4192-960e-393824554ba9',
    presenceSince: 'bf809594-c57a-4417-8e3a-6a333648d41d',
    connected: 'c930da01-45df-4d0f-b793-3b42e023fa8b',
    memberships: 'b4cf0a53-aed1-4ca9-a7c6-094cee99655b',
    interactions: 'fd9d643f-f19e-45c7-86bf-9f34252fe6fa',
    problem: '152f7236-b187-4c10-9a67-7f347614644b',
  },
};

export const queueMember = {
  object: 'f7491303-0de5-47ec-aad2-55ae9e74902c',
  fields: {
    name: 'b7e42004-73d9-4953-86a5-bb0c9014fac6',
    queue: '4769e96a-b88d-4e28-987c-7a68d764722a',
    agentProfile: '67cb94db-5760-4452-8633-801b72b7c62a',
    level: 'd79287d0-f7d7-49cb-aefa-7e5ab221eb68',
    problem: 'aa7e9786-39f1-4ece-9ac5-acf3627c2c12',
  },
};

export const slaPolicy = {
  object: '61f4bfdb-b4bc-496e-8842-b69dceea1544',
  fields: {
    name: '33d9a578-eb1c-41f2-a2d4-8a45a853ba3b',
    timeToAcceptSeconds: '30d35d2f-87bb-49e7-8acb-8550f29971c6',
    firstResponseSeconds: '87fc25b8-a975-4747-95b9-f45337cf0294',
    warnAtPercent: '6f6509c8-8f36-4ece-ae4f-46d2394d1bf3',
    definition: '1bb1a2ec-d157-404a-87f0-c37012ff9f14',
    version: 'bc485cab-be91-4d1c-b092-a8fd752a9888',
    queues: '774b5465-9e1e-4073-82ab-42336b2918db',
    problem: 'bcfd7a65-45a7-4107-9b73-6998ca0c840e',
  },
};

export const campaign = {
  object: 'cf588367-11cf-499f-bacc-71d61d79e485',
  fields: {
    name: 'f7ada7ed-ed92-4f0b-973a-18c0076eedf9',
    kind: 'b8c93a8d-c22b-4e54-b64a-25bb35a1a9ce',
    status: '80b67879-f3d8-43c1-851a-a9e3eb7a2643',
    startsOn: '5e924944-7608-46d8-9c98-9d2ce3bed39e',
    endsOn: '11985124-436c-4aca-ae9a-2f1feac9e88e',
    queue: '3091210a-ab10-4e92-917d-5078db625650',
    owner: '4292e114-a97d-4506-aaca-f42913d12205',
    script: '000085d5-917b-470e-934d-b70ad9ec60a3',
    leads: '2276549d-1490-46c0-ba56-53a004ad35a6',
    offers: '8d2f0688-6e9a-4251-8212-b8ca80fcec2d',
    problem: '06cffc24-d258-4537-8499-d4216837c1e9',
  },
};

export const lead = {
  object: '80357423-b383-40d1-a866-9084b353997d',
  fields: {
    name: 'c2e128ae-35db-4fba-b8e0-12333106f9a0',
    status: 'd59fe292-f2b0-48c8-85ef-30c51f665168',
    score: 'db1c5429-a1ef-4ee1-8098-dce11b5eabf9',
    source: '55274f95-026b-462e-93df-94d1d313dedd',
    nextContactAt: 'e13587df-7133-4014-82d3-0c0b98acc7f4',
    person: '1966ec84-9dee-4576-a024-ecaa4e24c546',
    company: 'bc6ecec8-f326-4099-af6e-d21434ee70f6',
    opportunity: '8774de0f-a0b6-4605-b7fa-5ee8e89ce5a4',
    campaign: 'e0e6ec45-faba-413e-8004-acfdeeadbfec',
    queue: 'cad2422f-254f-4f31-9f83-5d9bd1a62928',
    owner: 'de8ca18e-8ac7-444b-bdd5-6936cc146489',
    problem: '0aaa79d8-17fc-4fcc-bca0-bc086e41118f',
  },
};

export const automationRule = {
  object: 'faa33a24-e471-46d9-9066-5a5f75b298b0',
  fields: {
    name: '1742beaa-be30-4cc2-bc61-131ef5d077c1',
    active: '0bb201d9-b9c7-4574-9096-74a2df9ef6f4',
    rank: 'f6324ac4-1996-49ad-8eee-dbda3372e1ba',
    trigger: '30a0e4ab-181c-435b-a55d-0f8ddd5af964',
    condition: '8df98aed-7ea4-475b-a94f-309f3ad13393',
    actions: '4076be1e-e3ba-43d9-ab73-9ba6069b7a8b',
    stopOnMatch: '48025444-5b92-4262-8d91-2bb08ec48a1e',
    version: 'a7dd709f-18c1-4c40-a721-99f0edd68dcb',
    lastRunAt: '1ae5c305-f9f8-46e5-9bbd-0fbbef80e5ba',
    problem: '13a1aea9-618a-462a-b960-7973f8910995',
  },
};

export const offer = {
  object: '03b4110e-8fb1-4c71-badc-4045afef9248',
  fields: {
    name: 'fe18f452-4c91-4bfc-9f27-9d8324d57b5a',
    headline: '3510e97b-cfbd-44ac-bbaf-aa855688f622',
    kind: '64c436f2-78c1-438f-a4e1-ff4d4dc6e200',
    status: '2bb1c27a-56f1-4f6f-b05c-f5018299c25f',
    value: '32be1998-6647-4b1d-b585-c3d4d1a081d4',
    validUntil: '5e47f6cd-1076-42d1-9ce7-c5477d12391b',
    respondedAt: 'fef3da86-56df-4e7d-a21f-46e5740e7f2c',
    person: '7aa7b500-4ee1-4bc9-a7c7-7e2abcc11f02',
    interaction: '0358b1d2-3a8a-4be2-a87e-9e3394984f0c',
    campaign: 'd60225b4-b089-4d09-a92b-4f46c5ca290b',
    presentedBy: 'ccafc2cf-fc41-4664-89ab-9db20ddf4814',
    problem: 'd415d97d-48b8-4369-9fb5-42790d73cf43',
  },
};

/** Our fields on the standard objects, see `standard.ts`. */

export const personFields = {
  interactions: 'f0b4c25c-888c-4f5d-a014-7322af3bd19d',
  leads: '127639b5-4c0c-4f80-80b2-7ee4ab9373db',
  offers: '97ad3add-e8fb-4d01-8b76-7cbf6c7c0b52',
  serviceLastContactAt: 'cd8581e0-e5f2-46b1-a711-ca831cb2946e',
  serviceLastContactChannel: 'ec143288-4592-4fd2-89ed-6d5b812cfcb2',
  serviceLastContactBy: '90e757fa-1834-41af-a30b-9a4ad3946931',
  serviceLastEmailAt: 'd99cf18c-321c-4bc7-ab73-d854ed079a9d',
  serviceLastEmailSubject: 'e1b7972a-97bd-40ca-bb66-d5fc11226b2d',
  serviceTier: '6f9e228d-10b5-45d0-9564-b213384f847e',
};

export const companyFields = {
  interactions: '9e2e95b7-823c-4906-99c0-054ef7782e74',
  leads: '5fc0b727-2a2b-4c72-9b56-f6077c166ab2',
};

export const opportunityFields = {
  interactions: 'b1e791ef-0951-4979-8218-159da038b71c',
  leads: 'bb46ef90-af38-4d82-8a75-84d08fa11101',
};

export const workspaceMemberFields = {
  agentProfiles: '54408b18-8003-48c3-a2fd-72da65af56cf',
  assignedInteractions: 'cc696ac6-9d38-45d3-ac76-659944c6a313',
  ownedCampaigns: 'f1736f73-b0be-4b5d-b44c-3f26f2f51eaa',
  ownedLeads: 'ef81de0e-1c68-42d7-8f63-84bdd6a9d179',
  presentedOffers: '7f24fd00-1468-4638-b6c6-c008f34bb06b',
  lastContactedPeople: '955f2197-70f0-4c96-82f9-87bbcb20bed9',
};

export const frontComponents = {
  deskTab: '0347d1e9-8e56-4d36-acbc-45753974754a',
  desk: 'da22e132-1344-4e5e-b36f-689913901586',
  serviceTab: 'e38111f6-5d2f-41cf-9819-e2078568b280',
  presence: '6c1c088f-1684-4dfd-bc2e-64e7261b291b',
  administration: '94f61634-a4bf-4cf0-b95c-da9f313987f7',
  administrationTab: 'c81aa4d5-fdb8-4d75-984c-f1bd0b53afe9',
  interactionNotice: '66c398d8-4f96-4d3a-894b-8e1f4c3ffc42',
  queueNotice: 'febf93d2-ee73-4b9b-9742-44d7a10597ae',
  agentProfileNotice: '0531ad49-0d00-432e-a36c-871feb03a239',
  queueMemberNotice: 'c09c799f-9747-48ce-8bb8-e637346fa4f4',
  slaPolicyNotice: '71c0ab5a-8805-42f6-b709-60b6fc6ab96a',
  automationRuleNotice: '1cf35383-9440-478e-8be6-7f40f8f03462',
};

export const pageLayouts = {
  desk: '4010042c-f73f-4f64-88b7-c07b3c8484f6',
  administration: '87783fdd-d2fc-45d7-86f9-b668847d56e2',
};

export const views = {
  interactions: '160431b4-f280-44e9-968c-27fc9d0fda35',
  myWork: 'e8dde47a-eaae-4887-a340-d74270e4dee0',
  waitingByQueue: 'f426ab29-ac33-4fba-82fc-eeb05af51e4a',
  slaAtRisk: '2cb09531-f599-49be-a2bc-4b1677426273',
  myLeads: '459e0326-102d-4d99-b41d-7fd60b01a2a7',
};

/** The views that say which fields a record page shows, and in which order. */
export const recordFields = {
  interaction: 'c6cc8521-ca62-43a3-969d-fa68dbdda091',
  queue: 'a405cd31-9c2f-40d1-8238-fac6bcea4039',
  agentProfile: 'e15d42d4-8282-4a77-9c23-2d7b462ca2fe',
  queueMember: '44830cf2-abf8-4718-a877-5db713bc3aec',
  slaPolicy: '96851e47-c74a-481b-a524-7b37af56cc92',
  campaign: '6f292064-7bb7-4d7c-acc3-f7e5d65e3cff',
  lead: '4129a97e-a9c3-4e95-895b-57645a6c5078',
  automationRule: '21fe3ba8-664a-48c9-917e-bc84c3239b32',
  offer: '25f16041-e45c-4ebc-9fd1-c86b5b9fba80',
};

export const folder = 'f6cff167-6a8e-40f6-a7d8-c6744c242f4f';
