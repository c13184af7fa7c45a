// The parser of modules in the text format (section 6). Errors are at "file:line:column" and show
// the source line. Only conditions that depend on the text are checked; call validate() to check
// types and indices.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "compiler/wasm/module.h"
#include "compiler/wasm/position.h"
#include "compiler/wasm/text/lex/text_cursor.h"
#include "runtime/base/result.h"

namespace wasm {

// The memory that a module parsed from text refers to, besides the text. It must not be moved or
// changed while the module is in use.
struct TextStorage {
  // The encoded instructions. Module::bytes is a view of it. Other constructs that have an offset
  // take a byte of padding, so that `positions` can map the offset to the text.
  base::Bytes code;
  TextPositions positions;
  std::shared_ptr<StringPool> strings;
};

// A parsed module and the memory that it refers to. If the module is moved away, `storage` must
// outlive it.
struct TextModule {
  Module module;
  std::unique_ptr<const TextStorage> storage;
};

// Parses a whole file: `(module ...)`, or only its fields (section 6.6.13). The text must outlive
// the module. Returns the first error: the text is malformed, a limit of limits.h is exceeded, or
// the module is invalid in a way that only the text shows.
//
// Identifiers are written to a custom section "name" after the last standard section, before other
// custom sections there; branch hints are stored in Module::branchHints, from which writeModule()
// makes the section "metadata.code.branch_hint", right before the code section. If the text has a
// custom section of the same name, the generated one is omitted, unless the one in the text is
// empty: then the generated one takes its place.
base::Result<TextModule> parseModule(std::string fileName, std::string_view text);

// Parses a module in a script, which has other contents as well. `in` must be after `(module` and
// the optional identifier, which is `name`, and is moved to the parenthesis that closes the module.
// On an error the cursor fails as well, unless the module is well-formed but invalid in a way that
// only the text shows (a branch hint for an instruction that takes none).
base::Result<TextModule> parseModuleFields(std::string fileName, TextCursor& in,
                                           std::string_view name);

}  // namespace wasm
