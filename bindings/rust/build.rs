//! Finds libwasmrt: in the directory `WASM2OBJ_LIB_DIR`, or else by pkg-config.

use std::env;
use std::process::Command;

const DIRECTORY: &str = "WASM2OBJ_LIB_DIR";

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-env-changed={DIRECTORY}");
    println!("cargo:rerun-if-env-changed=PKG_CONFIG_PATH");
    println!("cargo:rustc-link-lib=dylib=wasmrt");
    if let Some(directory) = env::var(DIRECTORY).ok().or_else(directory_of_pkg_config) {
        println!("cargo:rustc-link-search=native={directory}");
    }
}

/// Returns the directory of the library, or nothing if the linker finds it by itself.
fn directory_of_pkg_config() -> Option<String> {
    let output = Command::new("pkg-config").args(["--variable=libdir", "wasmrt"]).output();
    let directory = match output {
        Ok(output) if output.status.success() => output.stdout,
        _ => panic!("libwasmrt is not installed (pkg-config wasmrt), and {DIRECTORY} is not set"),
    };
    let directory = String::from_utf8(directory).expect("a path in UTF-8").trim().to_owned();
    (!directory.is_empty()).then_some(directory)
}
