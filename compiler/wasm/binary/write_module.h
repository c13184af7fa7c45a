// Module -> binary format (section 5): the inverse of readModule.
#pragma once

#include "compiler/wasm/module.h"
#include "runtime/base/result.h"

namespace wasm {

// Every number is written in its shortest form and every construct in its shortest spelling, so
// that reading and writing again yields the same bytes. Custom sections move to the end. Code is
// decoded from module.bytes; malformed instructions are the only error.
base::Result<base::Bytes> writeModule(const Module& module);

}  // namespace wasm
