// Reads and writes the custom section "name" (appendix A.6.1, and the subsections of the extended
// name section proposal). It holds the names that are identifiers in the text format.
#pragma once

#include <map>
#include <string_view>

#include "compiler/wasm/module.h"
#include "runtime/base/result.h"

namespace wasm {

inline constexpr std::string_view kNameSection = "name";

using NameMap = std::map<uint32_t, std::string_view>;

// All names of a module, by index. The strings are views of the bytes that they were read from.
struct ModuleNames {
  std::string_view module;
  NameMap functions;
  std::map<uint32_t, NameMap> locals;  // by function; parameters come first
  std::map<uint32_t, NameMap> labels;  // by function; numbered in the order of the instructions
  NameMap types;
  NameMap tables;
  NameMap memories;
  NameMap globals;
  NameMap elements;
  NameMap data;
  std::map<uint32_t, NameMap> fields;  // by type
  NameMap tags;
  friend bool operator==(const ModuleNames&, const ModuleNames&) = default;
};

// Reads the contents of the section. Returns an error if they are malformed or have an unknown
// subsection.
base::Result<ModuleNames> readNameSection(base::ByteView bytes);

// Reads the names of the module and of its functions. A malformed section is not an error: the
// names before the malformed part are returned.
Names readNames(base::ByteView bytes);

// Returns the contents of a section with all of these names, in canonical order and with every
// number in its shortest form; empty if there are no names.
base::Bytes writeNameSection(const ModuleNames& names);

}  // namespace wasm
