#include "compiler/codegen/plan/stored_functions.h"

#include <algorithm>
#include <optional>

#include "compiler/codegen/plan/const_expr.h"

namespace codegen {
namespace {

constexpr size_t kMaxFunctions = 3;

// What a constant expression pushes: a reference to a function, or something else.
using Operand = std::optional<uint32_t>;

// Returns how many operands a step pops.
size_t operandCount(const wasm::Module& module, const abi::ConstStep& step) {
  switch (step.op) {
    case abi::ConstOp::Const:
    case abi::ConstOp::GlobalGet:
    case abi::ConstOp::RefFunc:
    case abi::ConstOp::RefNull:
    case abi::ConstOp::StructNewDefault:
      return 0;
    case abi::ConstOp::RefI31:
    case abi::ConstOp::ArrayNewDefault:
    case abi::ConstOp::ConvertReference:
      return 1;
    case abi::ConstOp::StructNew:
      return module.types[step.index].fields.size();
    case abi::ConstOp::ArrayNewFixed:
      return step.bits[0];
    default:
      return 2;
  }
}

}  // namespace

StoredFunctions::StoredFunctions(const wasm::ValidModule& module, const ObjectLayouts& layouts)
    : module_(*module), layouts_(layouts) {
  for (const wasm::Global& global : module_.globals) {
    if (!global.isImport && global.type.value.isRef()) addStores(global.init);
  }
}

void StoredFunctions::addStores(wasm::CodeRange init) {
  std::vector<Operand> stack;
  for (const abi::ConstStep& step : constSteps(module_, init)) {
    auto operands = stack.end() - static_cast<ptrdiff_t>(operandCount(module_, step));
    if (step.op == abi::ConstOp::StructNew) {
      for (auto operand = operands; operand != stack.end(); ++operand) {
        auto field = static_cast<uint32_t>(operand - operands);
        if (*operand) add(step.index, field, **operand);
      }
    }
    stack.erase(operands, stack.end());
    stack.push_back(step.op == abi::ConstOp::RefFunc ? Operand(step.index) : std::nullopt);
  }
}

void StoredFunctions::add(uint32_t typeIndex, uint32_t field, uint32_t function) {
  std::vector<uint32_t>& known = functions_[{layouts_[typeIndex].fields[field].declaration, field}];
  if (known.size() > kMaxFunctions || std::ranges::find(known, function) != known.end()) return;
  known.push_back(function);
}

const std::vector<uint32_t>& StoredFunctions::find(uint32_t typeIndex, uint32_t field) const {
  static const std::vector<uint32_t> none;
  auto found = functions_.find({layouts_[typeIndex].fields[field].declaration, field});
  if (found == functions_.end() || found->second.size() > kMaxFunctions) return none;
  bool hasImport = std::ranges::any_of(
      found->second, [this](uint32_t function) { return function < module_.importedFunctions; });
  return hasImport ? none : found->second;
}

}  // namespace codegen
