// Basic types and constants shared by compiler and runtime: value types, traps, CPU features,
// limits. All structs in runtime/abi have members of fixed width and are trivially copyable, so
// that `offsetof` gives the layout that compiled code uses.
#pragma once

#include <cstddef>
#include <cstdint>

namespace abi {

// The representation of a value at run time. References are words of 64 bits: the address
// of a FuncRef for functions, else as object.h says; a null reference is 0.
enum class ValueKind : uint8_t { I32, I64, F32, F64, V128, FuncRef, ExternRef, AnyRef, ExnRef };

// A heap type (section 2.3.4). Concrete stands for an item of the type index space.
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

// A value type. Unused members are zero (all but `kind` in a number or vector type, `typeIndex` if
// the heap type is abstract), so that types can be compared member by member.
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

// The value types that have a name in the text format.
inline constexpr ValueType kI32 = {ValueKind::I32, {}, 0, 0, 0};
inline constexpr ValueType kI64 = {ValueKind::I64, {}, 0, 0, 0};
inline constexpr ValueType kF32 = {ValueKind::F32, {}, 0, 0, 0};
inline constexpr ValueType kF64 = {ValueKind::F64, {}, 0, 0, 0};
inline constexpr ValueType kV128 = {ValueKind::V128, {}, 0, 0, 0};
inline constexpr ValueType kFuncRef = {ValueKind::FuncRef, HeapKind::Func, 1, 0, 0};
inline constexpr ValueType kExternRef = {ValueKind::ExternRef, HeapKind::Extern, 1, 0, 0};

// The kind of an import or export. The values are those of the binary format (section 5.3.14).
enum class ExternKind : uint8_t { Function = 0, Table = 1, Memory = 2, Global = 3, Tag = 4 };

// The reason of a trap; traps.def has a row for each.
enum class TrapCode : uint32_t {
  None = 0,
#define TRAP(id, code, text) id = code,
#include "runtime/abi/traps.def"
#undef TRAP
};

// Returns the message of a trap in the words of the specification's tests, or "unknown trap" if
// `code` is not one of the enumerators.
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

// The architecture of an artifact.
enum class Arch : uint16_t { X86_64 = 1, AArch64 = 2 };

// Returns the name of an architecture for messages.
constexpr const char* archName(Arch arch) {
  return arch == Arch::X86_64 ? "x86_64" : arch == Arch::AArch64 ? "aarch64" : "unknown";
}

// A row of cpu_features.def.
struct CpuFeature {
  Arch arch;
  uint32_t bit;
  const char* name;
};

// All rows of cpu_features.def.
inline constexpr CpuFeature kCpuFeatures[] = {
#define CPU_FEATURE(bit, arch, name) {Arch::arch, bit, name},
#include "runtime/abi/cpu_features.def"
#undef CPU_FEATURE
};

// The default page size of memories in bytes, and the most such pages with 32-bit addresses.
inline constexpr uint64_t kPageSize = 65536;
inline constexpr uint64_t kMaxPages32 = 65536;

// Returns the largest page size in bytes of hosts of an architecture. Parts of an artifact that are
// mapped by themselves are aligned to it.
constexpr uint64_t hostPageSize(Arch arch) { return arch == Arch::X86_64 ? 4096 : 65536; }

// The address space reserved for a memory with 32-bit addresses, from its base: 4 GiB for the
// address, 4 GiB for the static offset, and a guard for the size of the access. kGuardBefore bytes
// before the base catch accesses below it, which only a fault in the compiler could cause.
inline constexpr uint64_t kGuardBefore = uint64_t{1} << 16;
inline constexpr uint64_t kReserved32 = (uint64_t{8} << 30) + (uint64_t{1} << 16);

// Up to kRegisterResults results of a function are returned in registers, and more of them through
// ExecState::results. No function has more than kMaxResults.
inline constexpr uint32_t kRegisterResults = 2;
inline constexpr uint32_t kMaxResults = 1000;

// The result of the builtins wait32 and wait64 if the wait has ended with a trap.
inline constexpr uint32_t kWaitEnded = 3;

// The stack in bytes that a host function may use. The host thunk traps if less is left.
inline constexpr uint64_t kHostStack = 256 << 10;

// The stack in bytes that guest code always leaves free below it, for the frame of a signal and its
// handler. A signal frame takes 3.5 KiB with AVX-512 and 11 KiB with AMX, and
// sysconf(_SC_SIGSTKSZ) recommends four times that for the stack of a handler.
inline constexpr uint64_t kSignalReserve = 64 << 10;
// The stack in bytes that functions without a stack probe may use below one with a probe: leaf
// functions, `memcpy` and the like, and up to 1,000 arguments of a tail call in place of fewer. The
// sum with the reserve is not a multiple of the page size: for those, CPUs predict that the load of
// the probe reads what was just pushed.
inline constexpr uint64_t kUnprobedStack = 34 << 10;
// The size in bytes of the guard below a guest stack, and of the steps in which a large frame is
// probed.
inline constexpr uint64_t kStackGuard = 256 << 10;
inline constexpr uint64_t kProbeStep = 128 << 10;
static_assert(kSignalReserve + kUnprobedStack < kProbeStep && kProbeStep < kStackGuard);

}  // namespace abi
