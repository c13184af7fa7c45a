#include "test/wast/parse_script.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "compiler/wasm/text/lex/text_cursor.h"
#include "runtime/base/numbers.h"

namespace wast {
namespace {

using wasm::Token;
using wasm::TokenKind;

// A keyword and its meaning.
template <class T>
struct Named {
  std::string_view keyword;
  T value;
};

// The patterns for references, and the references that can be arguments.
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

// `assert_trap` is in both tables, since its operand may be an action or a module.
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

// A script that begins with one of these keywords consists of the fields of a module.
constexpr std::string_view kFields[] = {"type",   "rec",    "import", "func", "table", "memory",
                                        "global", "export", "start",  "elem", "data",  "tag"};

// Returns the value of a keyword, or null if it is not in the table.
template <class T, size_t N>
const T* find(const Named<T> (&rows)[N], std::string_view keyword) {
  for (const Named<T>& row : rows) {
    if (row.keyword == keyword) return &row.value;
  }
  return nullptr;
}

using CommandBody = decltype(Command::body);

// Returns the bits of a literal, or nothing if it is malformed or out of range.
std::optional<uint64_t> numberBits(std::string_view word, const Shape& shape) {
  if (!shape.isFloat) return base::parseInteger(word, shape.laneBits);
  if (shape.laneBits == 32) return base::parseF32(word);
  return base::parseF64(word);
}

// A recursive-descent parser. Errors are kept by the cursor: after the first one all further tokens
// are the end of the text, so that parsing stops. Member functions return incomplete objects then.
class ScriptParser {
 public:
  explicit ScriptParser(std::string_view text)
      : text_(text), in_(text, std::make_shared<wasm::StringPool>()) {}

  Script parse();
  base::Result<void> status(const std::string& fileName) const { return in_.status(fileName); }

 private:
  // Takes an identifier and returns it without its $. Returns an empty string if there is none.
  std::string takeName() { return std::string(in_.takeIdentifier().value_or("")); }
  std::string takeString() { return std::string(in_.expectString()); }
  bool atModule() const { return in_.atList("module"); }
  bool atOpen() const { return in_.peek().kind == TokenKind::LeftParen; }

  bool isInlineModule() const;
  Command inlineModule() const;
  Command command();
  CommandBody commandBody();
  CommandBody moduleCommand();
  InstantiateModule instantiateModule();
  Register registration();
  AssertReturn assertReturn();
  AssertActionFails assertActionFails(ActionFailure failure);
  AssertModuleFails assertModuleFails(ModuleFailure failure);
  StartThread startThread();
  Module module();
  Module moduleRest();
  Action action();
  Action actionRest(bool isInvoke);
  Expectation expectation();
  Operand operand();
  Operand operandRest(std::string_view keyword);
  Number number(const Shape& shape);
  Lane lane(const Shape& shape);
  Reference reference(ReferenceKind kind);
  void skipToClose();
  uint32_t lineOf(uint32_t offset);

  std::string_view text_;
  wasm::TextCursor in_;
  // The line of this offset. Commands are parsed in order, so lines are counted once.
  uint32_t countedTo_ = 0;
  uint32_t line_ = 1;
  uint32_t threadDepth_ = 0;
};

Script ScriptParser::parse() {
  Script script;
  if (isInlineModule()) {
    script.commands.push_back(inlineModule());
    return script;
  }
  while (!in_.atEnd()) script.commands.push_back(command());
  return script;
}

bool ScriptParser::isInlineModule() const {
  return std::any_of(std::begin(kFields), std::end(kFields),
                     [this](std::string_view field) { return in_.atList(field); });
}

// The whole text is one module, which is parsed when its command is run.
Command ScriptParser::inlineModule() const {
  Module whole{.form = ModuleForm::Quote, .content = std::string(text_)};
  return {.line = 1, .text = text_, .body = DefineModule{whole}};
}

Command ScriptParser::command() {
  Command command;
  uint32_t begin = in_.peek().offset;
  command.line = lineOf(begin);
  if (!atOpen()) in_.unexpected("a command");
  in_.take();
  command.body = commandBody();
  command.text = text_.substr(begin, in_.peek().offset + 1 - begin);
  in_.expectClose();
  return command;
}

// Each function that is named after a command parses the rest of the form behind its keyword, up to
// but not including the closing parenthesis.
CommandBody ScriptParser::commandBody() {
  Token token = in_.take();
  std::string_view keyword = token.text;
  if (keyword == "module") return moduleCommand();
  if (keyword == "register") return registration();
  if (keyword == "invoke" || keyword == "get") return actionRest(keyword == "invoke");
  if (keyword == "assert_return") return assertReturn();
  auto* ofModule = find(kModuleFailures, keyword);
  auto* ofAction = find(kActionFailures, keyword);
  if (ofModule != nullptr && (ofAction == nullptr || atModule()))
    return assertModuleFails(*ofModule);
  if (ofAction != nullptr) return assertActionFails(*ofAction);
  if (keyword == "thread") return startThread();
  if (keyword == "wait") return WaitForThread{takeName()};
  in_.fail(token.offset, fmt::format("unknown command '{}'", keyword));
  return Action{};
}

CommandBody ScriptParser::moduleCommand() {
  if (in_.takeKeyword("instance")) return instantiateModule();
  bool isDefinition = in_.takeKeyword("definition");
  return DefineModule{moduleRest(), !isDefinition};
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
  while (atOpen()) assertion.results.push_back(expectation());
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

StartThread ScriptParser::startThread() {
  StartThread thread{takeName(), {}, {}};
  while (in_.takeList("shared")) {
    in_.expectList("module");
    thread.shared.push_back(takeName());
    in_.expectClose();
    in_.expectClose();
  }
  constexpr uint32_t kMaxDepth = 100;
  if (++threadDepth_ > kMaxDepth) in_.fail(in_.peek().offset, "threads are nested too deeply");
  while (atOpen()) thread.commands.push_back(command());
  --threadDepth_;
  return thread;
}

// Parses `(module ...)` as a part of an assertion.
Module ScriptParser::module() {
  in_.expectList("module");
  in_.takeKeyword("definition");
  Module parsed = moduleRest();
  in_.expectClose();
  return parsed;
}

// Parses the rest of the form behind `(module` or `(module definition`.
Module ScriptParser::moduleRest() {
  Module parsed;
  parsed.name = takeName();
  bool isBinary = in_.takeKeyword("binary");
  if (isBinary || in_.takeKeyword("quote")) {
    parsed.form = isBinary ? ModuleForm::Binary : ModuleForm::Quote;
    parsed.content = in_.takeStrings();
  } else {
    parsed.fields = in_.peek().offset;
    skipToClose();
  }
  return parsed;
}

Action ScriptParser::action() {
  bool isInvoke = in_.atList("invoke");
  in_.expectList(isInvoke ? "invoke" : "get");
  Action parsed = actionRest(isInvoke);
  in_.expectClose();
  return parsed;
}

Action ScriptParser::actionRest(bool isInvoke) {
  Action parsed;
  parsed.isInvoke = isInvoke;
  parsed.module = takeName();
  parsed.field = takeString();
  while (isInvoke && atOpen()) parsed.arguments.push_back(operand());
  return parsed;
}

Expectation ScriptParser::expectation() {
  if (!in_.takeList("either")) return {operand()};
  Expectation alternatives;
  while (atOpen()) alternatives.push_back(operand());
  in_.expectClose();
  return alternatives;
}

Operand ScriptParser::operand() {
  if (!atOpen()) in_.unexpected("a constant");
  in_.take();
  Operand parsed = operandRest(in_.take().text);
  in_.expectClose();
  return parsed;
}

Operand ScriptParser::operandRest(std::string_view keyword) {
  if (auto* kind = find(kReferences, keyword)) return reference(*kind);
  bool isVector = keyword == "v128.const";
  std::string name = isVector ? fmt::format("{}.const", in_.take().text) : std::string(keyword);
  for (const Shape& shape : kShapes) {
    if (shape.isVector == isVector && fmt::format("{}.const", shape.name) == name)
      return number(shape);
  }
  in_.unexpected("a constant");
  return Number{&kShapes[0], {}};
}

Number ScriptParser::number(const Shape& shape) {
  Number parsed{&shape, {}};
  for (uint8_t i = 0; i < shape.lanes; ++i) parsed.lanes.push_back(lane(shape));
  return parsed;
}

Lane ScriptParser::lane(const Shape& shape) {
  Token token = in_.take();
  if (auto* nan = shape.isFloat ? find(kNans, token.text) : nullptr) return {0, *nan};
  std::optional<uint64_t> bits;
  if (token.kind == TokenKind::Integer || token.kind == TokenKind::Float)
    bits = numberBits(token.text, shape);
  if (!bits)
    in_.fail(token.offset, fmt::format("{} is not a number of {}", spelling(token), shape.name));
  return {bits.value_or(0)};
}

Reference ScriptParser::reference(ReferenceKind kind) {
  Reference parsed{kind, std::nullopt};
  bool isNumbered = kind == ReferenceKind::Host || kind == ReferenceKind::Extern;
  if (kind == ReferenceKind::Null) {
    skipToClose();  // the heap type is ignored, since a null reference matches any
  } else if (isNumbered && in_.peek().kind == TokenKind::Integer) {
    parsed.number = in_.expectNatural32("a reference's number");
  }
  return parsed;
}

// Skips to the parenthesis that closes the current form.
void ScriptParser::skipToClose() {
  for (uint32_t depth = 0; !in_.atEnd(); in_.take()) {
    TokenKind kind = in_.peek().kind;
    if (kind == TokenKind::LeftParen || kind == TokenKind::Annotation) ++depth;
    if (kind != TokenKind::RightParen) continue;
    if (depth == 0) return;
    --depth;
  }
}

// Returns the line of an offset that is not less than that of the previous call.
uint32_t ScriptParser::lineOf(uint32_t offset) {
  std::string_view passed = text_.substr(countedTo_, offset - countedTo_);
  line_ += static_cast<uint32_t>(std::count(passed.begin(), passed.end(), '\n'));
  countedTo_ = offset;
  return line_;
}

}  // namespace

base::Result<Script> parseScript(const std::string& fileName, std::string_view text) {
  if (text.size() > UINT32_MAX) return base::Error{fileName, "is 4 GiB or more"};
  ScriptParser parser(text);
  Script script = parser.parse();
  TRY(parser.status(fileName));
  return script;
}

}  // namespace wast
