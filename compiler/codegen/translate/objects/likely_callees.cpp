#include "compiler/codegen/translate/objects/likely_callees.h"

#include <llvm/IR/MDBuilder.h>

#include "compiler/codegen/translate/builder/calls.h"

namespace codegen {
namespace {

using llvm::BasicBlock;
using llvm::Value;

// On the load of a reference: the indices of functions.
constexpr char kMetadata[] = "wasm2obj.likely_callees";

std::vector<uint32_t> likelyCallees(const Value* reference) {
  std::vector<uint32_t> functions;
  auto* load = llvm::dyn_cast<llvm::LoadInst>(reference);
  llvm::MDNode* list = load == nullptr ? nullptr : load->getMetadata(kMetadata);
  if (list == nullptr) return functions;
  for (const llvm::MDOperand& function : list->operands()) {
    auto* index = llvm::mdconst::extract<llvm::ConstantInt>(function);
    functions.push_back(static_cast<uint32_t>(index->getZExtValue()));
  }
  return functions;
}

// The functions are inlined at these levels only.
bool inlines(OptLevel level) { return level == OptLevel::O2 || level == OptLevel::O3; }

}  // namespace

void noteLikelyCallees(FunctionBuilder& f, Value* reference, uint32_t typeIndex, uint32_t field) {
  const std::vector<uint32_t>& functions = f.plan().storedFunctions().find(typeIndex, field);
  if (functions.empty() || !inlines(f.options().optLevel)) return;
  llvm::SmallVector<llvm::Metadata*> list;
  for (uint32_t function : functions) {
    list.push_back(llvm::ConstantAsMetadata::get(f.ir.getInt32(function)));
  }
  llvm::cast<llvm::LoadInst>(reference)->setMetadata(kMetadata,
                                                     llvm::MDNode::get(f.ir.getContext(), list));
}

void emitReferenceCall(FunctionBuilder& f, uint32_t typeIndex, Value* reference) {
  const wasm::FuncType& type = f.source().types[typeIndex].func;
  auto callAny = [&] {
    emitCall(f, type, crossIfForeign(f, typeIndex, calleeAt(f, reference, Entry::Fast)));
  };
  std::vector<uint32_t> functions = likelyCallees(reference);
  if (functions.empty()) return callAny();
  Values arguments = f.stack.popMany(type.params.size());
  f.fuel.settle();
  BasicBlock* called = newBlock(f, "called");
  Phis results = makePhis(f, called, type.results);
  auto callThen = [&](llvm::function_ref<void()> call) {
    for (Value* argument : arguments) f.push(argument);
    call();
    jumpTo(f, called, results);
    f.stack.popMany(type.results.size());
  };
  for (uint32_t function : functions) {
    BasicBlock* likely = newBlock(f, "likely");
    BasicBlock* other = newBlock(f, "other");
    f.ir.CreateCondBr(f.ir.CreateICmpEQ(reference, functionReference(f, function)), likely, other);
    startBlock(f, likely);
    callThen([&] { emitCall(f, type, ownCalleeOfCall(f, function)); });
    startBlock(f, other);
  }
  callThen(callAny);
  startBlock(f, called);
  for (llvm::PHINode* result : results) f.push(result);
}

}  // namespace codegen
