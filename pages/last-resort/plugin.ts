/** For Vite: gives each page of a build its last resort. */
import { readFileSync } from 'node:fs';
import type { Plugin } from 'vite';
import { markup, style, withoutScripts } from './markup.ts';

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
      // After Vite's own: it would bundle the script, whose name must stay.
      order: 'post',
      handler: (html) => {
        const element = `<div id="${root}"></div>`;
        if (!html.includes(element)) throw new Error(`The page has no ${element} to watch over.`);
        // Asked for as the page's other scripts are: a frame without an origin gets it in no other way.
        return html
          .replace(
            '<script',
            `<style>\n${style(root)}\n    </style>\n    <script src="${base}${WATCH}" data-root="${root}" crossorigin></script>\n    <script`,
          )
          .replace(element, `${element}\n${markup()}\n<noscript>${withoutScripts(root)}</noscript>`);
      },
    },
  };
}
