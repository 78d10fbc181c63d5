/**
 * Loaded before the engine (`--import`), by tests alone: a line for each event that a durable reader has handled goes to
 * the file that PATCHBAY_TEST_HANDLED names: the reader, the event's number, and the process.
 */
import { appendFileSync } from 'node:fs';
import { EventReaders } from '../../plugin/dist/platform/event-reader.js';

const { start } = EventReaders.prototype;
EventReaders.prototype.start = function (options) {
  const handle = async (events) => {
    await options.handle(events);
    const lines = events.map(({ seq }) => `${options.name} ${seq} ${process.pid}\n`);
    appendFileSync(process.env.PATCHBAY_TEST_HANDLED, lines.join(''));
  };
  return start.call(this, { ...options, handle });
};
