/** To what part of the contact center a right is bounded. */
import { useQuery } from '@apollo/client/react';
import { asNamed } from '@patchbay/pages/names';
import { BoundsChoicesDocument, type BoundsInput, type Role } from '../generated/operations';
import { t } from '../language';
import { BOUNDED_ROLES } from '../words';
import { Pick } from './controls';
import '../styles/form.css';

/** The form of the API with every list in it. */
export type PickedBounds = Required<BoundsInput>;

export const NO_BOUNDS: PickedBounds = { departments: [], queueIds: [], teamIds: [] };

/** Null for the whole contact center. */
export const boundsInput = (role: Role, { departments, queueIds, teamIds }: PickedBounds): PickedBounds | null =>
  BOUNDED_ROLES.includes(role) && [departments, queueIds, teamIds].some((ids) => ids.length > 0)
    ? { departments, queueIds, teamIds }
    : null;

interface BoundsPicksProps {
  /** One of BOUNDED_ROLES. */
  role: Role;
  value: PickedBounds;
  error?: string | null;
  onChange: (part: Partial<PickedBounds>) => void;
}

export function BoundsPicks({ role, value, error = null, onChange }: BoundsPicksProps) {
  const { data } = useQuery(BoundsChoicesDocument);
  const queues = (data?.queues.edges ?? []).map(({ node }) => asNamed(node));
  const departments = [...new Set(queues.map(({ department }) => department))].sort().map((id) => ({ id, name: id }));
  return (
    <fieldset className="group wide">
      <legend>{t('Limited to')}</legend>
      <p className="hint">
        {role === 'TEAM_LEAD'
          ? t('Choose at least one. A team gives its agents and the work that they hold; queues and departments give all their work.')
          : t('With nothing chosen, the right is over the whole contact center. A team gives its agents and the work that they hold.')}
      </p>
      <div className="group-row">
        <Pick
          several
          label={t('Departments')}
          placeholder={t('None')}
          options={departments}
          value={value.departments}
          onChange={(ids) => onChange({ departments: ids })}
        />
        <Pick
          several
          label={t('Queues')}
          placeholder={t('None')}
          options={queues}
          value={value.queueIds}
          onChange={(queueIds) => onChange({ queueIds })}
        />
        <Pick
          several
          label={t('Teams')}
          placeholder={t('None')}
          options={data?.teams ?? []}
          value={value.teamIds}
          onChange={(teamIds) => onChange({ teamIds })}
        />
      </div>
      {error !== null && <p className="field-error">{error}</p>}
    </fieldset>
  );
}
