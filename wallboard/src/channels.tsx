/** Capacity by channel: what is taken, what is free, and what waits for it. */
import { memo } from 'react';
import type { ChannelLive } from './board';
import { channels as definitions } from './generated/channels';
import './channels.css';

interface ChannelsProps {
  channels: readonly ChannelLive[];
  /** Something more urgent needs the room: what neither waits nor is worked on shares one line. */
  onlyBusy: boolean;
}

const isBusy = ({ waiting, inProgress }: ChannelLive): boolean => waiting + inProgress > 0;

export const Channels = memo(function Channels({ channels, onlyBusy }: ChannelsProps) {
  const shown = onlyBusy ? channels.filter(isBusy) : channels;
  const calm = channels.length - shown.length;
  return (
    <section className="tile channels" aria-label="Capacity by channel">
      <table>
        <thead>
          <tr>
            <th scope="col">
              <h2>Capacity</h2>
            </th>
            <th scope="col">Waiting</th>
            <th scope="col" aria-label="Share taken" />
            <th scope="col">Taken</th>
            <th scope="col">Free</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((row) => (
            <tr key={row.channel}>
              <th scope="row">{definitions[row.channel].name.en}</th>
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
                and {calm} {calm === 1 ? 'channel' : 'channels'} without work
              </th>
            </tr>
          )}
        </tbody>
      </table>
    </section>
  );
});
