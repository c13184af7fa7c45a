#include "compiler/codegen/target/stack_probes.h"

#include <fmt/format.h>
#include <llvm/CodeGen/LivePhysRegs.h>
#include <llvm/CodeGen/MachineFrameInfo.h>
#include <llvm/CodeGen/MachineInstrBuilder.h>
#include <llvm/CodeGen/MachineRegisterInfo.h>
#include <llvm/CodeGen/Passes.h>
#include <llvm/CodeGen/TargetInstrInfo.h>
#include <llvm/CodeGen/TargetLowering.h>
#include <llvm/CodeGen/TargetSubtargetInfo.h>
#include <llvm/IR/InlineAsm.h>
#include <llvm/Target/TargetMachine.h>

#include "runtime/abi/types.h"

namespace codegen {

using llvm::MachineBasicBlock;
using llvm::MachineFunction;

char StackProbes::kId = 0;

namespace {

// A leaf with a smaller frame is among what abi::kUnprobedStack is for.
constexpr uint64_t kSmallFrame = 4096;

// Registers of AArch64's scalable vectors have at most so many times 128 bits.
constexpr uint64_t kMostScale = 16;

// What the function itself takes of the stack below the return address, or more.
uint64_t frameBytes(const MachineFunction& function) {
  const llvm::MachineFrameInfo& frame = function.getFrameInfo();
  uint64_t bytes = frame.getStackSize() + frame.getMaxAlign().value();
  if (frame.isMaxCallFrameSizeComputed()) bytes += frame.getMaxCallFrameSize();
  for (int i = frame.getObjectIndexBegin(); i < frame.getObjectIndexEnd(); ++i) {
    bool isScalable = !frame.isDeadObjectIndex(i) && frame.getStackID(i) != 0;
    if (isScalable) bytes += static_cast<uint64_t>(frame.getObjectSize(i)) * kMostScale;
  }
  return bytes;
}

bool isProbed(const MachineFunction& function) {
  return function.getFrameInfo().hasCalls() || frameBytes(function) > kSmallFrame;
}

// What a probe overwrites: the flags, or on AArch64 a register.
llvm::MCRegister clobber(const MachineFunction& function) {
  const auto& registers = *function.getSubtarget().getRegisterInfo();
  llvm::StringRef name = function.getTarget().getTargetTriple().isX86() ? "EFLAGS" : "X16";
  unsigned number = 1;
  while (name != registers.getName(number)) ++number;
  return number;
}

bool isFree(llvm::MCRegister clobbered, const MachineBasicBlock& block) {
  const MachineFunction& function = *block.getParent();
  llvm::LivePhysRegs live(*function.getSubtarget().getRegisterInfo());
  live.addLiveIns(block);
  return live.available(function.getRegInfo(), clobbered);
}

bool hasPrologue(const MachineBasicBlock& block) {
  return llvm::any_of(block, [](const llvm::MachineInstr& instruction) {
    return instruction.getFlag(llvm::MachineInstr::FrameSetup);
  });
}

// Where the stack pointer is still the one on entry, and no call has been made. The entry is such a
// place in any case; nothing but arguments is alive there.
MachineBasicBlock& blockOfProbe(MachineFunction& function, llvm::MCRegister clobbered) {
  MachineBasicBlock* prologue = nullptr;
  for (MachineBasicBlock& block : function) {
    if (!hasPrologue(block)) continue;
    if (prologue != nullptr) return function.front();
    prologue = &block;
  }
  if (prologue == nullptr || !isFree(clobbered, *prologue)) return function.front();
  return *prologue;
}

// Loads a byte `distance` below the stack pointer, on AArch64 up to a page further. Not a multiple
// of a page below what was just pushed, as CPUs take that for a load of it at first.
std::string loadBelow(uint64_t distance, bool isX86) {
  if (isX86) return fmt::format("testb %al, -{}(%rsp)", distance);
  constexpr uint64_t kPage = 4096;
  uint64_t pages = (distance + kPage / 2) / kPage + 1;
  std::string load = fmt::format("ldrb wzr, [x16, #{}]", kPage / 2);
  if (pages < kPage) return fmt::format("sub x16, sp, #{}, lsl #12\n\t{}", pages, load);
  uint64_t high = distance / 65536 + 2;
  return fmt::format("movz x16, #{}, lsl #16\n\tmovk x16, #{}, lsl #32\n\tsub x16, sp, x16\n\t{}",
                     high & 0xffff, high >> 16, load);
}

void insertProbe(MachineBasicBlock& block, MachineBasicBlock::iterator before,
                 llvm::MCRegister clobbered, uint64_t distance) {
  MachineFunction& function = *block.getParent();
  const llvm::TargetInstrInfo& instructions = *function.getSubtarget().getInstrInfo();
  bool isX86 = function.getTarget().getTargetTriple().isX86();
  const char* text = function.createExternalSymbolName(loadBelow(distance, isX86));
  llvm::Register stackPointer =
      function.getSubtarget().getTargetLowering()->getStackPointerRegisterToSaveRestore();
  llvm::InlineAsm::Flag used(llvm::InlineAsm::Kind::RegUse, 1);
  llvm::InlineAsm::Flag overwritten(llvm::InlineAsm::Kind::Clobber, 1);
  auto effects = llvm::InlineAsm::Extra_HasSideEffects | llvm::InlineAsm::Extra_MayLoad;
  BuildMI(block, before, llvm::DebugLoc(), instructions.get(llvm::TargetOpcode::INLINEASM))
      .addExternalSymbol(text)
      .addImm(effects)
      .addImm(used)
      .addReg(stackPointer)
      .addImm(overwritten)
      .addReg(clobbered, llvm::RegState::Define | llvm::RegState::Implicit | llvm::RegState::Dead |
                             llvm::RegState::EarlyClobber)
      .setMIFlag(llvm::MachineInstr::FrameSetup);
}

}  // namespace

void StackProbes::getAnalysisUsage(llvm::AnalysisUsage& usage) const {
  usage.setPreservesCFG();
  MachineFunctionPass::getAnalysisUsage(usage);
}

bool StackProbes::runOnMachineFunction(MachineFunction& function) {
  if (!isProbed(function)) return false;
  llvm::MCRegister clobbered = clobber(function);
  MachineBasicBlock& block = blockOfProbe(function, clobbered);
  MachineBasicBlock::iterator before = block.begin();
  uint64_t reach = frameBytes(function) + abi::kSignalReserve + abi::kUnprobedStack;
  for (uint64_t distance = abi::kProbeStep; distance < reach; distance += abi::kProbeStep) {
    insertProbe(block, before, clobbered, distance);
  }
  insertProbe(block, before, clobbered, reach);
  return true;
}

}  // namespace codegen
