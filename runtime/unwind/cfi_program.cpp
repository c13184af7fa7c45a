#include "runtime/unwind/cfi_program.h"

#include <algorithm>

namespace runtime {
namespace {

// Instructions whose highest two bits are the operation, and the others the first operand.
enum Primary : uint8_t { kAdvanceLoc = 0x40, kOffset = 0x80, kRestore = 0xc0 };
constexpr uint8_t kPrimaryMask = 0xc0;

enum Extended : uint8_t {
  kNop = 0x00,
  kSetLoc = 0x01,
  kAdvanceLoc1 = 0x02,
  kAdvanceLoc2 = 0x03,
  kAdvanceLoc4 = 0x04,
  kOffsetExtended = 0x05,
  kRestoreExtended = 0x06,
  kUndefined = 0x07,
  kSameValue = 0x08,
  kRegister = 0x09,
  kRememberState = 0x0a,
  kRestoreState = 0x0b,
  kDefCfa = 0x0c,
  kDefCfaRegister = 0x0d,
  kDefCfaOffset = 0x0e,
  kDefCfaExpression = 0x0f,
  kExpression = 0x10,
  kOffsetExtendedSf = 0x11,
  kDefCfaSf = 0x12,
  kDefCfaOffsetSf = 0x13,
  kValOffset = 0x14,
  kValOffsetSf = 0x15,
  kValExpression = 0x16,
  kNegateRaState = 0x2d,
  kGnuArgsSize = 0x2e,
  kGnuNegativeOffsetExtended = 0x2f,
};

// The deepest nesting of remembered states. Compilers use one or two.
constexpr size_t kMaxRemembered = 8;

// Returns the index of the register's rule, or nothing if it has none.
std::optional<size_t> ruleOf(uint64_t dwarfNumber) {
  if (dwarfNumber == kDwarfStackPointer) return kStackPointerRule;
  if (dwarfNumber == kDwarfReturnAddress) return kReturnAddressRule;
  const auto* found = std::find(kCalleeSaved.begin(), kCalleeSaved.end(), dwarfNumber);
  if (found == kCalleeSaved.end()) return std::nullopt;
  return static_cast<size_t>(found - kCalleeSaved.begin());
}

// Products and sums of operands wrap, as those of damaged tables may be any numbers.
int64_t scaled(uint64_t operand, int64_t factor) {
  return static_cast<int64_t>(operand * static_cast<uint64_t>(factor));
}

class Interpreter {
 public:
  Interpreter(const CfiFactors& factors, uint64_t functionStart, uint64_t target)
      : factors_(factors), functionStart_(functionStart), target_(target) {}

  // Runs until the end of the program or the target. Returns whether the program is valid so far.
  bool run(TableReader program) {
    while (!program.atEnd() && location_ <= target_) step(program);
    return !program.failed();
  }
  // Makes the current rules those to which DW_CFA_restore returns.
  void endInitial() { initial_ = state_.rules; }
  // Returns the state at the target.
  const CfiState& state() const { return state_; }

 private:
  void step(TableReader& program);
  void stepExtended(uint8_t opcode, TableReader& program);
  void stepCfa(uint8_t opcode, TableReader& program);
  void stepRule(uint8_t opcode, TableReader& program);
  void advance(uint64_t delta) { location_ += delta * factors_.code; }
  void setRule(uint64_t dwarfNumber, RegisterRule rule);
  void restore(uint64_t dwarfNumber);
  void remember(TableReader& program);
  void recall(TableReader& program);

  const CfiFactors& factors_;
  const uint64_t functionStart_;
  const uint64_t target_;
  uint64_t location_ = 0;  // relative to the start of the function
  CfiState state_;
  std::array<RegisterRule, kRuleCount> initial_;
  std::array<CfiState, kMaxRemembered> remembered_;
  size_t rememberedCount_ = 0;
};

void Interpreter::step(TableReader& program) {
  uint8_t opcode = program.byte();
  uint8_t operand = opcode & static_cast<uint8_t>(~kPrimaryMask);
  switch (opcode & kPrimaryMask) {
    case kAdvanceLoc:
      return advance(operand);
    case kOffset:
      return setRule(operand, {RegisterRule::Kind::Saved, scaled(program.uleb(), factors_.data)});
    case kRestore:
      return restore(operand);
    default:
      return stepExtended(opcode, program);
  }
}

void Interpreter::stepExtended(uint8_t opcode, TableReader& program) {
  switch (opcode) {
    case kNop:
      return;
    case kSetLoc:
      location_ = program.pointer(factors_.pointerEncoding) - functionStart_;
      return;
    case kAdvanceLoc1:
      return advance(program.byte());
    case kAdvanceLoc2:
      return advance(program.fixed<uint16_t>());
    case kAdvanceLoc4:
      return advance(program.fixed<uint32_t>());
    case kRestoreExtended:
      return restore(program.uleb());
    case kRememberState:
      return remember(program);
    case kRestoreState:
      return recall(program);
    case kGnuArgsSize:
      state_.argumentBytes = program.uleb();
      return;
    case kNegateRaState:
      // The same number means something else on other architectures.
      if (kReturnAddressRule < kCalleeSaved.size())
        state_.isReturnSigned = !state_.isReturnSigned;
      else
        program.fail();
      return;
    default:
      return stepCfa(opcode, program);
  }
}

void Interpreter::stepCfa(uint8_t opcode, TableReader& program) {
  switch (opcode) {
    case kDefCfa:
    case kDefCfaSf:
      state_.cfaRegister = program.uleb();
      state_.cfaOffset = opcode == kDefCfa
                             ? static_cast<int64_t>(program.uleb())
                             : scaled(static_cast<uint64_t>(program.sleb()), factors_.data);
      state_.isCfaExpression = false;
      return;
    case kDefCfaRegister:
      state_.cfaRegister = program.uleb();
      return;
    case kDefCfaOffset:
      state_.cfaOffset = static_cast<int64_t>(program.uleb());
      return;
    case kDefCfaOffsetSf:
      state_.cfaOffset = scaled(static_cast<uint64_t>(program.sleb()), factors_.data);
      return;
    case kDefCfaExpression:
      program.take(program.uleb());
      state_.isCfaExpression = true;
      return;
    default:
      return stepRule(opcode, program);
  }
}

void Interpreter::stepRule(uint8_t opcode, TableReader& program) {
  using Kind = RegisterRule::Kind;
  uint64_t number = program.uleb();
  switch (opcode) {
    case kOffsetExtended:
      return setRule(number, {Kind::Saved, scaled(program.uleb(), factors_.data)});
    case kOffsetExtendedSf:
      return setRule(number,
                     {Kind::Saved, scaled(static_cast<uint64_t>(program.sleb()), factors_.data)});
    case kGnuNegativeOffsetExtended:
      return setRule(number, {Kind::Saved, -scaled(program.uleb(), factors_.data)});
    case kSameValue:
      return setRule(number, {Kind::Unchanged});
    case kUndefined:
      // The caller does not use the register. Without a return address there is no caller.
      return setRule(number, {number == kDwarfReturnAddress ? Kind::Unsupported : Kind::Unchanged});
    case kRegister:
    case kValOffset:
      program.uleb();
      return setRule(number, {Kind::Unsupported});
    case kValOffsetSf:
      program.sleb();
      return setRule(number, {Kind::Unsupported});
    case kExpression:
    case kValExpression:
      program.take(program.uleb());
      return setRule(number, {Kind::Unsupported});
    default:
      program.fail();
  }
}

void Interpreter::setRule(uint64_t dwarfNumber, RegisterRule rule) {
  if (std::optional<size_t> index = ruleOf(dwarfNumber)) state_.rules[*index] = rule;
}

void Interpreter::restore(uint64_t dwarfNumber) {
  if (std::optional<size_t> index = ruleOf(dwarfNumber)) state_.rules[*index] = initial_[*index];
}

void Interpreter::remember(TableReader& program) {
  if (rememberedCount_ == kMaxRemembered) return program.fail();
  remembered_[rememberedCount_++] = state_;
}

void Interpreter::recall(TableReader& program) {
  if (rememberedCount_ == 0) return program.fail();
  state_ = remembered_[--rememberedCount_];
}

}  // namespace

std::optional<CfiState> runCfi(const CfiFactors& factors, TableReader initial, TableReader program,
                               uint64_t functionStart, uint64_t target) {
  Interpreter interpreter(factors, functionStart, target);
  if (!interpreter.run(initial)) return std::nullopt;
  interpreter.endInitial();
  if (!interpreter.run(program)) return std::nullopt;
  return interpreter.state();
}

}  // namespace runtime
