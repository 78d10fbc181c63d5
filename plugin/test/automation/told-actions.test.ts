/** What each action of rules says that it does, in English and by code and facts. */
import { CallWebhookAction } from '../../src/automation/call-webhook.action.js';
import { NotifyAction } from '../../src/automation/notify.action.js';
import type { Occasion } from '../../src/automation/rule-action.js';
import { AssignAction } from '../../src/interactions/assign.action.js';
import { CreateInteractionAction } from '../../src/interactions/create-interaction.action.js';
import { CreateTaskAction } from '../../src/interactions/create-task.action.js';
import { ReplyAction } from '../../src/interactions/reply.action.js';
import { SetFieldsAction } from '../../src/interactions/set-fields.action.js';
import { SetPriorityAction } from '../../src/interactions/set-priority.action.js';
import { SetQueueAction } from '../../src/interactions/set-queue.action.js';
import { SetSkillsAction } from '../../src/interactions/set-skills.action.js';
import { SetSlaPolicyAction } from '../../src/interactions/set-sla-policy.action.js';
import type { Config } from '../../src/platform/config.js';
import { TOLD_ACTIONS, TOLD_SKILLS } from './told-actions.js';

const NONE = undefined as never;
const names = { of: (_kind: string, id: string): string => `<${id}>` };
const made = { channel: 'CASE' as const, direction: 'INBOUND' as const, subject: 'File', link: true };
const skills = [
  { skill: 'a', minLevel: 4, mandatory: false },
  { skill: 'b', minLevel: 1, mandatory: true },
];
const webhook = new CallWebhookAction(NONE, { WEBHOOK_ALLOW: [] as string[] } as Config);
const setSkills = new SetSkillsAction(NONE, NONE);
const setPriority = new SetPriorityAction(NONE, NONE);
const setPolicy = new SetSlaPolicyAction(NONE, NONE);

test('each action says what it does, records by name', () => {
  expect({
    assign: new AssignAction(NONE, NONE).summary({ agent: 'a' }, names),
    webhook: webhook.summary({ url: 'https://h.example/x?key=1', secret: 's' }),
    case: new CreateInteractionAction(NONE).summary(made, names),
    queuedCase: new CreateInteractionAction(NONE).summary({ ...made, queue: 'q' }, names),
    task: new CreateTaskAction(NONE).summary({ queue: 'q', subject: 'For {{ customer.name }}' }, names),
    notify: new NotifyAction(NONE).summary({ agents: ['a'], roles: ['ADMIN'], text: 'Fire' }, names),
    reply: new ReplyAction(NONE).summary({ text: 'x'.repeat(101) }),
    subject: new SetFieldsAction(NONE).summary({ subject: 'S' }),
    both: new SetFieldsAction(NONE).summary({ subject: 'S', description: 'D' }),
    description: new SetFieldsAction(NONE).summary({ description: 'D' }),
    priority: setPriority.summary({ to: 0 }),
    raise: setPriority.summary({ by: 5 }),
    lower: setPriority.summary({ by: -5 }),
    queue: new SetQueueAction(NONE, NONE).summary({ queue: 'q' }, names),
    skills: setSkills.summary({ mode: 'replace', skills }, names),
    moreSkills: setSkills.summary({ mode: 'add', skills }, names),
    noSkills: setSkills.summary({ mode: 'replace', skills: [] }, names),
    policy: setPolicy.summary({ policy: 'p' }, names),
    ownPolicy: setPolicy.summary({ policy: null }, names),
  }).toEqual(TOLD_ACTIONS);
});

test('what it asks for beside what was asked for is told as well', () => {
  const occasion = { names, facts: { interaction: { skills: ['Czech'] } } } as Occasion;
  const [effect] = setSkills.describe({ mode: 'add', skills }, occasion);
  expect(effect).toMatchObject({ before: 'Czech', after: TOLD_SKILLS.text, afterTold: TOLD_SKILLS.told });
});
