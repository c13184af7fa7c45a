// What the user may choose about the code that is made.
#pragma once

#include <string>

#include "compiler/codegen/passes/pass_set.h"

namespace codegen {

enum class OptLevel : uint8_t { O0, O1, O2, O3, Os };

// How accesses to memories of 32-bit addresses are kept inside: by guard pages, or by a compare.
enum class Bounds : uint8_t { Guard, Explicit };

// Where an index is kept inside also while the CPU speculates that a check has passed which has
// not: Tables means where it costs next to nothing, All also in memories whose accesses are
// checked.
enum class Spectre : uint8_t { Off, Tables, All };

// The options of one compilation. They decide the bytes of the artifact, together with the module.
struct Options {
  OptLevel optLevel = OptLevel::O2;
  Bounds bounds = Bounds::Guard;
  Spectre spectre = Spectre::Tables;
  // The deterministic profile of the specification: NaNs that arithmetic makes are canonical, and
  // relaxed instructions do the same on every target.
  bool isDeterministic = false;
  // After a trap, all of the guest's state is what it was when it trapped, also inside of loops.
  bool exactTraps = false;
  std::string triple;      // empty: the host's
  std::string cpu;         // empty or "native": the host's, where the target is the host's
  std::string features;    // LLVM's "+avx2,-fma"
  PassSet disabledPasses;  // those of passes.def that are left out
  // Run LLVM's verifier, and VerifyAccesses. Of code that is marked for that, loops that are not
  // probed are not made vectors.
  bool verifyIr = WASM2OBJ_VERIFY_IR;
};

}  // namespace codegen
