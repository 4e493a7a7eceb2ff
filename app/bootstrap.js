// Appended to the page's wasm-bindgen glue by `cargo xtask build`. Where it fails, /boot.js says so.
await __wbg_init();
