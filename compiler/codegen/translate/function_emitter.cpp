#include "compiler/codegen/translate/function_emitter.h"

#include "compiler/codegen/translate/builder/function_builder.h"
#include "compiler/codegen/translate/emit/emitters.h"
#include "compiler/codegen/translate/emit/translated.h"
#include "compiler/wasm/binary/instruction_reader.h"

namespace codegen {
namespace {

using wasm::Nesting;
using Emitter = void (*)(FunctionBuilder&, const Inst&);

// The emitters by family. Families that are not translated have null, since their emitters are
// declared but not defined.
constexpr std::array<Emitter, wasm::kFamilyCount> makeEmitterTable() {
  std::array<Emitter, wasm::kFamilyCount> table{};
#define FAMILY(id, trap, cost)                                                \
  if constexpr (kTranslatedFamilies[static_cast<size_t>(wasm::Family::id)]) { \
    table[static_cast<size_t>(wasm::Family::id)] = emit::id;                  \
  }
#include "compiler/wasm/families.def"
#undef FAMILY
  return table;
}
constexpr std::array<Emitter, wasm::kFamilyCount> kEmitters = makeEmitterTable();

// Translates one function body.
class FunctionEmitter {
 public:
  FunctionEmitter(ModuleBuilder& module, uint32_t functionIndex)
      : f_(module, functionIndex), body_(module.source().functions[functionIndex].body) {}

  void emit() {
    openFunction();
    wasm::InstructionReader reader(f_.source(), body_);
    Inst inst;
    while (!reader.atEnd()) {
      CHECK(reader.next(inst).ok());
      const wasm::OpcodeInfo& info = wasm::opcodeInfo(inst.op);
      if (f_.control.isDead && skipDeadCode(info.nesting)) continue;
      Emitter emitter = kEmitters[static_cast<size_t>(info.family)];
      CHECK(emitter != nullptr);
      f_.setLocation(inst, info.mayTrap);
      llvm::Value* operand = f_.stack.size() == 0 ? nullptr : f_.stack.top();
      f_.fuel.add(info.cost, operand);
      emitter(f_, inst);
      if (info.cost == wasm::Cost::PerGrowth) f_.fuel.addGrowth(operand, f_.stack.top());
    }
    CHECK(f_.control.isEmpty());
    closeFunction();
  }

 private:
  // Opens the frame of the body. A branch to its label returns, as does its end.
  void openFunction() {
    Frame frame{.kind = FrameKind::Function, .label = detachedBlock(f_, "return")};
    frame.labelPhis = makePhis(f_, frame.label, f_.signature.results);
    frame.end = frame.label;
    frame.endPhis = frame.labelPhis;
    f_.control.push(std::move(frame));
  }

  // The check of the fuel at the entry has the place of the first instruction.
  void closeFunction() {
    Inst first;
    first.offset = body_.begin;
    f_.setLocation(first, true);
    f_.fuel.finish();
  }

  // Returns whether to skip an instruction that cannot be reached. Dead code has been validated
  // with polymorphic operand types ("stack-polymorphic"), so its operands need not exist. Only the
  // `else` or `end` that ends the dead part of the innermost frame is translated. Structured
  // instructions inside of the dead code are counted, to find that `end`.
  bool skipDeadCode(Nesting nesting) {
    if (nesting == Nesting::Opens) ++deadDepth_;
    bool endsPart = nesting == Nesting::Divides || nesting == Nesting::Closes;
    if (endsPart && deadDepth_ == 0) return false;
    if (nesting == Nesting::Closes) --deadDepth_;
    return true;
  }

  FunctionBuilder f_;
  wasm::CodeRange body_;
  uint32_t deadDepth_ = 0;  // structured instructions opened in dead code
};

}  // namespace

void emitFunction(ModuleBuilder& module, uint32_t functionIndex) {
  FunctionEmitter(module, functionIndex).emit();
}

}  // namespace codegen
