// Compares the behavior of a module between different options of the compiler, and with Node.js.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "test/differential/behaviour.h"
#include "test/differential/node_judge.h"

namespace differential {

// A set of compiler options. The first one does not optimize; the others are compared with it.
struct Way {
  const char* name;
  codegen::OptLevel level;
  const char* cpu;
  codegen::Bounds bounds = codegen::Bounds::Guard;
  bool exactTraps = false;
};
// Returns all ways.
std::span<const Way> ways();
// The name of running the module with Node.js, beside those of the ways.
inline constexpr const char* kNodeWay = "node";

// A call whose outcome differs.
struct Difference {
  std::string way;
  Call call;
  std::string text;  // what differs
};

// The result of a comparison.
struct Findings {
  std::vector<Difference> differences;
  size_t traps = 0;  // the number of calls that trap without optimization
};

// A module to compare, as text, in the binary format and validated.
struct Subject {
  std::string text;
  base::Bytes bytes;
  wasm::ValidModule module;

  // Parses and validates a module. `name` is used in messages.
  static base::Result<Subject> of(const std::string& name, std::string text);
};

// Compares modules.
class Comparison {
 public:
  // `node` may be null; it reads and writes files whose names begin with `path`.
  Comparison(std::string path, const NodeJudge* node) : path_(std::move(path)), node_(node) {}

  // Compares the outcomes of the calls in all ways, or in `onlyWay` if it is not empty. Returns an
  // error if the module cannot be compiled or run.
  base::Result<Findings> run(const Subject& subject, const Shape& shape,
                             std::span<const Call> calls, std::string_view onlyWay = "") const;

 private:
  std::string path_;
  const NodeJudge* node_;
};

}  // namespace differential
