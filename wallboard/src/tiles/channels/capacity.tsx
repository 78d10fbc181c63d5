/** Capacity by channel: what is taken, what is free, and what waits for it. */
import { memo } from 'react';
import { language } from '@patchbay/pages/speech';
import type { Board } from '../../board';
import { channels as definitions } from '../../generated/channels';
import { ChannelsTileFragmentDoc, type ChannelsTileFragment } from '../../generated/operations';
import { tile } from '../../tile';
import { CHANNEL_ROWS, type ChannelLive } from './channels';
import { t } from '../../language';
import './capacity.css';

const HEADING_REM = 1.875;
const ROW_REM = 2;

interface CapacityProps {
  channels: readonly ChannelLive[];
  onlyBusy: boolean;
}

const isBusy = ({ waiting, inProgress }: ChannelLive): boolean => waiting + inProgress > 0;

/** Something more urgent needs the room: what neither waits nor is worked on shares one line. */
const onlyBusy = ({ escalations }: Board<ChannelsTileFragment>): boolean => (escalations ?? []).length > 0;

function rows(channels: readonly ChannelLive[], busy: boolean): { shown: readonly ChannelLive[]; calm: number } {
  const shown = busy ? channels.filter(isBusy) : channels;
  return { shown, calm: channels.length - shown.length };
}

const Capacity = memo(function Capacity({ channels, onlyBusy }: CapacityProps) {
  const { shown, calm } = rows(channels, onlyBusy);
  return (
    <section className="tile channels" aria-label={t('Capacity by channel')} style={{ '--row': `${ROW_REM}rem` }}>
      <table>
        <thead>
          <tr>
            <th scope="col">
              <h2>{t('Capacity')}</h2>
            </th>
            <th scope="col">{t('Waiting')}</th>
            <th scope="col" aria-label={t('Share taken')} />
            <th scope="col">{t('Taken')}</th>
            <th scope="col">{t('Free')}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((row) => (
            <tr key={row.channel}>
              <th scope="row">{definitions[row.channel].name[language()]}</th>
              <td className={row.waiting ? '' : 'none'}>{row.waiting}</td>
              <td className="bar" aria-hidden>
                <i style={{ '--taken': row.inProgress, '--free': row.freeSlots }} />
              </td>
              <td className={row.inProgress ? '' : 'none'}>{row.inProgress}</td>
              <td className={row.freeSlots ? 'free' : 'none'}>{row.freeSlots}</td>
            </tr>
          ))}
          {calm > 0 && (
            <tr>
              <th scope="row" colSpan={5}>
                {t('and {{count}} channels without work', { count: calm })}
              </th>
            </tr>
          )}
        </tbody>
      </table>
    </section>
  );
});

export const capacity = tile({
  place: 'side',
  outline: 1,
  height: (board) => {
    const { shown, calm } = rows(board.channels, onlyBusy(board));
    const rem = HEADING_REM + ROW_REM * (shown.length + (calm > 0 ? 1 : 0));
    return { least: rem, most: rem };
  },
  fragment: ChannelsTileFragmentDoc,
  rows: { channels: CHANNEL_ROWS },
  Component: ({ board }) => <Capacity channels={board.channels} onlyBusy={onlyBusy(board)} />,
});
