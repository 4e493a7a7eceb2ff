// Runs before the page's WebAssembly: sets the chosen theme, so that it does not flash, and the language, and says in plain
// words why the page cannot start, or go on, where it cannot. Everything else is the page's own.
"use strict";

(() => {
  const root = document.documentElement;

  // What is to be said where the page's messages cannot be had: all languages of the page are here, and nothing is fetched.
  const words = {
    en: {
      starting: "Starting…",
      noSimd: "This browser cannot run the fast WebAssembly that Incut is made of.",
      otherBrowser: "Open Incut in a current Chrome, Edge, Safari or Firefox.",
      notStarted: "Incut could not be started.",
      reload: "Reload the page. If you are offline, connect once more.",
      stopped: "This page has stopped working.",
      kept: "Reload it to go on. What Incut kept of your project, which is all but the last seconds, comes back.",
      reloadButton: "Reload the page",
    },
    de: {
      starting: "Wird gestartet …",
      noSimd: "Dieser Browser kann das schnelle WebAssembly nicht ausführen, aus dem Incut besteht.",
      otherBrowser: "Öffne Incut in einem aktuellen Chrome, Edge, Safari oder Firefox.",
      notStarted: "Incut konnte nicht gestartet werden.",
      reload: "Lade die Seite neu. Wenn du offline bist, verbinde dich noch einmal mit dem Netz.",
      stopped: "Diese Seite funktioniert nicht mehr.",
      kept: "Lade sie neu, um weiterzumachen. Was Incut von deinem Projekt gespeichert hat, also alles bis auf die letzten Sekunden, ist dann wieder da.",
      reloadButton: "Seite neu laden",
    },
    es: {
      starting: "Iniciando…",
      noSimd: "Este navegador no puede ejecutar el WebAssembly rápido del que está hecho Incut.",
      otherBrowser: "Abre Incut en una versión actual de Chrome, Edge, Safari o Firefox.",
      notStarted: "No se pudo iniciar Incut.",
      reload: "Recarga la página. Si no tienes conexión, conéctate una vez más.",
      stopped: "Esta página ha dejado de funcionar.",
      kept: "Recárgala para continuar. Lo que Incut guardó de tu proyecto, que es todo salvo los últimos segundos, vuelve a estar ahí.",
      reloadButton: "Recargar la página",
    },
    ja: {
      starting: "起動しています…",
      noSimd: "このブラウザは、Incutが必要とする高速なWebAssemblyを実行できません。",
      otherBrowser: "最新のChrome、Edge、Safari、FirefoxのいずれかでIncutを開いてください。",
      notStarted: "Incutを起動できませんでした。",
      reload: "ページを再読み込みしてください。オフラインの場合は、もう一度接続してください。",
      stopped: "このページは動作を停止しました。",
      kept: "続けるには再読み込みしてください。最後の数秒を除いて、Incutが保存したプロジェクトは元に戻ります。",
      reloadButton: "ページを再読み込み",
    },
  };

  let settings = {};
  try {
    settings = JSON.parse(localStorage.getItem("incut-settings")) ?? {};
  } catch {
    // No storage, or nothing readable in it: the system's theme and the browser's language hold.
  }
  if (settings.theme === "light" || settings.theme === "dark") root.dataset.theme = settings.theme;

  // As the page chooses it, which says what it really speaks in the same place.
  const primary = (tag) => String(tag).split(/[-_]/)[0].toLowerCase();
  const isSpoken = (code) => Object.keys(words).includes(code);
  root.lang = isSpoken(settings.language)
    ? settings.language
    : ((navigator.languages ?? []).map(primary).find(isSpoken) ?? "en");
  const said = () => words[root.lang] ?? words.en;

  // What other sites append to a link to the page is not for it, nor for whoever is given the address next.
  if (location.search) history.replaceState(null, "", location.pathname + location.hash);

  const splash = () => document.getElementById("splash-words");
  const refuse = (message, advice) => {
    const place = splash();
    if (!place) return;
    root.dataset.state = "error";
    place.id = "error-message";
    place.dataset.class = "browser";
    place.setAttribute("role", "alert");
    // Between two sentences Japanese has no space.
    place.textContent = [message, advice].join(root.lang === "ja" ? "" : " ");
  };

  // A module whose one function makes a vector of zeros and drops it: valid only where SIMD is known.
  const simd = new Uint8Array([
    0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 10, 9, 1, 7, 0, 65, 0, 253, 15, 26, 11,
  ]);

  addEventListener("DOMContentLoaded", () => {
    if (typeof WebAssembly !== "object" || !WebAssembly.validate(simd)) {
      refuse(said().noSimd, said().otherBrowser);
    } else if (splash()) {
      splash().textContent = said().starting;
    }
  });

  // After a trap nothing of the page answers any more. What it shows stays, with a way out above it.
  const stop = () => {
    if (document.getElementById("page-stopped")) return;
    const make = (name, settings, ...inside) => {
      const element = Object.assign(document.createElement(name), settings);
      element.append(...inside);
      return element;
    };
    const again = make("button", { type: "button", className: "button button-primary" }, said().reloadButton);
    again.addEventListener("click", () => location.reload());
    const title = make("h2", { id: "page-stopped-title" }, said().stopped);
    const kept = make("p", {}, said().kept);
    const dialog = make("dialog", { id: "page-stopped", className: "page-stopped" }, title, kept, again);
    dialog.setAttribute("role", "alertdialog");
    dialog.setAttribute("aria-labelledby", title.id);
    document.body.append(dialog);
    dialog.showModal();
  };

  const failed = (error) => {
    if (splash()) {
      refuse(said().notStarted, said().reload);
    } else if (typeof WebAssembly === "object" && error instanceof WebAssembly.RuntimeError) {
      stop();
    }
  };
  addEventListener("unhandledrejection", (event) => failed(event.reason));
  addEventListener("error", (event) => failed(event.error));
})();
