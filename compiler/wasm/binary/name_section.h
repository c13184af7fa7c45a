// The custom section "name" in full (appendix A.6.1, and the subsections that the extended name
// section proposal adds): the names that the text format writes as identifiers.
#pragma once

#include <map>
#include <string_view>

#include "compiler/wasm/module.h"
#include "runtime/base/result.h"

namespace wasm {

inline constexpr std::string_view kNameSection = "name";

using NameMap = std::map<uint32_t, std::string_view>;

// Borrowed from what they were read from.
struct ModuleNames {
  std::string_view module;
  NameMap functions;
  std::map<uint32_t, NameMap> locals;  // by function; parameters first
  std::map<uint32_t, NameMap> labels;  // by function; numbered in the order of their instructions
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

// The contents of the section; an error for what is malformed or unknown.
base::Result<ModuleNames> readNameSection(base::ByteView bytes);

// What the compiler needs of it. Malformed names are not an error: what came before them is kept.
Names readNames(base::ByteView bytes);

// The contents of a section that says all of it, in the canonical order and the shortest form;
// empty if there are no names.
base::Bytes writeNameSection(const ModuleNames& names);

}  // namespace wasm
