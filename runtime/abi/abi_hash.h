// The version of the interface between compiled code and runtime, and the ABI hash, which changes
// whenever the interface does, so that a version that was not incremented is noticed. The hash is
// computed from all rows of the tables in this folder, the layouts of shared structs and some
// constants.
#pragma once

#include <string_view>

#include "runtime/abi/module_descriptor.h"
#include "runtime/abi/object.h"
#include "runtime/abi/types.h"
#include "runtime/abi/vmctx.h"

namespace abi {

// The version of the interface. To be incremented with each change of it, of a hashed value or of
// the meaning only; test/lit/artifact/kept.test says what else is to be done then. Versions of
// wasm2obj that differ only in their last number have the same (docs/abi.md).
inline constexpr uint32_t kAbiVersion = 9;

// Computes a hash of strings and numbers.
class HashBuilder {
 public:
  constexpr HashBuilder& add(std::string_view text) {
    for (char c : text) step(static_cast<uint8_t>(c));
    step(0xff);
    return *this;
  }
  constexpr HashBuilder& add(uint64_t number) {
    for (int shift = 0; shift < 64; shift += 8) step(static_cast<uint8_t>(number >> shift));
    return *this;
  }
  constexpr uint64_t value() const { return value_; }

 private:
  // FNV-1a, 64 bits.
  constexpr void step(uint8_t byte) { value_ = (value_ ^ byte) * 0x100000001b3; }
  uint64_t value_ = 0xcbf29ce484222325;
};

// Returns the ABI hash of this build.
constexpr uint64_t computeAbiHash() {
  HashBuilder hash;
  hash.add(uint64_t{kAbiVersion});
#define TRAP(id, code, text) hash.add(#id).add(uint64_t{code});
#include "runtime/abi/traps.def"
#undef TRAP
#define BUILTIN(id, signature) hash.add(#id).add(signature).add(offsetof(Builtins, id));
#include "runtime/abi/builtins.def"
#undef BUILTIN
#define LIBCALL(name) hash.add(#name);
#include "runtime/abi/libcalls.def"
#undef LIBCALL
#define CONST_STEP(id) hash.add(#id);
#define CONST_ARITHMETIC(id, member, operation) hash.add(#id);
#include "runtime/abi/const_ops.def"
#define CPU_FEATURE(bit, arch, name) hash.add(name).add(uint64_t{bit});
#include "runtime/abi/cpu_features.def"
#undef CPU_FEATURE
#define LAYOUT(type, field) hash.add(#type "." #field).add(offsetof(type, field)).add(sizeof(type));
#include "runtime/abi/layouts.def"
#undef LAYOUT
  ContextLayout one = layoutContext({1, 1, 1, 1, 1, 1, 1, 1});
  hash.add(one.typeIds)
      .add(one.typeWords)
      .add(one.importedFunctions)
      .add(one.memories)
      .add(one.tables);
  hash.add(one.importedGlobals).add(one.globals).add(one.funcRefs).add(one.tags);
  hash.add(one.size);
  hash.add(kGuardBefore).add(kReserved32).add(kRegisterResults).add(kMaxResults).add(kHostStack);
  hash.add(kSignalReserve).add(kUnprobedStack).add(kStackGuard).add(kProbeStep);
  hash.add(kDisplaySize).add(kFirstTypeRow).add(kElements).add(kExceptionTag);
  hash.add(kMaxSmallObject).add(kCardSizeLog2).add(kOutOfBounds).add(uint64_t{kWaitEnded});
  hash.add(uint64_t{static_cast<uint8_t>(ObjectKind::Struct)});
  hash.add(uint64_t{static_cast<uint8_t>(ObjectKind::Array)});
  return hash.value();
}

// The ABI hash of this build. The loader refuses artifacts with another one.
inline constexpr uint64_t kAbiHash = computeAbiHash();

}  // namespace abi
