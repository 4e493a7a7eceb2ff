// Runs before the page's WebAssembly: sets the chosen theme, so that it does not flash, and says in plain words why the
// page cannot start, or go on, where it cannot. Everything else is the page's own.
"use strict";

(() => {
  const root = document.documentElement;

  try {
    const { theme } = JSON.parse(localStorage.getItem("incut-settings")) ?? {};
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
  } catch {
    // No storage, or nothing readable in it: the system's theme holds.
  }

  // What other sites append to a link to the page is not for it, nor for whoever is given the address next.
  if (location.search) history.replaceState(null, "", location.pathname + location.hash);

  const refuse = (message, advice) => {
    const words = document.getElementById("splash-words");
    if (!words) return;
    root.dataset.state = "error";
    words.id = "error-message";
    words.dataset.class = "browser";
    words.setAttribute("role", "alert");
    words.textContent = `${message} ${advice}`;
  };

  // A module whose one function makes a vector of zeros and drops it: valid only where SIMD is known.
  const simd = new Uint8Array([
    0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 10, 9, 1, 7, 0, 65, 0, 253, 15, 26, 11,
  ]);
  const browserAdvice = "Open Incut in a current Chrome, Edge, Safari or Firefox.";

  addEventListener("DOMContentLoaded", () => {
    if (typeof WebAssembly !== "object" || !WebAssembly.validate(simd)) {
      refuse("This browser cannot run the fast WebAssembly that Incut is made of.", browserAdvice);
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
    const again = make("button", { type: "button", className: "button button-primary" }, "Reload the page");
    again.addEventListener("click", () => location.reload());
    const title = make("h2", { id: "page-stopped-title" }, "This page has stopped working.");
    const words = make("p", {}, "Reload it to go on. What Incut kept of your project, which is all but the last seconds, comes back.");
    const dialog = make("dialog", { id: "page-stopped", className: "page-stopped" }, title, words, again);
    dialog.setAttribute("role", "alertdialog");
    dialog.setAttribute("aria-labelledby", title.id);
    document.body.append(dialog);
    dialog.showModal();
  };

  const failed = (error) => {
    if (document.getElementById("splash-words")) {
      refuse("Incut could not be started.", "Reload the page. If you are offline, connect once more.");
    } else if (typeof WebAssembly === "object" && error instanceof WebAssembly.RuntimeError) {
      stop();
    }
  };
  addEventListener("unhandledrejection", (event) => failed(event.reason));
  addEventListener("error", (event) => failed(event.error));
})();
