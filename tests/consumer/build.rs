//! Gives the linker a memory map, so that the program is really linked.

fn main() {
    println!("cargo::rerun-if-changed=link.x");
    println!("cargo::rustc-link-arg-bins=-T{}/link.x", std::env::var("CARGO_MANIFEST_DIR").unwrap());
}
