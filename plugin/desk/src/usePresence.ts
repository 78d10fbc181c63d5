/** Sets the agent's own presence and channels, with the way back in a toast. */
import { useApolloClient, useQuery } from '@apollo/client/react';
import type { Translated } from '@patchbay/pages/names';
import type { Work } from './desk-state';
import { PresenceStatusesDocument, SetPresenceDocument, type SetPresenceInput } from './generated/operations';
import type { Problem } from './problem';
import { statusWord } from './statuses';
import { useToast } from './Toasts';
import { useCommand } from './useCommand';
import { t } from './language';

export interface PresenceCommand {
  set(input: SetPresenceInput): Promise<boolean>;
  busy: boolean;
  problem: Problem | null;
  clear(): void;
}

/** What would set the presence to what it is now: also how *not responding* is ended. */
export const asItIs = (agent: Work['agent']): SetPresenceInput => ({
  statusId: agent.presence.status.id,
  reason: agent.presence.reason,
});

/** The status that one press sets to get work again; undefined where each asks for a reason, or while they load. */
export function useAvailableStatus(): (Translated & { id: string }) | undefined {
  const { data } = useQuery(PresenceStatusesDocument);
  return data?.presenceStatuses.find((status) => status.availability === 'AVAILABLE' && status.reasons.length === 0);
}

export function usePresence(agent: Work['agent'] | undefined): PresenceCommand {
  const client = useApolloClient();
  const toast = useToast();
  const command = useCommand(SetPresenceDocument);
  return {
    busy: command.busy,
    problem: command.problem,
    clear: command.clear,
    set: async (input) => {
      const before = agent && { ...asItIs(agent), channels: agent.channels };
      const answer = await command.run({ input });
      if (!answer) return false;
      const { status, reason } = answer.setPresence.agent.presence;
      if (before && (before.statusId !== status.id || before.reason !== reason)) {
        const name = statusWord(status);
        toast({
          text: t('Your presence is now {{presence}}.', { presence: reason === null ? name : `${name}, ${reason}` }),
          undo: {
            label: t('Undo'),
            run: () => client.mutate({ mutation: SetPresenceDocument, variables: { input: before } }),
          },
        });
      }
      return true;
    },
  };
}
