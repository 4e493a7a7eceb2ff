//! How the engine's module is linked.

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    // Where nobody else calls the module's constructors, the linker lets every exported function run all of them first: the
    // thousand of cubecl's compiler at every message and every callback. `bootstrap.js` calls them, once.
    if std::env::var("CARGO_CFG_TARGET_ARCH").is_ok_and(|arch| arch == "wasm32") {
        println!("cargo:rustc-link-arg-cdylib=--export=__wasm_call_ctors");
    }
}
