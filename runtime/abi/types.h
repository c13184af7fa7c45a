// The vocabulary that compiler and runtime share: value types, traps, CPU features, limits.
// Everything in runtime/abi is fixed-width and trivially copyable, so that `offsetof` here is the
// layout on both sides.
#pragma once

#include <cstddef>
#include <cstdint>

namespace abi {

// How a value is represented at run time. References are pointers: a FuncRef for functions, an
// opaque host word for externref; null is the null pointer.
enum class ValueKind : uint8_t { I32, I64, F32, F64, V128, FuncRef, ExternRef, AnyRef, ExnRef };

// What a reference refers to (section 2.3.4); Concrete is a type of the type index space.
enum class HeapKind : uint8_t {
  Func,
  NoFunc,
  Extern,
  NoExtern,
  Any,
  Eq,
  I31,
  Struct,
  Array,
  None,
  Exn,
  NoExn,
  Concrete,
};

// A value type. All fields but the kind are zero in a number type, and `typeIndex` is in an
// abstract reference type, so that equal types are equal field by field.
struct ValueType {
  ValueKind kind;
  HeapKind heap;
  uint8_t isNullable;
  uint8_t reserved;
  uint32_t typeIndex;  // of a concrete heap type

  constexpr bool isReference() const { return kind >= ValueKind::FuncRef; }
  friend constexpr bool operator==(const ValueType&, const ValueType&) = default;
};
static_assert(sizeof(ValueType) == 8);

// The types that need no type index; the references are nullable.
inline constexpr ValueType kI32 = {ValueKind::I32, {}, 0, 0, 0};
inline constexpr ValueType kI64 = {ValueKind::I64, {}, 0, 0, 0};
inline constexpr ValueType kF32 = {ValueKind::F32, {}, 0, 0, 0};
inline constexpr ValueType kF64 = {ValueKind::F64, {}, 0, 0, 0};
inline constexpr ValueType kV128 = {ValueKind::V128, {}, 0, 0, 0};
inline constexpr ValueType kFuncRef = {ValueKind::FuncRef, HeapKind::Func, 1, 0, 0};
inline constexpr ValueType kExternRef = {ValueKind::ExternRef, HeapKind::Extern, 1, 0, 0};

// What an import or export is, with the binary format's numbers (section 5.5.5).
enum class ExternKind : uint8_t { Function = 0, Table = 1, Memory = 2, Global = 3, Tag = 4 };

// Why guest code trapped.
enum class TrapCode : uint32_t {
  None = 0,
#define TRAP(id, code, text) id = code,
#include "runtime/abi/traps.def"
#undef TRAP
};

// The specification's wording of a trap; "unknown trap" for a number that is none.
constexpr const char* trapText(TrapCode code) {
  switch (code) {
#define TRAP(id, code, text) \
  case TrapCode::id:         \
    return text;
#include "runtime/abi/traps.def"
#undef TRAP
    case TrapCode::None:
      break;
  }
  return "unknown trap";
}

// The architectures that there is compiled code for.
enum class Arch : uint16_t { X86_64 = 1, AArch64 = 2 };

// Returns the name for messages and file names.
constexpr const char* archName(Arch arch) {
  return arch == Arch::X86_64 ? "x86_64" : arch == Arch::AArch64 ? "aarch64" : "unknown";
}

// A bit of ModuleDescriptor::cpuFeatures, and the name that LLVM has for it.
struct CpuFeature {
  Arch arch;
  uint32_t bit;
  const char* name;
};

// All features that a module may require.
inline constexpr CpuFeature kCpuFeatures[] = {
#define CPU_FEATURE(bit, arch, name) {Arch::arch, bit, name},
#include "runtime/abi/cpu_features.def"
#undef CPU_FEATURE
};

// Size in bytes of a page of a memory, unless its type has another; most pages of a 32-bit memory.
inline constexpr uint64_t kPageSize = 65536;
inline constexpr uint64_t kMaxPages32 = 65536;

// The largest page of the hosts of an architecture: what the file maps piecewise is aligned to it.
constexpr uint64_t hostPageSize(Arch arch) { return arch == Arch::X86_64 ? 4096 : 65536; }

// A memory's address space: an index reaches 4 GiB, a static offset 4 GiB more, an access 16 bytes
// more still. The guard before the base catches what a wrong negative index would reach.
inline constexpr uint64_t kGuardBefore = uint64_t{1} << 16;
inline constexpr uint64_t kReserved32 = (uint64_t{8} << 30) + (uint64_t{1} << 16);

// Results of a function: up to two travel in registers, more through ExecState::results.
inline constexpr uint32_t kRegisterResults = 2;
inline constexpr uint32_t kMaxResults = 1000;

// What a host function may use of the stack below it; the thunk traps where there is less.
inline constexpr uint64_t kHostStack = 256 << 10;

// What guest code leaves free below it at all times, for the kernel to put the frame of a signal
// there and for the handler to run. A frame has 3.5 KiB with AVX-512 and 11 KiB with AMX, and an
// ordinary handler is said to need four times that (sysconf(_SC_SIGSTKSZ)).
inline constexpr uint64_t kSignalReserve = 64 << 10;
// What is used below a function that probes the stack by those that do not: leaves, `memcpy` and
// the like, and up to 1,000 arguments that a tail call puts in place of fewer. With the reserve no
// multiple of a page: CPUs would take a probe for a load of what was just pushed, at first.
inline constexpr uint64_t kUnprobedStack = 34 << 10;
// Below a guest stack lies a guard of kStackGuard bytes; from one probe of a frame to the next it
// is less.
inline constexpr uint64_t kStackGuard = 256 << 10;
inline constexpr uint64_t kProbeStep = 128 << 10;
static_assert(kSignalReserve + kUnprobedStack < kProbeStep && kProbeStep < kStackGuard);

}  // namespace abi
