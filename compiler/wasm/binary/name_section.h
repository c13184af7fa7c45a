// The reader and the writer of the custom section "name" (appendix A.6.1, and the subsections of
// the extended name section proposal). It holds the names that are identifiers in the text format.
#pragma once

#include <map>
#include <string_view>

#include "compiler/wasm/module.h"
#include "runtime/base/result.h"

namespace wasm {

// The name of the section.
inline constexpr std::string_view kNameSection = "name";

// Names by index.
using NameMap = std::map<uint32_t, std::string_view>;

// All names of a module, by index. The strings are views of the bytes that they were read from,
// which must outlive them. Names may be empty, duplicate, or of items that do not exist.
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

// Reads the contents of the section, without its name. Returns an error if they are malformed, have
// an unknown subsection, or are not in the order of the specification. Strict, so that writing the
// result gives the same section if its numbers have their shortest form.
base::Result<ModuleNames> readNameSection(base::ByteView bytes);

// Reads the names of the module and of its functions. A malformed section is not an error, as the
// specification demands of custom sections: the names before the malformed part are returned.
Names readNames(base::ByteView bytes);

// Returns the contents of a section with all of these names, in canonical order and with every
// number in its shortest form; empty if there are no names.
base::Bytes writeNameSection(const ModuleNames& names);

}  // namespace wasm
