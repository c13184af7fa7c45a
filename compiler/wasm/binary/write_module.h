// Module -> binary format: the canonical encoding, which depends only on what the module means.
#pragma once

#include "compiler/wasm/module.h"
#include "runtime/base/result.h"

namespace wasm {

// Sections in their order; custom sections keep their places and bytes, but for branch hints, whose
// offsets follow the instructions. Every number has its shortest form, every type and segment its
// simplest one; imports are written one by one; neighbouring locals of a type are one run; a data
// count section is there when instructions need it. Fails only on malformed instruction bytes, with
// their place.
base::Result<base::Bytes> writeModule(const Module& module);

}  // namespace wasm
