// Whether a module does the same in every way in which it can be compiled and run.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "test/differential/behaviour.h"
#include "test/differential/node_judge.h"

namespace differential {

// A way to compile. What the others are compared with is the first: it does not optimise.
struct Way {
  const char* name;
  codegen::OptLevel level;
  const char* cpu;
  codegen::Bounds bounds = codegen::Bounds::Guard;
  bool exactTraps = false;
};
std::span<const Way> ways();
// What node is called among the ways.
inline constexpr const char* kNodeWay = "node";

// A call that differs in a way.
struct Difference {
  std::string way;
  Call call;
  std::string text;
};

struct Findings {
  std::vector<Difference> differences;
  size_t traps = 0;  // calls that trap, and are to
};

struct Subject {
  std::string text;
  base::Bytes bytes;
  wasm::ValidModule module;

  static base::Result<Subject> of(const std::string& name, std::string text);
};

class Comparison {
 public:
  // `node` may be null; it reads and writes files whose names begin with `path`.
  Comparison(std::string path, const NodeJudge* node) : path_(std::move(path)), node_(node) {}

  // Only in this way, if it is not empty.
  base::Result<Findings> run(const Subject& subject, const Shape& shape,
                             std::span<const Call> calls, std::string_view onlyWay = "") const;

 private:
  std::string path_;
  const NodeJudge* node_;
};

}  // namespace differential
