/** From a record of the CRM to the page of what it is here. */
import { Link, Navigate, useParams } from 'react-router';
import { RecordOfCrmDocument } from '../generated/operations';
import { t } from '../language';
import { Record } from '../parts/Record';
import { Empty } from '../parts/States';
import { ownPath } from './crm-words';

export default function RecordOfCrm() {
  const { id = '' } = useParams();
  return (
    <Record document={RecordOfCrmDocument} variables={{ hostId: id }}>
      {({ recordOfCrm }, reread) => {
        const path = recordOfCrm && ownPath(recordOfCrm.kind, recordOfCrm.id);
        if (path != null) return <Navigate to={path} replace />;
        return (
          <Empty
            title={t('The contact center does not have this record')}
            text={t('It may have been made in the CRM just now, or what was entered there was refused: the page of the CRM says why.')}
          >
            <p className="row">
              <button type="button" className="button primary" onClick={() => void reread().catch(() => undefined)}>
                {t('Try again')}
              </button>
              <Link className="button" to="/crm">
                {t('CRM')}
              </Link>
            </p>
          </Empty>
        );
      }}
    </Record>
  );
}
