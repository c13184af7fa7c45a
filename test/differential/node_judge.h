// What a module does in node, whose compiler is not ours.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "runtime/base/bytes.h"
#include "runtime/base/result.h"
#include "test/differential/generate/outcome.h"
#include "test/differential/generate/random_module.h"

namespace differential {

class NodeJudge {
 public:
  // The program `node` of the PATH; an error if there is none that works.
  static base::Result<NodeJudge> find();

  // "v20.1.0 without memory64, several memories"
  std::string name() const;
  bool accepts(const Shape& shape) const {
    return (hasMemory64_ || !shape.has64()) && (hasSeveralMemories_ || shape.memories.size() == 1);
  }
  // Files whose names begin with `path` are written and removed.
  base::Result<std::vector<Outcome>> behaviour(base::ByteView wasm, const Shape& shape,
                                               std::span<const Call> calls,
                                               const std::string& path) const;

 private:
  NodeJudge() = default;

  std::vector<std::string> command_;
  std::string version_;
  bool hasMemory64_ = false;
  bool hasSeveralMemories_ = false;
};

}  // namespace differential
