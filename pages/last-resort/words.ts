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
  pl: {
    reload: 'Odśwież stronę',
    waiting: {
      title: 'Strona jeszcze się nie uruchomiła',
      text: 'Nadal się wczytuje albo jakaś jej część nie dociera. Poczekaj chwilę, potem odśwież stronę. Jeśli to nie pomoże, powiadom administratora.',
    },
    scripts: {
      title: 'Skrypty są wyłączone',
      text: 'Ta strona działa dzięki skryptom. W ustawieniach przeglądarki zezwól na JavaScript dla tego adresu i odśwież stronę.',
    },
    missing: {
      title: 'Nie udało się wczytać części tej strony',
      text: 'Contact center jest właśnie aktualizowane lub uruchamiane ponownie albo połączenie zostało przerwane. Strona sama próbuje ponownie. Jeśli to nie pomoże, wyczyść pamięć podręczną przeglądarki albo powiadom administratora.',
    },
    old: {
      title: 'Ta przeglądarka jest zbyt stara',
      text: 'Nie rozumie tej strony. Zaktualizuj przeglądarkę albo otwórz stronę w aktualnym Chrome, Edge, Firefox lub Safari.',
    },
    stopped: {
      title: 'Strona zatrzymała się z powodu błędu',
      text: 'Odśwież ją: to, co zapisano, wróci. Jeśli to się powtórzy, przekaż administratorowi to, co jest poniżej.',
    },
  },
  ru: {
    reload: 'Перезагрузить страницу',
    waiting: {
      title: 'Страница ещё не запустилась',
      text: 'Она ещё загружается, или какая-то её часть не приходит. Подождите немного и перезагрузите страницу. Если не поможет, сообщите администратору.',
    },
    scripts: {
      title: 'Скрипты отключены',
      text: 'Эта страница работает на скриптах. Разрешите JavaScript для этого адреса в настройках браузера и перезагрузите страницу.',
    },
    missing: {
      title: 'Часть страницы не удалось загрузить',
      text: 'Контакт-центр обновляется или перезапускается, либо потеряна связь. Страница повторяет попытки сама. Если не поможет, очистите кэш браузера или сообщите администратору.',
    },
    old: {
      title: 'Этот браузер слишком старый',
      text: 'Он не понимает эту страницу. Обновите браузер или откройте страницу в актуальном Chrome, Edge, Firefox или Safari.',
    },
    stopped: {
      title: 'Страница остановилась из-за ошибки',
      text: 'Перезагрузите её: сохранённое вернётся. Если это повторится, передайте администратору то, что указано ниже.',
    },
  },
  zh: {
    reload: '重新加载页面',
    waiting: {
      title: '页面尚未启动',
      text: '页面仍在加载，或其中一部分没有到达。请稍候，然后重新加载页面。如果仍然如此，请告知管理员。',
    },
    scripts: {
      title: '脚本已关闭',
      text: '此页面依靠脚本运行。请在浏览器设置中允许此地址使用 JavaScript，然后重新加载页面。',
    },
    missing: {
      title: '页面的一部分无法加载',
      text: '联络中心正在更新或重启，或连接已断开。页面会自动重试。如果仍然如此，请清空浏览器缓存或告知管理员。',
    },
    old: {
      title: '浏览器版本过旧',
      text: '它无法理解此页面。请更新浏览器，或使用最新的 Chrome、Edge、Firefox 或 Safari 打开。',
    },
    stopped: {
      title: '页面因错误而停止',
      text: '请重新加载：已保存的内容会恢复。如果再次发生，请将下方内容告知管理员。',
    },
  },
};
