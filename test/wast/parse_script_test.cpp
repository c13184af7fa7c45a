#include "test/wast/parse_script.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "test/wast/operand.h"

namespace wast {
namespace {

Script parse(std::string_view text) {
  auto script = parseScript("t.wast", text);
  EXPECT_TRUE(script.ok()) << (script.ok() ? "" : script.error().text());
  return script.ok() ? *script : Script();
}

std::string errorOf(std::string_view text) {
  auto script = parseScript("t.wast", text);
  return script.ok() ? "" : script.error().text().substr(0, script.error().text().find('\n'));
}

template <class T>
T only(std::string_view text) {
  Script script = parse(text);
  EXPECT_EQ(script.commands.size(), 1u);
  if (script.commands.size() != 1 || !std::holds_alternative<T>(script.commands[0].body)) {
    ADD_FAILURE() << text;
    return T();
  }
  return std::get<T>(script.commands[0].body);
}

TEST(ParseScript, CommandsKnowTheirLineAndText) {
  Script script = parse(";; nothing\n(module)\n\n(invoke\n \"f\")\n(register \"M\")");
  ASSERT_EQ(script.commands.size(), 3u);
  EXPECT_EQ(script.commands[0].line, 2u);
  EXPECT_EQ(script.commands[1].line, 4u);
  EXPECT_EQ(script.commands[2].line, 6u);
  EXPECT_EQ(script.commands[0].text, "(module)");
  EXPECT_EQ(script.commands[1].text, "(invoke\n \"f\")");
}

TEST(ParseScript, ModulesAreDelimitedNotParsed) {
  std::string_view text =
      "(module $M (func (nonsense \")\")) (@custom \"a\" \"(\") (; ) ;))(module)";
  Script script = parse(text);
  ASSERT_EQ(script.commands.size(), 2u);
  const Module& module = std::get<DefineModule>(script.commands[0].body).module;
  EXPECT_EQ(module.name, "M");
  EXPECT_EQ(module.form, ModuleForm::Text);
  EXPECT_TRUE(text.substr(module.fields).starts_with("(func (nonsense"));
}

TEST(ParseScript, BinaryAndQuotedModulesHoldTheirStrings) {
  auto binary = only<DefineModule>(R"((module $"a b" binary "\00asm" "\01\ff"))");
  EXPECT_EQ(binary.module.form, ModuleForm::Binary);
  EXPECT_EQ(binary.module.name, "a b");
  EXPECT_EQ(binary.module.content, std::string("\0asm\1\xff", 6));
  auto quote = only<DefineModule>(R"t((module quote "(func" ")"))t");
  EXPECT_EQ(quote.module.form, ModuleForm::Quote);
  EXPECT_EQ(quote.module.content, "(func)");
}

TEST(ParseScript, DefinitionsAreNotInstantiated) {
  std::string_view text = "(module definition $D (func))";
  auto define = only<DefineModule>(text);
  EXPECT_FALSE(define.isInstantiated);
  EXPECT_EQ(define.module.name, "D");
  EXPECT_EQ(text.substr(define.module.fields), "(func))");
  EXPECT_FALSE(only<DefineModule>(R"((module definition binary ""))").isInstantiated);
  auto instance = only<InstantiateModule>("(module instance $I $D)");
  EXPECT_EQ(instance.name, "I");
  EXPECT_EQ(instance.definition, "D");
}

TEST(ParseScript, BareFieldsAreOneModule) {
  std::string_view text = "(func) (memory 0)";
  auto define = only<DefineModule>(text);
  EXPECT_EQ(define.module.form, ModuleForm::Quote);
  EXPECT_EQ(define.module.content, text);
}

TEST(ParseScript, Actions) {
  auto invoke = only<Action>(R"((invoke $M "a\tb" (i32.const -1) (ref.extern 3) (ref.null $t)))");
  EXPECT_TRUE(invoke.isInvoke);
  EXPECT_EQ(invoke.module, "M");
  EXPECT_EQ(invoke.field, "a\tb");
  ASSERT_EQ(invoke.arguments.size(), 3u);
  EXPECT_EQ(text(invoke.arguments[0]), "(i32.const -1)");
  EXPECT_EQ(text(invoke.arguments[1]), "(ref.extern 3)");
  EXPECT_EQ(text(invoke.arguments[2]), "(ref.null)");
  EXPECT_FALSE(only<Action>(R"((get "g"))").isInvoke);
}

TEST(ParseScript, Results) {
  auto assertion = only<AssertReturn>(
      R"((assert_return (invoke "f") (f32.const nan:canonical) (f64.const -0x1p-3)
           (v128.const f32x4 1 nan:arithmetic -inf nan:0x200000) (ref.func) (ref)
           (either (i64.const 1) (i64.const 0xffff_ffff_ffff_ffff))))");
  std::string all;
  for (const Expectation& expectation : assertion.results) all += text(expectation) + "\n";
  EXPECT_EQ(all,
            "(f32.const nan:canonical)\n(f64.const -0.125)\n"
            "(v128.const f32x4 1 nan:arithmetic -inf nan:0x200000)\n(ref.func)\n(ref)\n"
            "(either (i64.const 1) (i64.const -1))\n");
}

TEST(ParseScript, FailuresOfActionsAndOfModules) {
  auto trap = only<AssertActionFails>(R"((assert_trap (invoke "f") "unreachable"))");
  EXPECT_EQ(trap.failure, ActionFailure::Trap);
  EXPECT_EQ(trap.message, "unreachable");
  EXPECT_EQ(only<AssertActionFails>(R"((assert_exhaustion (invoke "f") "stack"))").failure,
            ActionFailure::Exhaustion);
  EXPECT_EQ(only<AssertActionFails>(R"((assert_exception (invoke "f")))").failure,
            ActionFailure::Exception);
  auto module = [](std::string_view keyword) {
    return only<AssertModuleFails>(fmt::format("({} (module quote \"x\") \"why\")", keyword));
  };
  EXPECT_EQ(module("assert_trap").failure, ModuleFailure::Trap);
  EXPECT_EQ(module("assert_uninstantiable").failure, ModuleFailure::Trap);
  EXPECT_EQ(module("assert_unlinkable").failure, ModuleFailure::Unlinkable);
  EXPECT_EQ(module("assert_malformed").failure, ModuleFailure::Malformed);
  EXPECT_EQ(module("assert_invalid").failure, ModuleFailure::Invalid);
  EXPECT_EQ(module("assert_malformed_custom").failure, ModuleFailure::MalformedCustom);
  EXPECT_EQ(module("assert_invalid_custom").failure, ModuleFailure::InvalidCustom);
  EXPECT_EQ(module("assert_invalid").message, "why");
  EXPECT_EQ(module("assert_invalid").module.content, "x");
}

TEST(ParseScript, Threads) {
  auto thread = only<StartThread>(
      "(thread $T (shared (module $M)) (shared (module $N))\n(invoke \"f\") (wait $U))");
  EXPECT_EQ(thread.name, "T");
  EXPECT_EQ(thread.shared, (std::vector<std::string>{"M", "N"}));
  ASSERT_EQ(thread.commands.size(), 2u);
  EXPECT_EQ(thread.commands[0].line, 2u);
  EXPECT_EQ(std::get<Action>(thread.commands[0].body).field, "f");
  EXPECT_EQ(std::get<WaitForThread>(thread.commands[1].body).name, "U");
  EXPECT_EQ(only<StartThread>("(thread (wait))").commands.size(), 1u);
}

TEST(ParseScript, ThreadsAreNotNestedTooDeeply) {
  std::string text;
  for (int i = 0; i < 1'000'000; ++i) text += "(thread ";
  EXPECT_EQ(errorOf(text), "t.wast:1:809: threads are nested too deeply");
}

TEST(ParseScript, ErrorsNameThePlace) {
  EXPECT_EQ(errorOf("(module)\n  (frobnicate)"), "t.wast:2:4: unknown command 'frobnicate'");
  EXPECT_EQ(errorOf("(register M)"), "t.wast:1:11: unknown operator M, expected a string");
  EXPECT_EQ(errorOf("(module"),
            "t.wast:1:8: unexpected token: found the end of the text, expected )");
  EXPECT_EQ(errorOf("(invoke \"f\" (i32.const 0x1_0000_0000))"),
            "t.wast:1:24: 0x1_0000_0000 is not a number of i32");
  EXPECT_EQ(errorOf("(invoke \"f\" (ref.func 1))"),
            "t.wast:1:23: unexpected token: found 1, expected )");
  EXPECT_EQ(errorOf("module"), "t.wast:1:1: unexpected token: found module, expected a command");
}

TEST(ParseScript, DepthIsNoDanger) {
  std::string text = "(module ";
  text.append(1'000'000, '(');
  EXPECT_NE(errorOf(text), "");
  text.append(1'000'001, ')');
  EXPECT_EQ(parse(text).commands.size(), 1u);
}

}  // namespace
}  // namespace wast
