/** The views that are kept of the list: opened, saved, and looked after. The address says what is shown; a view is an address with a name. */
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { useMutation, useQuery } from '@apollo/client/react';
import { Button } from 'react-aria-components/Button';
import { Dialog, DialogTrigger } from 'react-aria-components/Dialog';
import { Popover } from 'react-aria-components/Popover';
import { Link, useSearchParams } from 'react-router';
import {
  ChooseViewDocument,
  CreateViewDocument,
  DeleteViewDocument,
  SavedViewsDocument,
  UpdateViewDocument,
  type ViewsFragment,
} from '../generated/operations';
import { t } from '../language';
import { Check } from '../parts/controls';
import { Icon } from '../parts/Icon';
import { problemOf } from '../problem';
import { useMay } from '../session';
import '../styles/saved-views.css';

/** Comes when a view is named. */
const TextInput = lazy(() => import('../parts/inputs').then((inputs) => ({ default: inputs.TextInput })));

export function SavedViews() {
  const [params, setParams] = useSearchParams();
  const { data, refetch } = useQuery(SavedViewsDocument, { fetchPolicy: 'cache-and-network' });
  const views = data?.savedViews ?? [];
  const chosen = views.find(({ isDefault }) => isDefault);
  // Only an address that asks for nothing begins with the default, and only once: whoever clears the filters wants them gone.
  const begins = useRef(params.size === 0);
  useEffect(() => {
    if (!data || !begins.current) return;
    begins.current = false;
    if (chosen) setParams(new URLSearchParams(chosen.query), { replace: true });
  }, [data, chosen, setParams]);
  const query = params.toString();
  const open = views.find((view) => view.query === query);
  return (
    <DialogTrigger>
      <Button className="button quiet">
        <Icon name="views" /> {open ? open.name : t('Views')}
      </Button>
      <Popover className="menu-popover" placement="bottom end">
        <Dialog className="saved-views" aria-label={t('Views')}>
          {({ close }) => (
            <>
              {views.length === 0 && <p className="faint">{t('No view is saved yet.')}</p>}
              <ul className="lines">
                {views.map((view) => (
                  <View key={view.id} view={view} query={query} opened={close} changed={() => void refetch()} />
                ))}
              </ul>
              <Save query={query} saved={() => void refetch()} />
            </>
          )}
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}

interface ViewProps {
  view: ViewsFragment;
  /** What the list shows now. */
  query: string;
  opened: () => void;
  changed: () => void;
}

function View({ view, query, opened, changed }: ViewProps) {
  const admin = useMay(['ADMIN']);
  const [update] = useMutation(UpdateViewDocument);
  const [remove] = useMutation(DeleteViewDocument);
  const [choose] = useMutation(ChooseViewDocument);
  const [name, setName] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const run = (change: Promise<unknown>): void => {
    setProblem(null);
    change
      .then(() => {
        setName(null);
        changed();
      })
      .catch((error: unknown) => setProblem(problemOf(error).message));
  };
  const { id, isDefault } = view;
  return (
    <li>
      <p className="row">
        <Link to={{ search: view.query }} onClick={opened} aria-current={view.query === query || undefined}>
          {view.name}
        </Link>
        {view.shared && <span className="tag">{view.mine ? t('For everybody') : view.ownerName}</span>}
        <span className="spacer" />
        <button type="button" className="button quiet small" onClick={() => run(choose({ variables: { id: isDefault ? null : id } }))}>
          {isDefault ? t('Begin without it') : t('Begin with it')}
        </button>
        {(view.mine || admin) && (
          <>
            {view.query !== query && (
              <button type="button" className="button quiet small" onClick={() => run(update({ variables: { input: { id, query } } }))}>
                {t('Replace by what is shown')}
              </button>
            )}
            <button type="button" className="button quiet small" onClick={() => setName(name === null ? view.name : null)}>
              {t('Rename')}
            </button>
            <button type="button" className="button quiet small" onClick={() => run(remove({ variables: { id } }))}>
              {t('Delete')}
            </button>
          </>
        )}
      </p>
      {name !== null && (
        <form
          className="row"
          onSubmit={(event) => {
            event.preventDefault();
            run(update({ variables: { input: { id, name } } }));
          }}
        >
          <Suspense fallback={null}>
            <TextInput label={t('Name')} value={name} onChange={setName} autoFocus />
          </Suspense>
          <button type="submit" className="button small" disabled={name.trim() === ''}>
            {t('Save')}
          </button>
        </form>
      )}
      {problem !== null && (
        <p className="bad-text" role="alert">
          {problem}
        </p>
      )}
    </li>
  );
}

function Save({ query, saved }: { query: string; saved: () => void }) {
  const mayShare = useMay(['ADMIN', 'SUPERVISOR']);
  const [create] = useMutation(CreateViewDocument);
  const [name, setName] = useState('');
  const [shared, setShared] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const save = (): void => {
    setProblem(null);
    create({ variables: { input: { idempotencyKey: crypto.randomUUID(), name, query, shared } } })
      .then(() => {
        setName('');
        saved();
      })
      .catch((error: unknown) => setProblem(problemOf(error).message));
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <Suspense fallback={null}>
        <TextInput label={t('Save what is shown as')} value={name} onChange={setName} error={problem} />
      </Suspense>
      {mayShare && <Check label={t('For everybody')} value={shared} onChange={setShared} />}
      <button type="submit" className="button primary" disabled={name.trim() === ''}>
        {t('Save view')}
      </button>
    </form>
  );
}
