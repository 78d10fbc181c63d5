/**
 * The markup that stands in each page beside the element its scripts draw into. It needs no script: while that element is
 * empty for long, it shows. watch.js, where it runs, says at once what is wrong, and in which language. Pure.
 */
import { LANGUAGES, type Trouble } from './words.ts';

/** A start on a slow line takes seconds; who waits longer wants to be told. */
const SHOWN_AFTER_S = 8;

const TROUBLES: readonly Trouble[] = ['waiting', 'scripts', 'missing', 'old', 'stopped'];
const codes = Object.keys(LANGUAGES);

const rules = (root: string): string[] => [
  '#trouble{display:none;box-sizing:border-box;min-height:100vh;padding:24px;align-content:center;justify-content:center;font:16px/1.5 system-ui,sans-serif}',
  '#trouble section{max-width:34em;margin:0 0 16px}',
  '#trouble h1{margin:0 0 8px;font-size:22px;line-height:1.3}',
  '#trouble p{margin:0 0 12px}',
  '#trouble button{font:inherit;padding:6px 16px;cursor:pointer}',
  '#trouble button,#trouble pre:empty,html:not([data-trouble]) #trouble section:not(.waiting){display:none}',
  '#trouble pre{max-width:42em;margin:0;white-space:pre-wrap;overflow-wrap:anywhere;font-size:13px;opacity:.75}',
  // Also for who wants no movement: the pages' own rule for them would show it at every start.
  `#${root}:empty~#trouble{display:grid;animation:trouble 0s ${SHOWN_AFTER_S}s both!important}`,
  '@keyframes trouble{from{visibility:hidden}to{visibility:visible}}',
  `html[data-trouble] #${root}{display:none}`,
  `html[data-trouble] #${root}~#trouble{display:grid!important;animation:none!important}`,
  'html[data-trouble] #trouble button{display:inline-block}',
  ...TROUBLES.map((trouble) => `html[data-trouble=${trouble}] #trouble section:not(.${trouble}){display:none}`),
  ...codes.map((code) => `html[data-trouble-language=${code}] #trouble section:not(:lang(${code})){display:none}`),
];

const sections = (troubles: readonly Trouble[]): string =>
  codes
    .flatMap((code) =>
      troubles.map((trouble) => {
        const { [trouble]: words, reload } = LANGUAGES[code]!;
        const button = trouble === 'scripts' ? '' : `<button type="button">${reload}</button>`;
        return `<section class="${trouble}" lang="${code}"><h1>${words.title}</h1><p>${words.text}</p>${button}</section>`;
      }),
    )
    .join('\n');

/** @param root the id of the element that the page's scripts fill */
export const style = (root: string): string => rules(root).join('\n');

export const markup = (): string => `<div id="trouble" role="alert">
${sections(TROUBLES.filter((trouble) => trouble !== 'scripts'))}
<pre></pre>
</div>`;

/** Shown at once by a browser that runs no scripts. */
export const withoutScripts = (root: string): string =>
  `<style>#${root}~#trouble{display:none!important}#noscript{max-width:34em;margin:15vh auto;padding:24px;font:16px/1.5 system-ui,sans-serif}</style><div id="noscript">${sections(['scripts'])}</div>`;
