#include "wasi/call_trace.h"

#include <fmt/format.h>

#include <algorithm>

namespace wasi {
namespace {

constexpr uint32_t kMaxShown = 256;

std::string quote(Guest guest, Address address, uint32_t size) {
  const uint8_t* text = guest.bytes(address, size);
  if (text == nullptr) return fmt::format("{:#x}+{}", address, size);
  std::string result = "\"";
  for (uint8_t byte : std::span(text, std::min(size, kMaxShown))) {
    bool plain = byte >= 0x20 && byte != 0x7f && byte != '"' && byte != '\\';
    result += plain ? std::string(1, static_cast<char>(byte)) : fmt::format("\\x{:02x}", byte);
  }
  result += size > kMaxShown ? "\"..." : "\"";
  return result;
}

std::string describeArgument(Kind kind, uint64_t value) {
  switch (kind) {
    case Kind::Address:
    case Kind::Flags:
    case Kind::Rights:
      return fmt::format("{:#x}", value);
    case Kind::Delta:
      return fmt::format("{}", static_cast<int64_t>(value));
    default:
      return fmt::format("{}", value);
  }
}

}  // namespace

std::string describeCall(const char* name, std::span<const Kind> kinds,
                         std::span<const uint64_t> arguments, Guest guest) {
  std::string result = fmt::format("{}(", name);
  const char* separator = "";
  for (size_t i = 0; i < kinds.size(); ++i) {
    if (kinds[i] == Kind::PathSize) continue;
    bool isPath = kinds[i] == Kind::Path;
    result += separator;
    result += isPath ? quote(guest, static_cast<Address>(arguments[i]),
                             static_cast<uint32_t>(arguments[i + 1]))
                     : describeArgument(kinds[i], arguments[i]);
    separator = ", ";
  }
  return result + ")";
}

}  // namespace wasi
