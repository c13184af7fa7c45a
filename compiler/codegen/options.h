// The options of code generation.
#pragma once

#include <string>

#include "compiler/c_interface/options.h"
#include "compiler/codegen/passes/pass_set.h"
#include "runtime/abi/module_descriptor.h"

namespace codegen {

enum class OptLevel : uint8_t { O0, O1, O2, O3, Os };

// How accesses to 32-bit memories are bounds-checked: by guard pages behind the memory, or by an
// explicit comparison.
enum class Bounds : uint8_t { Guard, Explicit };

// Where indices are masked, so that they stay in bounds also while the CPU mispredicts a bounds
// check (Spectre variant 1). Tables masks the indices of tables, at almost no cost; All also masks
// those of memories with explicit bounds checks.
enum class Spectre : uint8_t { Off, Tables, All };

// The options of one compilation. They decide the bytes of the artifact, together with the module.
struct Options {
  OptLevel optLevel = OptLevel::O2;
  Bounds bounds = Bounds::Guard;
  Spectre spectre = Spectre::Tables;
  // The deterministic profile of the specification: arithmetic returns canonical NaNs, and relaxed
  // instructions have the same results on all targets.
  bool isDeterministic = false;
  // After a trap, the guest's whole state is that of the trapping instruction, also in loops.
  bool exactTraps = false;
  // The code subtracts the cost of its instructions from the fuel of the store, and ends when that
  // is consumed.
  bool countsFuel = false;
  // The object files are for a file that has code for another CPU, the first variant, already: they
  // have neither the memory image nor what describes the file.
  bool isFurtherVariant = false;
  // The linkedSymbol of the next variant; empty if there is none.
  std::string nextVariantSymbol;
  // If not empty, the object files are for a program instead of an artifact: they define an
  // abi::LinkedModule of this name, an identifier of C, and call the C library directly.
  std::string linkedSymbol;
  // If the name is not empty, the object file has this interface for C, of which linkedSymbol is
  // the module's symbol.
  c_interface::Options c;
  std::string triple;    // empty: the host's
  std::string cpu;       // empty or "native": the host's, where the target is the host's
  std::string features;  // LLVM's "+avx2,-fma"
  // For the note. Code generation fills in the version of the ABI.
  abi::Provenance provenance{};
  PassSet disabledPasses;  // those of passes.def that are left out
  // Run LLVM's verifier and VerifyAccesses. The marks that VerifyAccesses needs keep LLVM from
  // vectorizing loops without probes.
  bool verifyIr = WASM2OBJ_VERIFY_IR;

  bool isLinked() const { return !linkedSymbol.empty(); }
  // Returns the section of all code of a linked module, also an identifier of C, so that linkers
  // define the symbols of its begin and its end.
  std::string linkedCodeSection() const { return linkedSymbol + "_code"; }
};

}  // namespace codegen
