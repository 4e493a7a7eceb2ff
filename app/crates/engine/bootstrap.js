// Appended to the engine's wasm-bindgen glue by `cargo xtask build`. A module worker may be sent messages before its
// wasm is compiled: they wait here, in order, and are handed over once it runs.
const waiting = [];
self.onmessage = (event) => waiting.push(event);
const ready = __wbg_init().then(() => wasm.__wasm_call_ctors()); // Once: see build.rs.
ready.then(
  () => serve(waiting),
  (error) => {
    const failure = {
      class: "browser",
      message: `The engine could not start: ${error}.`,
      advice: "Update your browser (Chrome, Edge, Firefox or Safari of the last two years), then reload the page.",
    };
    self.postMessage({ json: JSON.stringify({ failed: { job: null, failure } }) });
  },
);

// What this worker loads past the service worker, or where there is none, is told to its page, which counts it. What comes out of the
// browser's own cache has travelled nowhere.
const asked = new BroadcastChannel(`incut requests ${location.hash.slice(1)}`);
const tell = ({ name, workerStart, transferSize, encodedBodySize }) => {
  const is_cached = transferSize === 0 && encodedBodySize > 0;
  if (!(workerStart > 0) && !is_cached) asked.postMessage({ type: "request", url: name, bytes: encodedBodySize });
};
new PerformanceObserver((list) => list.getEntries().forEach(tell)).observe({ type: "resource", buffered: true });
