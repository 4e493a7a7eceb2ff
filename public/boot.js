// Runs before the page's WebAssembly: sets the chosen theme, so that it does not flash, and says in plain words why the
// page cannot start where it cannot. Everything else is the page's own.
"use strict";

(() => {
  const root = document.documentElement;

  try {
    const { theme } = JSON.parse(localStorage.getItem("incut-settings")) ?? {};
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
  } catch {
    // No storage, or nothing readable in it: the system's theme holds.
  }

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

  const failed = () => refuse("Incut could not be started.", "Reload the page. If you are offline, connect once more.");
  addEventListener("unhandledrejection", failed);
  addEventListener("error", failed);
})();
