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

// The largest frame in bytes of a leaf function without a probe. abi::kUnprobedStack has room for
// it.
constexpr uint64_t kSmallFrame = 4096;

// The maximal number of 128-bit granules in a register of AArch64's scalable vectors (2048 bits).
constexpr uint64_t kMostScale = 16;

// Returns an upper bound of the bytes that the function's frame takes below the return address.
// Objects of scalable vectors have a size in granules, whose width is known only at run time.
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

// Returns the register that a probe overwrites: the flags, or on AArch64 x16, an
// intra-procedure-call scratch register (AAPCS64).
llvm::MCRegister clobber(const MachineFunction& function) {
  const auto& registers = *function.getSubtarget().getRegisterInfo();
  llvm::StringRef name = function.getTarget().getTargetTriple().isX86() ? "EFLAGS" : "X16";
  unsigned number = 1;
  while (name != registers.getName(number)) ++number;
  return number;
}

// Returns whether the register is not live at the start of the block.
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

// Returns a block at whose start the stack pointer is still that on entry and no call has been
// made: the block that shrink wrapping has chosen for the prologue, so that early returns skip the
// probe. It is the entry block if there are several prologues, or if the flags are live at the
// start of the only one. In the entry block only arguments are live.
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

// Returns the assembly of a load of the byte at `distance` bytes below the stack pointer. On
// AArch64 the byte may be up to a page further, or up to 128 KiB for distances of 16 MiB and more,
// since immediates have 12 or 16 bits. It is half a page off a multiple of the page size there:
// CPUs compare the low bits of addresses first, and would mistake the load for one of the value
// that was just pushed (4K aliasing). On x86-64 abi::kUnprobedStack has this effect for small
// frames.
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

// Inline assembly, since it is the same for all instruction selectors and needs no opcode of the
// target.
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

// The distance of two probes is smaller than the guard, so that no step can skip the guard.
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
