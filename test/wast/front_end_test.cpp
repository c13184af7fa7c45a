#include "test/wast/front_end.h"

#include <gtest/gtest.h>

namespace wast {
namespace {

using namespace std::string_literals;

Module binary(std::string content) {
  return {.form = ModuleForm::Binary, .content = "\0asm\1\0\0\0"s + std::move(content)};
}

Module quote(std::string content) {
  return {.form = ModuleForm::Quote, .content = std::move(content)};
}

// Returns "valid", or how the module was rejected.
std::string outcome(const Module& module, std::string_view script = "") {
  auto checked = checkModule("t.wast", script, module);
  auto* rejection = std::get_if<Rejection>(&checked);
  if (rejection == nullptr) return "valid";
  return (rejection->kind == RejectedAs::Malformed ? "malformed " : "invalid ") +
         rejection->error.text();
}

constexpr char kOneFunction[] = "\1\4\1\x60\0\0\3\2\1\0";

std::string withCode(const std::string& body, const std::string& between = "") {
  std::string code(1, static_cast<char>(body.size() + 1));
  code += '\0' + body;  // no locals
  std::string section(1, static_cast<char>(code.size() + 1));
  return std::string(kOneFunction, sizeof kOneFunction - 1) + between + "\x0a" + section + "\1" +
         code;
}

TEST(FrontEnd, TellsMalformedFromInvalid) {
  EXPECT_EQ(outcome(quote("(func)")), "valid");
  EXPECT_TRUE(outcome(quote("(func")).starts_with("malformed t.wast:1:6: "));
  EXPECT_TRUE(outcome(quote("(func (result i32))")).starts_with("invalid "));
  EXPECT_EQ(outcome(binary("")), "valid");
  EXPECT_TRUE(outcome(binary("\1")).starts_with("malformed t.wast:0x"));
}

TEST(FrontEnd, CodeIsPartOfTheGrammar) {
  EXPECT_EQ(outcome(binary(withCode("\x0b"))), "valid");
  EXPECT_TRUE(outcome(binary(withCode("\x1a\x0b"))).starts_with("invalid "));      // drop
  EXPECT_TRUE(outcome(binary(withCode("\x27\x0b"))).starts_with("malformed "));    // no opcode
  EXPECT_TRUE(outcome(binary(withCode("\2\x40\x0b"))).starts_with("malformed "));  // open block
  EXPECT_EQ(outcome(binary(withCode("\x0b\x0b"))),
            "malformed t.wast:0x18: instruction after the final end");
}

TEST(FrontEnd, DataSegmentsInCodeNeedTheirCount) {
  std::string drop = "\xfc\x09\0\x0b"s;
  EXPECT_EQ(outcome(binary(withCode(drop))), "malformed t.wast:0x17: data count section required");
  // With the section, the segment is missing.
  EXPECT_TRUE(outcome(binary(withCode(drop, "\x0c\1\0"s))).starts_with("invalid "));
}

TEST(FrontEnd, ModulesInTheScriptKnowTheirPlace) {
  std::string_view script = "(module)\n(module $M\n  (func (nonsense)))";
  Module module{.name = "M", .fields = static_cast<uint32_t>(script.find("(func"))};
  EXPECT_TRUE(outcome(module, script).starts_with("malformed t.wast:3:10: "));
}

}  // namespace
}  // namespace wast
