#include "compiler/wasm/diagnostic.h"

#include <fmt/format.h>

namespace wasm {

base::Error errorAt(std::string_view fileName, uint32_t offset, std::string message) {
  return {fmt::format("{}:{:#x}", fileName, offset), std::move(message)};
}

}  // namespace wasm
