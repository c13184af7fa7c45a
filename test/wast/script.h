// A test script (.wast) as the reference interpreter's README defines them: modules, actions on
// their exports, and assertions about both.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "compiler/wasm/opcode.h"

namespace wast {

// How a number's bits are divided; scalars are one lane.
struct Shape {
  std::string_view name;
  uint8_t laneBits = 0;
  uint8_t lanes = 0;
  bool isFloat = false;
  bool isVector = false;
};

inline constexpr std::array kShapes = {
    Shape{"i32", 32, 1, false, false},  Shape{"i64", 64, 1, false, false},
    Shape{"f32", 32, 1, true, false},   Shape{"f64", 64, 1, true, false},
    Shape{"i8x16", 8, 16, false, true}, Shape{"i16x8", 16, 8, false, true},
    Shape{"i32x4", 32, 4, false, true}, Shape{"i64x2", 64, 2, false, true},
    Shape{"f32x4", 32, 4, true, true},  Shape{"f64x2", 64, 2, true, true},
};

// Canonical: a NaN whose payload is the quiet bit alone; arithmetic: a NaN with the quiet bit set.
enum class Nan : uint8_t { None, Canonical, Arithmetic };

struct Lane {
  uint64_t bits = 0;
  Nan nan = Nan::None;  // if not None, any such NaN instead of `bits`
};

struct Number {
  const Shape* shape = nullptr;
  std::vector<Lane> lanes;
};

// What a reference refers to: nothing, a reference of the host's by number, or, as a pattern,
// anything below a heap type.
enum class ReferenceKind : uint8_t { Null, Host, Any, Eq, I31, Struct, Array, Func, Extern, Exn };

struct Reference {
  ReferenceKind kind = ReferenceKind::Null;
  std::optional<uint32_t> number;  // of Host and Extern; a pattern without one matches all
};

// An argument, or a pattern for a result.
using Operand = std::variant<Number, Reference>;

// A result must match one of these; more than one come from (either ...).
using Expectation = std::vector<Operand>;

enum class ModuleForm : uint8_t {
  Text,    // written in the script
  Quote,   // text in strings, or a script that is nothing but a module's fields
  Binary,  // bytes in strings
};

struct Module {
  std::string name;  // without its $; may be empty
  ModuleForm form = ModuleForm::Text;
  uint32_t fields = 0;  // Text: where in the script the module's fields begin
  std::string content;  // Quote, Binary
};

struct Action {
  bool isInvoke = true;  // else it reads a global
  std::string module;    // empty: the latest
  std::string field;
  std::vector<Operand> arguments;
};

// (module ...) or (module definition ...)
struct DefineModule {
  Module module;
  bool isInstantiated = true;
};

// (module instance $name $definition)
struct InstantiateModule {
  std::string name;
  std::string definition;
};

struct Register {
  std::string as;
  std::string module;
};

struct AssertReturn {
  Action action;
  std::vector<Expectation> results;
};

enum class ActionFailure : uint8_t { Trap, Exhaustion, Exception };

struct AssertActionFails {
  ActionFailure failure;
  Action action;
  std::string message;  // empty for exceptions
};

enum class ModuleFailure : uint8_t {
  Malformed,
  Invalid,
  MalformedCustom,  // an annotation or custom section
  InvalidCustom,
  Unlinkable,
  Trap,
};

struct AssertModuleFails {
  ModuleFailure failure;
  Module module;
  std::string message;
};

// A command of a proposal that is known, but not obeyed.
struct Unsupported {
  wasm::Feature feature = wasm::Feature::mvp;
};

struct Command {
  uint32_t line = 0;
  std::string_view text;  // as the script has it
  std::variant<DefineModule, InstantiateModule, Register, Action, AssertReturn, AssertActionFails,
               AssertModuleFails, Unsupported>
      body;
};

struct Script {
  std::vector<Command> commands;
};

}  // namespace wast
