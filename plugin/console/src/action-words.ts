/** What the actions of rules are called: needed by more pages than what else is said of rules. */
import { t } from './language';

/** What an action is called. */
export const actionWord = (type: string, english: string): string =>
  (
    ({
      assign: t('Give to an agent'),
      'call-webhook': t('Call a webhook'),
      'create-interaction': t('Make another interaction'),
      'create-task': t('Make a task'),
      notify: t('Tell somebody'),
      reply: t('Answer the customer'),
      'set-fields': t('Set subject and description'),
      'set-priority': t('Set the priority'),
      'set-queue': t('Put into a queue'),
      'set-skills': t('Ask for skills'),
      'set-sla-policy': t('Set the SLA policy'),
    }) as Readonly<Record<string, string>>
  )[type] ?? english;
