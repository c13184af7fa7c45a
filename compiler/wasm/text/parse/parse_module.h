// Text format -> Module (section 6). Malformed text is an error that names file, line and column
// and shows the line. Types are checked by validate(), not here.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "compiler/wasm/module.h"
#include "compiler/wasm/position.h"
#include "compiler/wasm/text/lex/text_cursor.h"
#include "runtime/base/result.h"

namespace wasm {

// What a module parsed from text refers to, besides the text.
struct TextStorage {
  // The encoded instructions, which Module::bytes views, with a byte of padding for each other
  // construct that has an offset.
  base::Bytes code;
  TextPositions positions;
  std::shared_ptr<StringPool> strings;
};

// `storage` must outlive the module, wherever that is moved.
struct TextModule {
  Module module;
  std::unique_ptr<const TextStorage> storage;
};

// A whole file: `(module ...)`, or its fields only. The text must outlive the module.
//
// Identifiers become the custom section "name", which stands right behind the last section, before
// other custom sections there; branch hints become "metadata.code.branch_hint", right before the
// code. Where the text has a custom section of that name, either is left out, unless that section
// is empty: then it is the place for what is generated.
base::Result<TextModule> parseModule(std::string fileName, std::string_view text);

// For scripts, in which modules stand among other things: `in` stands behind `(module` and the
// identifier, and is left at the parenthesis that closes the module. `name` is the identifier, or
// empty. The cursor fails too when there is an error, unless the error is one of validity that can
// be seen in the text only (a branch hint for an instruction that takes none).
base::Result<TextModule> parseModuleFields(std::string fileName, TextCursor& in,
                                           std::string_view name);

}  // namespace wasm
