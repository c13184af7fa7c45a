#include "wasi/calls/call_trace.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "wasi/types/wire.h"

namespace wasi {
namespace {

// In bytes. A path may be as long as the guest's memory before it is checked.
constexpr uint32_t kMaxShown = 256;

// Returns the text of a path, or its address and size if it is not inside the guest's memory. Bytes
// above 0x7f pass unchanged, as parts of UTF-8.
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

template <class T>
std::string describeNumber(const T& value) {
  return fmt::format("{}", value);
}

std::string describeFlags(const uint16_t& flags) { return fmt::format("{:#x}", flags); }

std::string describePrestat(const Prestat& stat) {
  return fmt::format("{{tag {}, name length {}}}", stat.tag, stat.nameSize);
}

std::string describeFdstat(const Fdstat& stat) {
  return fmt::format("{{type {}, flags {:#x}, rights {:#x}, {:#x}}}", stat.type, stat.flags,
                     stat.rightsBase, stat.rightsInheriting);
}

// Describes a Filestat of either version of WASI.
template <class Stat>
std::string describeFilestat(const Stat& stat) {
  return fmt::format("{{inode {}, type {}, links {}, size {}}}", stat.inode, stat.type, stat.links,
                     stat.size);
}

// Reads a result from guest memory. The call has succeeded, so "?" occurs only if the guest's
// memory and the table of kinds disagree.
template <class T, std::string (*describe)(const T&) = describeNumber<T>>
std::string describeAt(Guest guest, Address address) {
  T value{};
  return guest.read(address, value) == Errno::Success ? describe(value) : "?";
}

// Indexed by Kind, from Argc on: the name of the result in wasi-libc, and the function that reads
// it as its type.
constexpr struct {
  const char* name;
  std::string (*describe)(Guest guest, Address address);
} kResults[] = {
    {"argc", describeAt<uint32_t>},
    {"argv_buf_size", describeAt<uint32_t>},
    {"environ_count", describeAt<uint32_t>},
    {"environ_buf_size", describeAt<uint32_t>},
    {"resolution", describeAt<uint64_t>},
    {"time", describeAt<uint64_t>},
    {"stat", describeAt<Fdstat, describeFdstat>},
    {"buf", describeAt<Filestat, describeFilestat<Filestat>>},
    {"buf", describeAt<unstable::Filestat, describeFilestat<unstable::Filestat>>},
    {"buf", describeAt<Prestat, describePrestat>},
    {"nread", describeAt<uint32_t>},
    {"nwritten", describeAt<uint32_t>},
    {"bufused", describeAt<uint32_t>},
    {"offset", describeAt<uint64_t>},
    {"opened_fd", describeAt<uint32_t>},
    {"nevents", describeAt<uint32_t>},
    {"ro_datalen", describeAt<uint32_t>},
    {"ro_flags", describeAt<uint16_t, describeFlags>},
    {"so_datalen", describeAt<uint32_t>},
};
constexpr size_t kFirstResult = static_cast<size_t>(Kind::Argc);
static_assert(std::size(kResults) == static_cast<size_t>(Kind::SoDatalen) - kFirstResult + 1);

}  // namespace

std::string describeCall(const char* name, std::span<const Kind> kinds,
                         std::span<const uint64_t> arguments, Guest guest) {
  std::string result = fmt::format("{}(", name);
  const char* separator = "";
  for (size_t i = 0; i < kinds.size(); ++i) {
    if (kinds[i] == Kind::PathSize || isResult(kinds[i])) continue;
    bool isPath = kinds[i] == Kind::Path;
    result += separator;
    result += isPath ? quote(guest, static_cast<Address>(arguments[i]),
                             static_cast<uint32_t>(arguments[i + 1]))
                     : describeArgument(kinds[i], arguments[i]);
    separator = ", ";
  }
  return result + ")";
}

std::string describeOutcome(Errno error, std::span<const Kind> kinds,
                            std::span<const uint64_t> arguments, Guest guest) {
  if (error != Errno::Success) return fmt::format(" = {}", errnoName(error));
  std::string results;
  for (size_t i = 0; i < kinds.size(); ++i) {
    if (!isResult(kinds[i])) continue;
    const auto& result = kResults[static_cast<size_t>(kinds[i]) - kFirstResult];
    results += results.empty() ? "" : ", ";
    results += result.name;
    results += ' ';
    results += result.describe(guest, static_cast<Address>(arguments[i]));
  }
  return results.empty() ? " = 0" : fmt::format(" = 0 ({})", results);
}

}  // namespace wasi
