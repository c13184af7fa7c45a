#include "test/wast/parse_script.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "compiler/wasm/text/lexer.h"
#include "compiler/wasm/text/numbers.h"
#include "compiler/wasm/text/string_literal.h"

namespace wast {
namespace {

using wasm::Token;
using wasm::TokenKind;

template <class T>
struct Named {
  std::string_view keyword;
  T value;
};

constexpr Named<ReferenceKind> kReferences[] = {
    {"ref", ReferenceKind::Any},           {"ref.any", ReferenceKind::Any},
    {"ref.null", ReferenceKind::Null},     {"ref.host", ReferenceKind::Host},
    {"ref.eq", ReferenceKind::Eq},         {"ref.i31", ReferenceKind::I31},
    {"ref.struct", ReferenceKind::Struct}, {"ref.array", ReferenceKind::Array},
    {"ref.func", ReferenceKind::Func},     {"ref.extern", ReferenceKind::Extern},
    {"ref.exn", ReferenceKind::Exn},
};

constexpr Named<Nan> kNans[] = {
    {"nan:canonical", Nan::Canonical},
    {"nan:arithmetic", Nan::Arithmetic},
};

constexpr Named<ActionFailure> kActionFailures[] = {
    {"assert_trap", ActionFailure::Trap},
    {"assert_exhaustion", ActionFailure::Exhaustion},
    {"assert_exception", ActionFailure::Exception},
};

constexpr Named<ModuleFailure> kModuleFailures[] = {
    {"assert_malformed", ModuleFailure::Malformed},
    {"assert_invalid", ModuleFailure::Invalid},
    {"assert_malformed_custom", ModuleFailure::MalformedCustom},
    {"assert_invalid_custom", ModuleFailure::InvalidCustom},
    {"assert_unlinkable", ModuleFailure::Unlinkable},
    {"assert_uninstantiable", ModuleFailure::Trap},
    {"assert_trap", ModuleFailure::Trap},
};

// Commands of proposals that are known, but not obeyed.
constexpr Named<wasm::Feature> kUnsupported[] = {
    {"thread", wasm::Feature::threads},
    {"wait", wasm::Feature::threads},
};

// A script that begins with one of these is a module without its parentheses.
constexpr std::string_view kFields[] = {"type",   "rec",    "import", "func", "table", "memory",
                                        "global", "export", "start",  "elem", "data",  "tag"};

template <class T, size_t N>
const T* find(const Named<T> (&rows)[N], std::string_view keyword) {
  for (const Named<T>& row : rows) {
    if (row.keyword == keyword) return &row.value;
  }
  return nullptr;
}

// In place of where a module's text begins: where its fields do.
constexpr uint32_t kBareFields = UINT32_MAX;

using CommandBody = decltype(Command::body);

std::string unescaped(const Token& token) {
  std::string out;
  wasm::appendUnescaped(out, token.text);
  return out;
}

std::optional<uint64_t> numberBits(std::string_view word, const Shape& shape) {
  if (!shape.isFloat) return wasm::parseInteger(word, shape.laneBits);
  if (shape.laneBits == 32) return wasm::parseF32(word);
  return wasm::parseF64(word);
}

// Errors are the lexer's, which are sticky: after the first, every token is End, so that parsing
// runs out by itself.
class ScriptParser {
 public:
  explicit ScriptParser(std::string_view text) : text_(text), lexer_(text) { advance(); }

  Script parse();
  bool ok() const { return lexer_.ok(); }
  uint32_t failedAt() const { return lexer_.failedAt(); }
  const std::string& message() const { return lexer_.message(); }

 private:
  void advance() { token_ = lexer_.next(); }
  void fail(std::string message);
  void expect(TokenKind kind, std::string_view what);
  std::string_view takeKeyword();
  bool takeIf(std::string_view keyword);
  std::string takeName();
  std::string takeString();
  std::string takeStrings();
  // The keyword behind the parenthesis that comes next.
  std::string_view peekForm();
  // To the parenthesis that closes the form whose inside is being read.
  void skipToClose();

  bool isInlineModule();
  Command inlineModule() const;
  Command command();
  CommandBody commandBody(uint32_t begin);
  CommandBody moduleCommand(uint32_t begin);
  InstantiateModule instantiateModule();
  Register registration();
  AssertReturn assertReturn();
  AssertActionFails assertActionFails(ActionFailure failure);
  AssertModuleFails assertModuleFails(ModuleFailure failure);
  Unsupported unsupported(wasm::Feature feature);
  Module module();
  Module moduleRest(uint32_t begin);
  Action action();
  Action actionRest(std::string_view keyword);
  Expectation expectation();
  Operand operand();
  Operand operandRest(std::string_view keyword);
  Number number(const Shape& shape);
  Lane lane(const Shape& shape);
  Reference reference(ReferenceKind kind);
  uint32_t lineOf(uint32_t offset);

  std::string_view text_;
  wasm::Lexer lexer_;
  Token token_;
  // Lines are counted as commands come.
  uint32_t countedTo_ = 0;
  uint32_t line_ = 1;
};

void ScriptParser::fail(std::string message) {
  lexer_.fail(token_.offset, std::move(message));
  advance();
}

void ScriptParser::expect(TokenKind kind, std::string_view what) {
  if (token_.kind == kind) return advance();
  if (token_.kind == TokenKind::End) return fail(fmt::format("unexpected end, expected {}", what));
  fail(fmt::format("unexpected '{}', expected {}", token_.text, what));
}

std::string_view ScriptParser::takeKeyword() {
  std::string_view keyword = token_.text;
  expect(TokenKind::Keyword, "a keyword");
  return keyword;
}

bool ScriptParser::takeIf(std::string_view keyword) {
  if (!token_.is(keyword)) return false;
  advance();
  return true;
}

std::string ScriptParser::takeName() {
  if (token_.kind != TokenKind::Identifier) return {};
  std::string name = unescaped(token_);
  advance();
  return name;
}

std::string ScriptParser::takeString() {
  std::string string = token_.kind == TokenKind::String ? unescaped(token_) : std::string();
  expect(TokenKind::String, "a string");
  return string;
}

std::string ScriptParser::takeStrings() {
  std::string all;
  while (token_.kind == TokenKind::String) all += takeString();
  return all;
}

std::string_view ScriptParser::peekForm() {
  if (token_.kind != TokenKind::LeftParen) return {};
  Token keyword = lexer_.next();
  lexer_.seek(keyword.offset);
  return keyword.kind == TokenKind::Keyword ? keyword.text : std::string_view();
}

void ScriptParser::skipToClose() {
  uint32_t depth = 0;
  for (; token_.kind != TokenKind::End; advance()) {
    if (token_.kind == TokenKind::LeftParen || token_.kind == TokenKind::Annotation) ++depth;
    if (token_.kind != TokenKind::RightParen) continue;
    if (depth == 0) return;
    --depth;
  }
}

Script ScriptParser::parse() {
  Script script;
  if (isInlineModule()) {
    script.commands.push_back(inlineModule());
    return script;
  }
  while (token_.kind != TokenKind::End) script.commands.push_back(command());
  return script;
}

bool ScriptParser::isInlineModule() {
  return std::find(std::begin(kFields), std::end(kFields), peekForm()) != std::end(kFields);
}

Command ScriptParser::inlineModule() const {
  Module whole;
  whole.end = static_cast<uint32_t>(text_.size());
  return {.line = 1, .text = text_, .body = DefineModule{whole}};
}

Command ScriptParser::command() {
  Command command;
  uint32_t begin = token_.offset;
  command.line = lineOf(begin);
  expect(TokenKind::LeftParen, "'('");
  command.body = commandBody(begin);
  command.text = text_.substr(begin, token_.offset + 1 - begin);
  expect(TokenKind::RightParen, "')'");
  return command;
}

CommandBody ScriptParser::commandBody(uint32_t begin) {
  uint32_t keywordAt = token_.offset;
  std::string_view keyword = takeKeyword();
  if (keyword == "module") return moduleCommand(begin);
  if (keyword == "register") return registration();
  if (keyword == "invoke" || keyword == "get") return actionRest(keyword);
  if (keyword == "assert_return") return assertReturn();
  auto* ofModule = find(kModuleFailures, keyword);
  auto* ofAction = find(kActionFailures, keyword);
  if (ofModule != nullptr && (ofAction == nullptr || peekForm() == "module"))
    return assertModuleFails(*ofModule);
  if (ofAction != nullptr) return assertActionFails(*ofAction);
  if (auto* feature = find(kUnsupported, keyword)) return unsupported(*feature);
  lexer_.fail(keywordAt, fmt::format("unknown command '{}'", keyword));
  advance();
  return Unsupported{};
}

CommandBody ScriptParser::moduleCommand(uint32_t begin) {
  if (takeIf("instance")) return instantiateModule();
  bool isDefinition = takeIf("definition");
  // Without its keyword, a definition is spelled as bare fields.
  return DefineModule{moduleRest(isDefinition ? kBareFields : begin), !isDefinition};
}

InstantiateModule ScriptParser::instantiateModule() {
  InstantiateModule instance;
  instance.name = takeName();
  instance.definition = takeName();
  return instance;
}

Register ScriptParser::registration() {
  Register registration;
  registration.as = takeString();
  registration.module = takeName();
  return registration;
}

AssertReturn ScriptParser::assertReturn() {
  AssertReturn assertion{action(), {}};
  while (token_.kind == TokenKind::LeftParen) assertion.results.push_back(expectation());
  return assertion;
}

AssertActionFails ScriptParser::assertActionFails(ActionFailure failure) {
  AssertActionFails assertion{failure, action(), {}};
  if (failure != ActionFailure::Exception) assertion.message = takeString();
  return assertion;
}

AssertModuleFails ScriptParser::assertModuleFails(ModuleFailure failure) {
  AssertModuleFails assertion{failure, module(), {}};
  assertion.message = takeString();
  return assertion;
}

Unsupported ScriptParser::unsupported(wasm::Feature feature) {
  skipToClose();
  return {feature};
}

// (module ...) as a part of an assertion.
Module ScriptParser::module() {
  uint32_t begin = token_.offset;
  expect(TokenKind::LeftParen, "'('");
  if (!takeIf("module")) fail("expected a module");
  Module parsed = moduleRest(takeIf("definition") ? kBareFields : begin);
  expect(TokenKind::RightParen, "')'");
  return parsed;
}

// After (module; `begin` is where the text of a module that is written out starts.
Module ScriptParser::moduleRest(uint32_t begin) {
  Module parsed;
  parsed.name = takeName();
  if (token_.is("binary") || token_.is("quote")) {
    parsed.form = token_.is("binary") ? ModuleForm::Binary : ModuleForm::Quote;
    advance();
    parsed.content = takeStrings();
    return parsed;
  }
  parsed.begin = begin == kBareFields ? token_.offset : begin;
  skipToClose();
  parsed.end = begin == kBareFields ? token_.offset : token_.offset + 1;
  return parsed;
}

Action ScriptParser::action() {
  expect(TokenKind::LeftParen, "'('");
  Action parsed = actionRest(takeKeyword());
  expect(TokenKind::RightParen, "')'");
  return parsed;
}

Action ScriptParser::actionRest(std::string_view keyword) {
  Action parsed;
  parsed.isInvoke = keyword == "invoke";
  if (!parsed.isInvoke && keyword != "get") fail("expected an action");
  parsed.module = takeName();
  parsed.field = takeString();
  while (parsed.isInvoke && token_.kind == TokenKind::LeftParen)
    parsed.arguments.push_back(operand());
  return parsed;
}

Expectation ScriptParser::expectation() {
  if (peekForm() != "either") return {operand()};
  Expectation alternatives;
  advance();
  advance();
  while (token_.kind == TokenKind::LeftParen) alternatives.push_back(operand());
  expect(TokenKind::RightParen, "')'");
  return alternatives;
}

Operand ScriptParser::operand() {
  expect(TokenKind::LeftParen, "'('");
  Operand parsed = operandRest(takeKeyword());
  expect(TokenKind::RightParen, "')'");
  return parsed;
}

Operand ScriptParser::operandRest(std::string_view keyword) {
  constexpr std::string_view kConst = ".const";
  if (auto* kind = find(kReferences, keyword)) return reference(*kind);
  bool isVector = keyword == "v128.const";
  std::string_view type =
      keyword.substr(0, keyword.size() - std::min(keyword.size(), kConst.size()));
  std::string_view name = isVector ? takeKeyword() : type;
  for (const Shape& shape : kShapes) {
    if (shape.isVector == isVector && shape.name == name && keyword.ends_with(kConst))
      return number(shape);
  }
  fail(fmt::format("'{}' is not a constant", keyword));
  return Number{&kShapes[0], {}};
}

Number ScriptParser::number(const Shape& shape) {
  Number parsed{&shape, {}};
  for (uint8_t i = 0; i < shape.lanes; ++i) parsed.lanes.push_back(lane(shape));
  return parsed;
}

Lane ScriptParser::lane(const Shape& shape) {
  Lane parsed;
  std::optional<uint64_t> bits;
  if (auto* nan = shape.isFloat ? find(kNans, token_.text) : nullptr) {
    parsed.nan = *nan;
    bits = 0;
  } else if (token_.kind == TokenKind::Integer || token_.kind == TokenKind::Float) {
    bits = numberBits(token_.text, shape);
  }
  if (!bits) fail(fmt::format("'{}' is not a number of {}", token_.text, shape.name));
  parsed.bits = bits.value_or(0);
  advance();
  return parsed;
}

Reference ScriptParser::reference(ReferenceKind kind) {
  Reference parsed{kind, std::nullopt};
  if (kind == ReferenceKind::Null) {
    skipToClose();  // null is null, whatever the heap type
  } else if (token_.kind == TokenKind::Integer &&
             (kind == ReferenceKind::Host || kind == ReferenceKind::Extern)) {
    std::optional<uint64_t> number = wasm::parseNatural(token_.text, UINT32_MAX);
    if (!number) fail(fmt::format("'{}' is no number of a reference", token_.text));
    parsed.number = static_cast<uint32_t>(number.value_or(0));
    advance();
  }
  return parsed;
}

uint32_t ScriptParser::lineOf(uint32_t offset) {
  std::string_view passed = text_.substr(countedTo_, offset - countedTo_);
  line_ += static_cast<uint32_t>(std::count(passed.begin(), passed.end(), '\n'));
  countedTo_ = offset;
  return line_;
}

}  // namespace
}  // namespace wast
