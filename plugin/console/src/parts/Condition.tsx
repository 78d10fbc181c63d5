/** The editor of a condition, for rules and whatever else asks one: checked by the engine while it is typed. */
import { useCallback, useMemo } from 'react';
import { useApolloClient, useQuery } from '@apollo/client/react';
import { CheckConditionDocument, ConditionKnowledgeDocument, type ConditionKnowledgeQuery } from '../generated/operations';
import { gapHintsAt, hintsAt, type KnownField } from '../condition-hints';
import { t } from '../language';
import { fieldWord } from '../rule-words';
import { Code } from './Code';
import type { Problem } from './code-editor';
import type { ControlProps } from './controls';

export type Knowledge = ConditionKnowledgeQuery;
export type RecordKind = 'queue' | 'skill' | 'agent' | 'slaPolicy' | 'disposition' | 'calendar';

/** What conditions can ask for, and the records that they, and the settings of actions, may name. */
export const useKnowledge = (): Knowledge | undefined => useQuery(ConditionKnowledgeDocument, { fetchPolicy: 'cache-and-network' }).data;

/** Records of a kind; none of a kind that this page does not know. */
export const recordsOf = (knowledge: Knowledge | undefined, kind: string): { id: string; name: string }[] =>
  knowledge && kind in knowledge ? knowledge[kind as RecordKind] : [];

/**
 * The fields, with the values that each may have.
 *
 * @param events the types that may set it off; null for any, as with a schedule
 */
export function useFields(knowledge: Knowledge | undefined, events: readonly string[] | null): KnownField[] {
  return useMemo(() => {
    if (!knowledge) return [];
    const known = events?.flatMap((type) => knowledge.eventTypes.find((one) => one.type === type) ?? []) ?? [];
    const withInteraction = known.length === 0 || known.some(({ aboutInteraction }) => aboutInteraction);
    return knowledge.conditionFields
      .filter(({ path }) => withInteraction || path === 'now' || path.startsWith('event.'))
      .map(({ path, type, description, values, reference }) => ({
        path,
        type,
        description: fieldWord(path, description),
        values:
          path === 'event.type'
            ? known.map((one) => one.type)
            : reference
              ? recordsOf(knowledge, reference).map(({ name }) => name)
              : values,
      }));
  }, [knowledge, events]);
}

interface ConditionProps extends ControlProps<string> {
  fields: readonly KnownField[];
}

export function Condition({ fields, hint, ...control }: ConditionProps) {
  const client = useApolloClient();
  const check = useCallback(
    async (condition: string): Promise<Problem | null> => {
      // Where the engine does not answer, it says what is wrong when the condition is saved.
      const answer = await client
        .query({ query: CheckConditionDocument, variables: { condition }, fetchPolicy: 'no-cache' })
        .catch(() => null);
      return answer?.data?.checkCondition ?? null;
    },
    [client],
  );
  return (
    <Code
      {...control}
      language="condition"
      placeholder={t('Always')}
      hint={hint ?? t('Empty is always. Ctrl+Space offers names and values; Tab takes one over.')}
      hints={(before) => hintsAt(before, fields)}
      check={check}
    />
  );
}

interface TemplateProps extends ControlProps<string> {
  fields: readonly KnownField[];
  /** More than one line. */
  lines: boolean;
}

/** A text with gaps for fields. */
export const Template = ({ fields, lines, ...control }: TemplateProps) => (
  <Code {...control} language="template" single={!lines} hints={(before) => gapHintsAt(before, fields)} />
);
