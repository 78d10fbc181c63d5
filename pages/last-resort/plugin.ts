/** For Vite: gives each page of a build its last resort. */
import { readFileSync } from 'node:fs';
import type { Plugin } from 'vite';
import { markup, style, withoutScripts } from './markup';

const WATCH = 'watch.js';

/** @param root the id of the element that the page's scripts fill */
export function lastResort(root: string): Plugin {
  const watch = readFileSync(new URL('./watch.js', import.meta.url), 'utf8');
  let base = '/';
  return {
    name: 'last-resort',
    configResolved: (config) => void (base = config.base),
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: WATCH, source: watch });
    },
    configureServer: ({ middlewares }) =>
      void middlewares.use(`${base}${WATCH}`, (_request, response) => {
        response.setHeader('content-type', 'text/javascript');
        response.end(watch);
      }),
    transformIndexHtml: {
      order: 'pre',
      handler: (html) => {
        const head = `  <style>\n${style(root)}\n    </style>\n    <script src="${base}${WATCH}" data-root="${root}"></script>\n  </head>`;
        const element = `<div id="${root}"></div>`;
        if (!html.includes(element)) throw new Error(`The page has no ${element} to watch over.`);
        return html.replace('</head>', head).replace(element, `${element}\n${markup()}\n<noscript>${withoutScripts(root)}</noscript>`);
      },
    },
  };
}
