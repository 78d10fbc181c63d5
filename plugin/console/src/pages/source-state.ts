/** Whether a source may still bring work. */
import type { IntakeSourceListQuery } from '../generated/operations';
import { t } from '../language';

export type SourceRow = IntakeSourceListQuery['intakeSources'][number];

export const sourceStateWord = ({ revokedAt }: SourceRow): string => (revokedAt ? t('Revoked') : t('Valid'));
