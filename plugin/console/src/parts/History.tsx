/** What was last changed of a record: at the end of its page. */
import { later } from './later';

export const History = later(async () => (await import('./RecentChanges')).RecentChanges);
