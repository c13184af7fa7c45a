#include "compiler/wasm/diagnostic.h"

#include <fmt/format.h>

#include "compiler/wasm/position.h"

namespace wasm {

base::Error errorAt(std::string_view fileName, uint32_t offset, std::string message) {
  return {fmt::format("{}:{:#x}", fileName, offset), std::move(message)};
}

base::Error errorAt(const Module& module, uint32_t offset, std::string message) {
  if (module.positions == nullptr) return errorAt(module.fileName, offset, std::move(message));
  const TextPositions& positions = *module.positions;
  return textError(module.fileName, positions.text(), positions.textOffset(offset),
                   std::move(message));
}

}  // namespace wasm
