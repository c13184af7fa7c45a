// The instructions of call frame information (DWARF 5, section 6.4.2, with the extensions of GNU
// and AArch64).
#pragma once

#include <optional>

#include "runtime/arch/registers.h"
#include "runtime/unwind/table_reader.h"

namespace runtime {

// Where the value that a register had in the caller is.
struct RegisterRule {
  enum class Kind : uint8_t {
    Unchanged,    // in the register
    Saved,        // in memory, at the CFA plus `offset`
    Unsupported,  // elsewhere, for instance where an expression says
  };
  Kind kind = Kind::Unchanged;
  int64_t offset = 0;  // in bytes
};

// The indices of rules, besides those of kCalleeSaved.
inline constexpr size_t kStackPointerRule = kCalleeSaved.size();
#if defined(__x86_64__)
inline constexpr size_t kReturnAddressRule = kCalleeSaved.size() + 1;
inline constexpr size_t kRuleCount = kCalleeSaved.size() + 2;
#elif defined(__aarch64__)
inline constexpr size_t kReturnAddressRule = kLinkRegister;
inline constexpr size_t kRuleCount = kCalleeSaved.size() + 1;
#endif

// The result of a program at one instruction of a function. The CFA (canonical frame address) is
// the value of the stack pointer in the caller.
struct CfiState {
  uint64_t cfaRegister = 0;      // a DWARF number; the CFA is the register plus `cfaOffset`
  int64_t cfaOffset = 0;         // in bytes
  bool isCfaExpression = false;  // the CFA is that of an expression instead
  bool isReturnSigned = false;   // the saved return address has a pointer authentication code
  uint64_t argumentBytes = 0;    // that have been pushed for the call (DW_CFA_GNU_args_size)
  std::array<RegisterRule, kRuleCount> rules;
};

// The parts of a CIE (common information entry) that programs refer to.
struct CfiFactors {
  uint64_t code = 1;
  int64_t data = 1;
  uint8_t pointerEncoding = 0;
};

// Runs a CIE's program `initial` and then an FDE's `program`, up to the instruction `target` bytes
// from the start of the function. Returns nothing if a program is damaged or has an unknown
// instruction. The time is linear in the size of the programs. Rules for other registers than
// those of `CfiState` are ignored.
std::optional<CfiState> runCfi(const CfiFactors& factors, TableReader initial, TableReader program,
                               uint64_t functionStart, uint64_t target);

}  // namespace runtime
