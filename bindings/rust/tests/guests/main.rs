//! Runs guests, which are compiled once for each process by the wasm2obj of `WASM2OBJ_BIN`.

mod calls;
mod linking;
mod memory;
mod references;
mod shared_memory;
mod stores;
mod streams;
mod threads;

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, Mutex};

use wasm2obj::{Error, ErrorKind, Instance, Module, Wasi};

static COMPILING: Mutex<()> = Mutex::new(());
static MODULES: Mutex<Option<HashMap<String, Arc<Module>>>> = Mutex::new(None);

/// Returns a path for a file or folder of a test.
fn scratch(name: &str) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join(name)
}

/// Compiles the module of a name, and returns the bytes.
fn compile(name: &str) -> Vec<u8> {
    let _one_at_a_time = COMPILING.lock().unwrap_or_else(|error| error.into_inner());
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut source = root.join(format!("bindings/guests/{name}.wat"));
    if !source.exists() {
        // Shared with the tests of the C interface.
        source = root.join(format!("test/lit/embed/Inputs/{name}.wat"));
    }
    let compiler = std::env::var("WASM2OBJ_BIN").unwrap() + "/wasm2obj";
    let output = scratch(&format!("{name}.so"));
    let status = Command::new(compiler)
        .args(["-O0", "--count-fuel"])
        .arg(source)
        .arg("-o")
        .arg(&output)
        .status()
        .unwrap();
    assert!(status.success());
    std::fs::read(&output).unwrap()
}

/// Returns the module of a name.
fn module(name: &str) -> Arc<Module> {
    let mut modules = MODULES.lock().unwrap_or_else(|error| error.into_inner());
    let modules = modules.get_or_insert_with(HashMap::new);
    let load = || Arc::new(Module::from_bytes(&compile(name)).unwrap());
    modules.entry(name.to_owned()).or_insert_with(load).clone()
}

/// Returns a new instance of the module of a name.
fn instance(name: &str) -> Instance {
    Instance::new(&module(name), &Wasi::new()).unwrap()
}

/// Expects an error with this kind and a part of its text.
fn expect_error<T>(result: Result<T, Error>, kind: ErrorKind, part: &str) {
    let error = result.err().expect("an error");
    assert_eq!(error.kind(), kind);
    assert!(error.to_string().contains(part), "{error}");
}
