/** Above the fields of a record: whether its last edit is in force, and if not, why. */
import { type CSSProperties, useEffect, useState } from 'react';
import { enqueueSnackbar, useSelectedRecordIds, useTranslate } from 'twenty-sdk/front-component';
import { freshToken, givenToken, twentyAddress } from './host';
import { problemOf } from './problem';

/** An edit is answered within seconds; Twenty tells components nothing of its own accord. */
const LOOK_MS = 4_000;

const box: CSSProperties = {
  borderRadius: 'var(--t-border-radius-sm)',
  boxSizing: 'border-box',
  color: 'var(--t-font-color-tertiary)',
  fontFamily: 'var(--t-font-family)',
  fontSize: 'var(--t-font-size-sm)',
  lineHeight: 1.5,
  overflowWrap: 'anywhere',
  padding: 'var(--t-spacing-2)',
  width: '100%',
};

const refused: CSSProperties = {
  ...box,
  background: 'var(--t-background-danger)',
  border: '1px solid var(--t-border-color-danger)',
  color: 'var(--t-font-color-danger)',
  fontSize: 'var(--t-font-size-md)',
};

export const RecordNotice = ({ plural }: { plural: string }) => {
  const { t } = useTranslate();
  const [id] = useSelectedRecordIds();
  const [problem, setProblem] = useState<string | null>(null);

  useEffect(() => {
    if (!id) return;
    let left = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let token = givenToken();
    let known: string | null | undefined;

    const look = async () => {
      const said = await problemOf(twentyAddress(), token, plural, id);
      if (left) return;
      if (said === undefined) token = await freshToken();
      else {
        // What stood there before is above the fields; what comes while somebody edits may be out of sight.
        if (known !== undefined && said !== null && said !== known)
          void enqueueSnackbar({ message: said, variant: 'error', dedupeKey: id });
        known = said;
        setProblem(said);
      }
      if (!left) timer = setTimeout(() => void look(), LOOK_MS);
    };

    void look();
    return () => {
      left = true;
      clearTimeout(timer);
    };
  }, [id, plural]);

  if (problem === null) return <div style={box}>{t('What you change here takes effect in the contact center within seconds.')}</div>;
  return (
    <div style={refused} role="alert">
      <strong>{t('The last change was refused')}</strong>
      <div>{problem}</div>
    </div>
  );
};
