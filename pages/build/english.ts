/** For Vite: a page that speaks English needs no catalog of what stands in its source; only what is said otherwise than its key. */
import type { Plugin } from 'vite';

export const english: Plugin = {
  name: 'english',
  enforce: 'pre',
  transform: {
    filter: { id: /[/\\]words[/\\]en\.json$/ },
    handler: (text) =>
      JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(text) as Record<string, string>).filter(([key, said]) => key !== said))),
  },
};
