#include "runtime/unwind/unwinder.h"

#include "runtime/trap/code_registry.h"
#include "runtime/unwind/unwind_cache.h"
#include "runtime/unwind/unwind_table.h"
#include "runtime/unwind/virtual_frame.h"

namespace runtime {
namespace {

constinit UnwindCache cache;

// Reads a row from the tables and adds it to the cache. Returns nothing if there is none.
[[gnu::noinline]] std::optional<FrameRow> readRow(uint64_t returnAddress) {
  // The byte before the return address belongs to the call.
  const CompiledCode* code = codeAt(reinterpret_cast<const void*>(returnAddress - 1));
  if (code == nullptr) return std::nullopt;
  std::optional<FrameRow> row = findRow(code->unwindTables(), returnAddress);
  if (row) cache.insert(returnAddress, *row);
  return row;
}

}  // namespace

bool unwindToHandler(Registers& registers, uintptr_t stackEnd, ThrowTrace& trace) {
  if (registers.stackPointer > stackEnd) return false;
  cache.enterGeneration(codeGeneration());
  VirtualFrame frame(registers, stackEnd);
  for (;;) {
    std::optional<FrameRow> row = cache.find(frame.pc());
    if (!row) row = readRow(frame.pc());
    if (!row) return false;
    trace.add(frame.pc());
    if (row->isHandler()) {
      std::optional<Registers> atPad = frame.registers();
      if (!atPad) return false;
      registers = *atPad;
      registers.stackPointer += row->argumentBytes();
      registers.pc = row->pad(frame.pc());
      return true;
    }
    if (!frame.leave(*row)) return false;
  }
}

}  // namespace runtime
