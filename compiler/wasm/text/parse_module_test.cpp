#include "compiler/wasm/text/parse_module.h"

#include <gtest/gtest.h>

#include <string>

#include "compiler/wasm/binary/write_module.h"
#include "compiler/wasm/validate/validate.h"

namespace wasm {
namespace {

// Empty if `text` is a valid module, else the first line of the error.
std::string problem(std::string_view text) {
  base::Result<TextModule> parsed = parseModule("a.wat", text);
  std::string message;
  if (!parsed.ok()) {
    message = parsed.error().text();
  } else if (auto valid = validate(std::move(parsed->module)); !valid.ok()) {
    message = valid.error().text();
  }
  return message.substr(0, message.find('\n'));
}

TEST(ParseModule, Empty) {
  EXPECT_EQ(problem(""), "");
  EXPECT_EQ(problem("(module)"), "");
  EXPECT_EQ(problem("(module $m)"), "");
}

TEST(ParseModule, FieldsOfAFile) {
  EXPECT_EQ(problem("(func) (memory 1)"), "");
  EXPECT_EQ(problem("(module) x"),
            "a.wat:1:10: unexpected token: found x, expected the end of the text");
  EXPECT_EQ(problem("(module (fnc))"),
            "a.wat:1:10: unexpected token: found fnc, expected a module field such as func");
}

TEST(ParseModule, ErrorsOfTheValidatorHaveLinesAndColumns) {
  EXPECT_EQ(problem("(func (result i32)\n  (i32.add\n    (i32.const 1)\n    (i64.const 2)))"),
            "a.wat:2:3: i32.add expects i32, found i64");
}

}  // namespace
}  // namespace wasm
