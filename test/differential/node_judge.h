// The execution of modules with Node.js, an independent implementation to compare with.
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

// An executable of Node.js.
class NodeJudge {
 public:
  // Finds `node` in the PATH and determines its features by running it. Returns an error if there
  // is none, or if it lacks tail calls or vectors, which all modules need.
  static base::Result<NodeJudge> find();

  // Returns the version and missing features: "v20.1.0 without memory64, several memories".
  std::string name() const;
  // Returns whether it has the features that modules of this shape need.
  bool accepts(const Shape& shape) const {
    return (hasMemory64_ || !shape.has64()) &&
           (hasSeveralMemories_ || shape.memories.size() == 1) && (hasObjects_ || !shape.objects);
  }
  // Returns the outcomes of the calls, each in a new instance, as in behavior.h. Writes and
  // removes files whose names begin with `path`. Returns an error if Node.js fails or rejects the
  // module.
  base::Result<std::vector<Outcome>> behavior(base::ByteView wasm, const Shape& shape,
                                              std::span<const Call> calls,
                                              const std::string& path) const;

 private:
  NodeJudge() = default;
  // Returns how many of the features that not all modules need it has.
  int features() const { return hasMemory64_ + hasSeveralMemories_ + hasObjects_; }

  std::vector<std::string> command_;
  std::string version_;
  bool hasMemory64_ = false;
  bool hasSeveralMemories_ = false;
  bool hasObjects_ = false;  // and exceptions
};

}  // namespace differential
