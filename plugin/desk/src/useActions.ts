/** Does what the action bar offers: at once where nothing is to be asked, else by opening the form that asks. */
import { useState } from 'react';
import { useApolloClient } from '@apollo/client/react';
import type { WorkItemFacts } from './desk-state';
import { AwaitCustomerDocument, EndInteractionDocument, HoldInteractionDocument, ResumeInteractionDocument } from './generated/operations';
import { problemOf, type Problem } from './problem';
import { useToast } from './Toasts';
import type { Action, ActionKind } from './work';
import { t } from './language';

export interface Actions {
  perform(action: Pick<Action, 'kind' | 'asks'>, item: WorkItemFacts): void;
  /** Ends the conversation, once that has been confirmed. */
  end(item: WorkItemFacts): Promise<boolean>;
  /** Also for the composer: "send and wait". */
  awaitCustomer(item: WorkItemFacts): Promise<boolean>;
  busy: boolean;
  /** Refused last, and on which interaction. */
  refusal: { id: string; problem: Problem } | null;
}

export function useActions(open: (kind: ActionKind) => void): Actions {
  const client = useApolloClient();
  const toast = useToast();
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Actions['refusal']>(null);

  const run = async <T>(item: WorkItemFacts, work: () => Promise<T>): Promise<T | null> => {
    setBusy(true);
    setRefusal(null);
    try {
      return await work();
    } catch (error) {
      setRefusal({ id: item.id, problem: problemOf(error) });
      return null;
    } finally {
      setBusy(false);
    }
  };

  const hold = (item: WorkItemFacts) => run(item, () => client.mutate({ mutation: HoldInteractionDocument, variables: { id: item.id } }));
  const resume = (item: WorkItemFacts) =>
    run(item, () => client.mutate({ mutation: ResumeInteractionDocument, variables: { id: item.id } }));
  const awaitCustomer = async (item: WorkItemFacts): Promise<boolean> => {
    const answer = await run(item, () => client.mutate({ mutation: AwaitCustomerDocument, variables: { id: item.id } }));
    const after = answer?.data?.awaitCustomer.interaction;
    if (!after) return false;
    toast({
      text: t('#{{number}} waits for the customer.', { number: item.number }),
      undo: after.legalCommands.includes('RESUME')
        ? { label: t('Undo'), run: () => client.mutate({ mutation: ResumeInteractionDocument, variables: { id: item.id } }) }
        : undefined,
    });
    return true;
  };

  return {
    busy,
    refusal,
    awaitCustomer,
    end: async (item) => (await run(item, () => client.mutate({ mutation: EndInteractionDocument, variables: { id: item.id } }))) !== null,
    perform: ({ kind, asks }, item) => {
      if (asks) open(kind);
      else if (kind === 'hold') void hold(item);
      else if (kind === 'resume') void resume(item);
      else if (kind === 'await') void awaitCustomer(item);
    },
  };
}
