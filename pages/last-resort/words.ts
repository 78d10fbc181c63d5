/** What is said where a page cannot start or go on, in each language: nothing else of the page may be needed to say it. */

export type Trouble = 'waiting' | 'scripts' | 'missing' | 'old' | 'stopped';

export interface TroubleWords {
  /** What is wrong. */
  title: string;
  /** What to do. */
  text: string;
}

interface Language extends Record<Trouble, TroubleWords> {
  reload: string;
}

export const LANGUAGES: Readonly<Record<string, Language>> = {
  en: {
    reload: 'Reload the page',
    waiting: {
      title: 'This page has not started yet',
      text: 'It is still being loaded, or a part of it does not arrive. Wait a moment, then reload the page. If it stays like this, tell your administrator.',
    },
    scripts: {
      title: 'Scripts are switched off',
      text: 'This page is made by scripts. Allow JavaScript for this address in the settings of the browser, then reload the page.',
    },
    missing: {
      title: 'A part of this page could not be loaded',
      text: 'The contact center is being updated or restarted, or the connection is lost. The page is tried again by itself. If it stays like this, empty the browser’s cache, or tell your administrator.',
    },
    old: {
      title: 'This browser is too old',
      text: 'It does not understand this page. Update the browser, or open the page in a current Chrome, Edge, Firefox or Safari.',
    },
    stopped: {
      title: 'This page has stopped because of an error in it',
      text: 'Reload the page: what was saved is there again. If it happens again, tell your administrator what stands below.',
    },
  },
  cs: {
    reload: 'Načíst stránku znovu',
    waiting: {
      title: 'Stránka se ještě nespustila',
      text: 'Buď se ještě načítá, nebo nějaká její část nepřichází. Chvíli počkejte a pak ji načtěte znovu. Pokud to nepomůže, řekněte to správci.',
    },
    scripts: {
      title: 'Skripty jsou vypnuté',
      text: 'Bez skriptů se tato stránka nezobrazí. V nastavení prohlížeče povolte pro tuto adresu JavaScript a stránku načtěte znovu.',
    },
    missing: {
      title: 'Část této stránky se nepodařilo načíst',
      text: 'Kontaktní centrum se právě aktualizuje nebo restartuje, nebo vypadlo spojení. Stránka to sama zkouší znovu. Pokud to nepomůže, vymažte mezipaměť prohlížeče, nebo to řekněte správci.',
    },
    old: {
      title: 'Tento prohlížeč je příliš starý',
      text: 'Této stránce nerozumí. Aktualizujte ho, nebo stránku otevřete v současném Chromu, Edgi, Firefoxu či Safari.',
    },
    stopped: {
      title: 'Stránka se kvůli chybě zastavila',
      text: 'Načtěte ji znovu: co bylo uloženo, tam bude. Pokud se to stane znovu, řekněte správci, co stojí níže.',
    },
  },
};
