// Snapshots: a module is run up to a point, and what its memories, tables and globals are then
// becomes the initial state of a new module.
#pragma once

#include <deque>
#include <string>
#include <utility>
#include <vector>

#include "compiler/wasm/module.h"
#include "loader/options/guest_options.h"
#include "runtime/base/bytes.h"
#include "runtime/base/result.h"

namespace snapshot {

// How a module is initialized, and what becomes of its exports.
struct Options {
  options::GuestOptions guest;         // what the initializer is given
  std::vector<std::string> arguments;  // of the guest, argument 0 first
  // The export that is called. If empty: the first of "wizer-initialize" and "wizer.initialize"
  // that is exported; if there is none, the module is initialized by its start function and
  // _initialize, which are called in any case.
  std::string initializer;
  bool keepsInitializer = false;  // remains exported, as does _initialize
  // New names of exported functions, each with the name so far. They replace exports of the new
  // name.
  std::vector<std::pair<std::string, std::string>> renames;
};

// The new module, and what it refers to. It also refers to the input and the options, which must
// outlive it.
struct Snapshot {
  base::Bytes code;                  // the bytes of the input, and new constant expressions
  std::deque<base::Bytes> contents;  // of data segments
  wasm::Module module;
};

// Runs a valid module, of which `artifact` is the compiled form for this machine, and returns the
// module of its state. The new module has no start function. Function bodies keep their offsets.
//
// Fails if the initializer traps, exits or throws, calls an imported function that is not of WASI,
// or if there is state that the new module cannot have: of imported memories, tables, globals and
// tags, open files, objects of the garbage-collected heap. The guest's output goes to the standard
// streams.
base::Result<Snapshot> take(const wasm::Module& module, base::ByteView artifact,
                            const Options& options);

}  // namespace snapshot
