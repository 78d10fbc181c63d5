/**
 * Watches over the start of a page, before anything else of it runs, and says what is wrong where it would stay blank. The
 * oldest browsers must understand it: ES5, and nothing that a frame without storage lacks. It has the same name in every
 * release, so that a page that some cache kept from an earlier one finds it too.
 */
(function () {
  var TRY_AGAIN_MS = 3000;
  var RELOAD_AGAIN_MS = 15000;
  var SETTLED_MS = 500;

  var page = document.documentElement;
  var root = document.currentScript && document.currentScript.getAttribute('data-root');
  var waiting = false;

  function started() {
    var element = document.getElementById(root);
    return element !== null && element.firstChild !== null;
  }

  var languages = ['en', 'cs', 'pl', 'ru', 'zh'];

  function language() {
    var said = (navigator.languages || []).concat(navigator.language || []);
    for (var at = 0; at < said.length; at += 1) {
      var code = String(said[at]).slice(0, 2).toLowerCase();
      if (languages.indexOf(code) >= 0) return code;
    }
    return 'en';
  }

  function show(trouble, detail) {
    var element = document.getElementById('trouble');
    page.setAttribute('data-trouble-language', language());
    page.setAttribute('data-trouble', trouble);
    if (!element) return;
    element.querySelector('pre').textContent = detail || '';
    var buttons = element.querySelectorAll('button');
    for (var at = 0; at < buttons.length; at += 1) buttons[at].onclick = reload;
  }

  function reload() {
    location.reload();
  }

  /** Where even a reload did not help, the next one comes later: a wall that reloads without end is no help either. */
  function wasReloaded() {
    try {
      return performance.getEntriesByType('navigation')[0].type === 'reload';
    } catch (error) {
      return true;
    }
  }

  /** Reloads once the engine gives the page out again: the browser's own page about a lost connection comes never back. */
  function reloadWhenServed() {
    if (waiting) return;
    waiting = true;
    var ask = function () {
      var request = new XMLHttpRequest();
      request.open('GET', location.pathname + location.search);
      request.onload = function () {
        if (request.status >= 200 && request.status < 300) reload();
        else setTimeout(ask, TRY_AGAIN_MS);
      };
      request.onerror = function () {
        setTimeout(ask, TRY_AGAIN_MS);
      };
      request.send();
    };
    setTimeout(ask, wasReloaded() ? RELOAD_AGAIN_MS : 0);
  }

  window.addEventListener(
    'error',
    function (event) {
      var source = event.target;
      if (source && source !== window) {
        // A script or a style sheet that did not come, here or anywhere behind it.
        var needed = source.tagName === 'SCRIPT' || (source.tagName === 'LINK' && source.rel === 'stylesheet');
        // What a page that runs loads later is its own business.
        if (!needed || started()) return;
        show('missing', source.src || source.href);
        reloadWhenServed();
        return;
      }
      later(event.message, event.error);
    },
    true,
  );
  window.addEventListener('unhandledrejection', function (event) {
    later(event.reason && event.reason.message, event.reason);
  });

  /** An error is the page's end only where nothing is drawn: neither yet nor a moment after it. */
  function later(message, error) {
    setTimeout(function () {
      if (started() || page.hasAttribute('data-trouble')) return;
      show(error && error.name === 'SyntaxError' ? 'old' : 'stopped', message);
    }, SETTLED_MS);
  }

  /** For the page's own scripts, once they run: what they drew is gone because of an error. */
  window.addEventListener('patchbay:stopped', function (event) {
    show('stopped', event.detail.message);
    if (event.detail.reloadAfterMs) setTimeout(reloadWhenServed, event.detail.reloadAfterMs);
  });
})();
