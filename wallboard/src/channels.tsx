/** Capacity by channel: what is taken, what is free, and what waits for it. */
import { memo } from 'react';
import type { ChannelLive } from './board';
import { CHANNELS } from './words';
import './channels.css';

export const Channels = memo(function Channels({ channels }: { channels: readonly ChannelLive[] }) {
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
          {channels.map((row) => (
            <tr key={row.channel}>
              <th scope="row">{CHANNELS[row.channel]}</th>
              <td className={row.waiting ? '' : 'none'}>{row.waiting}</td>
              <td className="bar" aria-hidden>
                <i style={{ '--taken': row.inProgress, '--free': row.freeSlots }} />
              </td>
              <td className={row.inProgress ? '' : 'none'}>{row.inProgress}</td>
              <td className={row.freeSlots ? 'free' : 'none'}>{row.freeSlots}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
});
