#include "compiler/wasm/instruction.h"

#include <fmt/format.h>

#include "compiler/wasm/binary/immediates.h"

namespace wasm {
namespace {

constexpr uint8_t kFirstPrefix = 0xfb;
constexpr uint8_t kLastPrefix = 0xfe;

void reset(Instruction& out) {
  out.index = 0;
  out.index2 = 0;
  out.bits = 0;
  out.align = 0;
  out.lane = 0;
  out.nullable = false;
  out.nullable2 = false;
  out.heap = HeapType::kBottom;
  out.heap2 = HeapType::kBottom;
  out.block = {};
  out.bytes = {};
  out.labels.clear();
  out.types.clear();
  out.catches.clear();
}

std::string illegalOpcode(uint8_t prefix, uint32_t code) {
  if (prefix == 0) return fmt::format("illegal opcode {:#04x}", code);
  return fmt::format("illegal opcode {:#04x} {:#04x}", prefix, code);
}

}  // namespace

base::Result<void> InstructionReader::next(Instruction& out) {
  reset(out);
  out.offset = cursor_.offset();
  uint8_t prefix = 0;
  uint32_t code = cursor_.byte();
  if (code >= kFirstPrefix && code <= kLastPrefix) {
    prefix = static_cast<uint8_t>(code);
    code = cursor_.u32();
  }
  std::optional<Op> op = findOpcode(prefix, code);
  if (!op) {
    cursor_.fail(out.offset, illegalOpcode(prefix, code));
    return cursor_.status(module_->fileName);
  }
  out.op = *op;
  readImmediates(cursor_, out);
  return cursor_.status(module_->fileName);
}

}  // namespace wasm
