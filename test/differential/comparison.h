// The comparison of a module's behavior between different options of the compiler, and with Node.js
// (differential testing).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "test/differential/behavior.h"
#include "test/differential/node_judge.h"

namespace differential {

// A way to compile: a name and a set of compiler options.
struct Way {
  const char* name;
  codegen::OptLevel level;
  const char* cpu;
  codegen::Bounds bounds = codegen::Bounds::Guard;
  bool exactTraps = false;
  bool stressesHeap = false;  // for modules with objects only
  bool countsFuel = false;
};
// Returns all ways. The first one does not optimize; its outcomes are the expected ones.
std::span<const Way> ways();
// The name of running the module with Node.js, beside those of the ways.
inline constexpr const char* kNodeWay = "node";

// A call whose outcome differs from the expected one.
struct Difference {
  std::string way;  // the name of the way with the other outcome
  Call call;
  std::string text;  // what differs
};

// The result of a comparison.
struct Findings {
  std::vector<Difference> differences;
  size_t traps = 0;  // the number of calls that trap without optimization
};

// A module to compare, as text, in the binary format and validated. `module` refers to the contents
// of `bytes`.
struct Subject {
  std::string text;
  base::Bytes bytes;
  wasm::ValidModule module;

  // Parses, encodes and validates a module. `name` is the file name in messages. Returns an error
  // with a line and column if the module is malformed or invalid.
  static base::Result<Subject> of(const std::string& name, std::string text);
};

// Compares modules.
class Comparison {
 public:
  // If `node` is not null, Node.js is another way; it must outlive the comparison. Its input and
  // output are in files whose names begin with `path`, which must be unique on the system.
  Comparison(std::string path, const NodeJudge* node) : path_(std::move(path)), node_(node) {}

  // Compares the outcomes of the calls in all ways that apply to this shape, or in `onlyWay` if it
  // is not empty. Returns an error if the module cannot be compiled or run.
  base::Result<Findings> run(const Subject& subject, const Shape& shape,
                             std::span<const Call> calls, std::string_view onlyWay = "") const;

 private:
  std::string path_;
  const NodeJudge* node_;
};

}  // namespace differential
