/** The page of a record whose whole list the API gives in one answer: found in it, changed or made by a form. */
import type { ReactNode } from 'react';
import type { OperationVariables, TypedDocumentNode } from '@apollo/client';
import { useNavigate, useParams } from 'react-router';
import { t } from '../language';
import { useMay } from '../session';
import { FormPage } from './FormPage';
import { History } from './History';
import { Record as Asked } from './Record';
import { Gone } from './States';
import { useForm, type Form } from './useForm';

interface ShortRecordProps<D, R extends { id: string }, V extends object> {
  /** Names what is kept of the form, such as team. */
  kind: string;
  document: TypedDocumentNode<D, Record<string, never>>;
  rowsOf: (data: D) => readonly R[];
  back: { to: string; title: string };
  titleOfNew: string;
  titleOf: (record: R) => string;
  aside?: (record: R) => ReactNode;
  empty: V;
  valuesOf: (record: R) => V;
  labels: Readonly<Record<keyof V & string, string>>;
  word?: (field: keyof V & string, value: unknown) => string;
  create: (values: V) => Promise<unknown>;
  /** Left out where the API does not change what is made. */
  update?: (id: string, change: Partial<V>) => Promise<unknown>;
  /** The controls. */
  children: (form: Form<V>, isNew: boolean) => ReactNode;
  /** Below the form, by what stands in it, saved or not. */
  below?: (form: Form<V>, record: R | null) => ReactNode;
  /** Below that. */
  more?: (record: R) => ReactNode;
}

export function ShortRecord<D, R extends { id: string }, V extends object>(props: ShortRecordProps<D, R, V>) {
  const { id = 'new' } = useParams();
  if (id === 'new') return <NewRecord {...props} />;
  return (
    <Asked document={props.document as TypedDocumentNode<D, OperationVariables>} variables={{}}>
      {(data, reread) => {
        const find = (from: D): R | undefined => props.rowsOf(from).find((one) => one.id === id);
        const record = find(data);
        if (!record) return <Gone />;
        return <KnownRecord key={id} {...props} record={record} reread={async () => find(await reread()) ?? record} />;
      }}
    </Asked>
  );
}

function NewRecord<D, R extends { id: string }, V extends object>(props: ShortRecordProps<D, R, V>) {
  const { kind, back, titleOfNew, empty, labels, create, children } = props;
  const navigate = useNavigate();
  const admin = useMay(['ADMIN']);
  const form = useForm<V>({
    name: `${kind}.new`,
    stored: empty,
    fields: Object.keys(labels) as (keyof V & string)[],
    save: async (values) => {
      await create(values);
      void navigate(back.to);
    },
  });
  return (
    <FormPage
      back={back}
      title={titleOfNew}
      form={form}
      verb={admin ? t('Create') : null}
      labels={labels}
      more={props.below?.(form, null)}
      {...(props.word && { word: props.word })}
    >
      {children(form, true)}
    </FormPage>
  );
}

interface KnownProps<D, R extends { id: string }, V extends object> extends ShortRecordProps<D, R, V> {
  record: R;
  reread: () => Promise<R>;
}

function KnownRecord<D, R extends { id: string }, V extends object>(props: KnownProps<D, R, V>) {
  const { kind, record, reread, back, titleOf, aside, valuesOf, labels, update, children, more } = props;
  const admin = useMay(['ADMIN']);
  const form = useForm<V>({
    name: `${kind}.${record.id}`,
    stored: valuesOf(record),
    fields: Object.keys(labels) as (keyof V & string)[],
    reread: async () => valuesOf(await reread()),
    save: (_, change) => update?.(record.id, change) ?? Promise.resolve(),
  });
  return (
    <FormPage
      back={back}
      title={titleOf(record)}
      aside={aside?.(record)}
      form={form}
      verb={admin && update ? t('Save') : null}
      labels={labels}
      more={
        <>
          {props.below?.(form, record)}
          {more?.(record)}
          <History about={kind === 'channel' ? 'CHANNEL' : record.id} />
        </>
      }
      {...(props.word && { word: props.word })}
    >
      {children(form, false)}
    </FormPage>
  );
}
