// What a module does when each of its entries is called.
#pragma once

#include <string>
#include <vector>

#include "compiler/codegen/target.h"
#include "compiler/wasm/validate/validate.h"

namespace differential {

// The outcome of a call: its result and a hash of the memory after it, or its trap. After a trap
// the memory is not compared: loads may have trapped before the stores that stand before them.
struct Call {
  std::string name;  // entry and arguments
  std::string outcome;
  friend bool operator==(const Call&, const Call&) = default;
};

// Calls every entry of a random program with several arguments, each in an instance of its own. Its
// artifact passes through the file `path`.
base::Result<std::vector<Call>> behaviour(const wasm::ValidModule& module,
                                          const codegen::Options& options, const std::string& path);

}  // namespace differential
