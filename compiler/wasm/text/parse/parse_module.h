// Parses modules in the text format (section 6). Errors are at "file:line:column" and show the
// source line. Only what depends on the text is checked; call validate() to check types and
// indices.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "compiler/wasm/module.h"
#include "compiler/wasm/position.h"
#include "compiler/wasm/text/lex/text_cursor.h"
#include "runtime/base/result.h"

namespace wasm {

// The memory that a module parsed from text refers to, besides the text.
struct TextStorage {
  // The encoded instructions. Module::bytes is a view of it. Other constructs that have an offset
  // take a byte of padding, so that `positions` can map the offset to the text.
  base::Bytes code;
  TextPositions positions;
  std::shared_ptr<StringPool> strings;
};

// A parsed module and what it refers to. If the module is moved away, `storage` must outlive it.
struct TextModule {
  Module module;
  std::unique_ptr<const TextStorage> storage;
};

// Parses a whole file: `(module ...)`, or only its fields. The text must outlive the module.
//
// Identifiers are written to a custom section "name" behind the last standard section, before other
// custom sections there; branch hints are written to "metadata.code.branch_hint", right before the
// code section. If the text has a custom section of the same name, the generated one is left out,
// unless the one in the text is empty: then the generated one takes its place.
base::Result<TextModule> parseModule(std::string fileName, std::string_view text);

// Parses a module in a script, which has other contents as well. `in` must be behind `(module` and
// the optional identifier, which is `name`, and is moved to the parenthesis that closes the module.
// On an error the cursor fails as well, unless the module is well-formed but invalid in a way that
// only the text shows (a branch hint for an instruction that takes none).
base::Result<TextModule> parseModuleFields(std::string fileName, TextCursor& in,
                                           std::string_view name);

}  // namespace wasm
