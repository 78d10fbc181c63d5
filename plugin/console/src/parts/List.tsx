/**
 * The list, once for every kind of record: filters, order, columns and selection, with what is done to the selected rows, the
 * export, and what it says where it is empty, loads or fails. What it shows stands in the address.
 */
import { lazy, Suspense, useState, type ReactNode } from 'react';
import { Button } from 'react-aria-components/Button';
import { Cell, Column, Row, Table, TableBody, TableHeader } from 'react-aria-components/Table';
import { Menu, MenuItem, MenuTrigger } from 'react-aria-components/Menu';
import { Popover } from 'react-aria-components/Popover';
import type { DragAndDropHooks } from 'react-aria-components/useDragAndDrop';
import { Link } from 'react-router';
import { number, t } from '../language';
import { problemOf } from '../problem';
import type { Bulk as BulkOfRows, ListAction } from './Bulk';
import { Check, Pick, Search, type Option } from './controls';
import { Icon } from './Icon';
import { brought } from './later';
import type { ListState } from './list-state';
import { Empty, Failed, Loading } from './States';
import type { Rows } from './useRows';

export interface ListColumn<T> {
  id: string;
  title: string;
  /** As plain text: for the export, and for the cell where nothing else is said. */
  text: (row: T) => string;
  cell?: (row: T) => ReactNode;
  /** The server, or the page, sorts by it. */
  sorts?: boolean;
  /** Shown only where it is chosen. */
  extra?: boolean;
  numeric?: boolean;
  /** One line, cut off where it is longer than most. */
  clips?: 'name' | 'text';
}

export type ListFilter =
  | { id: string; label: string; kind: 'search' }
  | { id: string; label: string; kind: 'day' }
  | {
      id: string;
      label: string;
      kind: 'one' | 'several';
      options: readonly Option[];
      /** What it is called where nothing is chosen. */
      all?: string;
    };

export type { ListAction } from './Bulk';

interface ListProps<T> {
  title: string;
  /** Of the exported file. */
  name: string;
  list: Rows<T>;
  state: ListState;
  /** The first is the row's name and leads to its page. */
  columns: readonly ListColumn<T>[];
  filters?: readonly ListFilter[];
  actions?: readonly ListAction<T>[];
  to: (row: T) => string;
  nameOf: (row: T) => string;
  create?: { label: string; to: string } | undefined;
  /** Rows are put into another order by dragging, or with the keyboard from their handle. */
  order?: DragAndDropHooks | undefined;
  /** Where there is no row at all, without any filter. */
  empty: { title: string; text: string };
  /** Views of the list that are kept. */
  views?: ReactNode;
}

/** Comes once the list is there: nobody has selected a row before. */
const Bulk = lazy(() => brought(async () => ({ default: (await import('./Bulk')).Bulk }))) as typeof BulkOfRows;

/** So many rows a file gets at most; whoever needs more narrows the list, or asks the API. */
const EXPORTED = 20_000;

export function List<T extends { id: string }>({
  title,
  name,
  list,
  state,
  columns,
  filters = [],
  actions = [],
  to,
  nameOf,
  create,
  order,
  empty,
  views,
}: ListProps<T>) {
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const shown = columns.filter(({ id, extra }) => (state.columns ? state.columns.includes(id) : !extra));
  const { rows, total, problem } = list;
  const chosen = (rows ?? []).filter(({ id }) => selected.has(id));
  const isEmpty = rows?.length === 0 && !state.filtered;
  return (
    <section className="page list-page" aria-label={title}>
      <header className="page-head">
        <h1>{title}</h1>
        {total !== null && rows !== undefined && (
          <span className="faint figure">{list.uncounted ? t('more than {{number}}', { number: number(total) }) : number(total)}</span>
        )}
        <span className="spacer" />
        {views}
        {!isEmpty && (
          <>
            <ColumnMenu columns={columns} shown={shown.map(({ id }) => id)} choose={state.setColumns} />
            <ExportButton name={name} columns={shown} all={list.all} />
          </>
        )}
        {/* An empty list has it below, beside what it is for. */}
        {create && !isEmpty && (
          <Link className="button primary" to={create.to}>
            <Icon name="add" /> {create.label}
          </Link>
        )}
      </header>
      {filters.length > 0 && !isEmpty && (
        <div className="filters" role="search" aria-label={t('Filters')}>
          {filters.map((filter) => (
            <Filter key={filter.id} filter={filter} state={state} />
          ))}
          {state.filtered && (
            <button type="button" className="button quiet" onClick={state.clear}>
              {t('Clear filters')}
            </button>
          )}
        </div>
      )}
      {actions.length > 0 && (
        <Suspense fallback={null}>
          <Bulk rows={chosen} actions={actions} nameOf={nameOf} done={() => setSelected(new Set())} again={list.again} />
        </Suspense>
      )}
      {problem && rows === undefined ? (
        <Failed problem={problem} again={list.again} />
      ) : rows === undefined ? (
        <Loading />
      ) : rows.length === 0 ? (
        state.filtered ? (
          <Empty title={t('Nothing matches')}>
            <button type="button" className="button" onClick={state.clear}>
              {t('Clear filters')}
            </button>
          </Empty>
        ) : (
          <Empty title={empty.title} text={empty.text}>
            {create && (
              <Link className="button primary" to={create.to}>
                {create.label}
              </Link>
            )}
          </Empty>
        )
      ) : (
        <>
          <div className="table-frame" data-stale={list.loading || undefined}>
            <Rows
              title={title}
              rows={rows}
              columns={shown}
              state={state}
              to={to}
              nameOf={nameOf}
              order={order}
              selection={actions.length > 0 ? { selected, select: setSelected } : null}
            />
          </div>
          {problem && (
            <p className="problem" role="alert">
              <span>{problem.message}</span>
              <button type="button" className="button small" onClick={list.again}>
                {t('Try again')}
              </button>
            </p>
          )}
          {list.more && (
            <button type="button" className="button more" disabled={list.loading} onClick={list.more}>
              {t('Show more')}
            </button>
          )}
        </>
      )}
    </section>
  );
}

interface RowsProps<T> {
  title: string;
  rows: readonly T[];
  columns: readonly ListColumn<T>[];
  state: ListState;
  to: (row: T) => string;
  nameOf: (row: T) => string;
  order: DragAndDropHooks | undefined;
  selection: { selected: ReadonlySet<string>; select: (ids: ReadonlySet<string>) => void } | null;
}

function Rows<T extends { id: string }>({ title, rows, columns, state, to, nameOf, order, selection }: RowsProps<T>) {
  return (
    <Table
      aria-label={title}
      className="table"
      {...(order && { dragAndDropHooks: order })}
      selectionMode={selection ? 'multiple' : 'none'}
      selectedKeys={selection ? [...selection.selected] : []}
      onSelectionChange={(keys) => selection?.select(new Set(keys === 'all' ? rows.map(({ id }) => id) : [...keys].map(String)))}
      {...(state.sort && { sortDescriptor: { column: state.sort.column, direction: state.sort.descending ? 'descending' : 'ascending' } })}
      onSortChange={({ column, direction }) => state.setSort({ column: String(column), descending: direction === 'descending' })}
    >
      <TableHeader>
        {order && (
          <Column className="table-check">
            <span className="hidden">{t('Order')}</span>
          </Column>
        )}
        {selection && (
          <Column className="table-check">
            <Check slot="selection" label={t('Select all')} />
          </Column>
        )}
        {columns.map(({ id, title: columnTitle, sorts, numeric }, at) => (
          <Column key={id} id={id} isRowHeader={at === 0} allowsSorting={sorts ?? false} className={numeric ? 'numeric' : ''}>
            {({ sortDirection }) => (
              <>
                {columnTitle}
                {sorts && (
                  <span className="sort" aria-hidden="true">
                    {sortDirection === 'ascending' ? '↑' : sortDirection === 'descending' ? '↓' : ''}
                  </span>
                )}
              </>
            )}
          </Column>
        ))}
      </TableHeader>
      <TableBody>
        {rows.map((row) => (
          <Row key={row.id} id={row.id} textValue={nameOf(row)}>
            {order && (
              <Cell className="table-check">
                <Button slot="drag" className="button quiet small handle">
                  <Icon name="handle" />
                </Button>
              </Cell>
            )}
            {selection && (
              <Cell className="table-check">
                <Check slot="selection" label={t('Select')} />
              </Cell>
            )}
            {columns.map(({ id, cell, text, numeric, clips }, at) => (
              <Cell key={id} className={numeric ? 'numeric figure' : clips ? `clips ${clips}` : ''}>
                {at === 0 ? (
                  <Link className="row-link" to={to(row)}>
                    {cell ? cell(row) : text(row)}
                  </Link>
                ) : cell ? (
                  cell(row)
                ) : clips ? (
                  <span title={text(row)}>{text(row)}</span>
                ) : (
                  text(row)
                )}
              </Cell>
            ))}
          </Row>
        ))}
      </TableBody>
    </Table>
  );
}

function Filter({ filter, state }: { filter: ListFilter; state: ListState }) {
  if (filter.kind === 'search')
    return <Search label={filter.label} value={state.get(filter.id)} onChange={(value) => state.set(filter.id, value)} />;
  if (filter.kind === 'day')
    return (
      <label className="field pick-inline">
        <span>{filter.label}</span>
        <input
          type="date"
          className="day"
          value={state.get(filter.id)}
          onChange={({ currentTarget }) => state.set(filter.id, currentTarget.value)}
        />
      </label>
    );
  if (filter.kind === 'one')
    return (
      <Pick
        label={filter.label}
        inline
        value={state.get(filter.id)}
        options={[{ id: '', name: filter.all ?? t('All') }, ...filter.options]}
        onChange={(value) => state.set(filter.id, value)}
      />
    );
  return (
    <Pick
      several
      inline
      label={filter.label}
      placeholder={filter.all ?? t('All')}
      value={state.all(filter.id)}
      options={filter.options}
      onChange={(value) => state.set(filter.id, value)}
    />
  );
}

interface ColumnMenuProps<T> {
  columns: readonly ListColumn<T>[];
  shown: readonly string[];
  choose: (columns: readonly string[] | null) => void;
}

function ColumnMenu<T>({ columns, shown, choose }: ColumnMenuProps<T>) {
  return (
    <MenuTrigger>
      <Button className="button quiet">
        <Icon name="columns" /> {t('Columns')}
      </Button>
      <Popover className="menu-popover" placement="bottom end">
        <Menu
          aria-label={t('Columns')}
          selectionMode="multiple"
          disallowEmptySelection
          disabledKeys={columns.slice(0, 1).map(({ id }) => id)}
          selectedKeys={shown}
          onSelectionChange={(keys) => choose(columns.map(({ id }) => id).filter((id) => keys === 'all' || keys.has(id)))}
        >
          {columns.map(({ id, title }) => (
            <MenuItem key={id} id={id}>
              {title}
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}

interface ExportProps<T> {
  name: string;
  columns: readonly ListColumn<T>[];
  all: Rows<T>['all'];
}

function ExportButton<T>({ name, columns, all }: ExportProps<T>) {
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState<string | null>(null);
  const run = async (): Promise<void> => {
    setBusy(true);
    setFailed(null);
    try {
      const [{ csv }, { save }, rows] = await Promise.all([
        brought(() => import('../csv')),
        brought(() => import('./save-file')),
        all(EXPORTED),
      ]);
      save(`${name}.csv`, 'text/csv', csv([columns.map(({ title }) => title), ...rows.map((row) => columns.map(({ text }) => text(row)))]));
    } catch (error) {
      setFailed(problemOf(error).message);
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      {failed !== null && (
        <span role="alert" className="bad-text">
          {failed}
        </span>
      )}
      <button type="button" className="button quiet" disabled={busy} onClick={() => void run()}>
        <Icon name="export" /> {t('Export CSV')}
      </button>
    </>
  );
}
