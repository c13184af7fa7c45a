// The syntax tree of a test script (.wast): modules, actions on their exports, and assertions about
// both. The README of the specification's reference interpreter defines the format, that of the
// threads proposal the commands of threads.
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

// The type of a number, or the shape of a vector. A scalar has one lane.
struct Shape {
  std::string_view name;
  uint8_t laneBits = 0;
  uint8_t lanes = 0;
  bool isFloat = false;
  bool isVector = false;
};

// All shapes.
inline constexpr std::array kShapes = {
    Shape{"i32", 32, 1, false, false},  Shape{"i64", 64, 1, false, false},
    Shape{"f32", 32, 1, true, false},   Shape{"f64", 64, 1, true, false},
    Shape{"i8x16", 8, 16, false, true}, Shape{"i16x8", 16, 8, false, true},
    Shape{"i32x4", 32, 4, false, true}, Shape{"i64x2", 64, 2, false, true},
    Shape{"f32x4", 32, 4, true, true},  Shape{"f64x2", 64, 2, true, true},
};

// A pattern for NaNs. Canonical (nan:canonical) matches NaNs whose payload is only the quiet bit;
// Arithmetic (nan:arithmetic) matches those with the quiet bit set. The sign does not matter.
enum class Nan : uint8_t { None, Canonical, Arithmetic };

// The bits of a lane or, if `nan` is not None, a pattern for it.
struct Lane {
  uint64_t bits = 0;
  Nan nan = Nan::None;
};

// A number or vector.
struct Number {
  const Shape* shape = nullptr;  // an element of kShapes
  std::vector<Lane> lanes;
};

// The kinds of references: null, an object of the host with a number, or, in patterns, any object
// of a heap type.
enum class ReferenceKind : uint8_t { Null, Host, Any, Eq, I31, Struct, Array, Func, Extern, Exn };

// A reference.
struct Reference {
  ReferenceKind kind = ReferenceKind::Null;
  std::optional<uint32_t> number;  // for Host and Extern; a pattern without one matches any
};

// An argument, or a pattern for a result.
using Operand = std::variant<Number, Reference>;

// The alternatives for a result, which must match one of them. There are several for (either ...).
using Expectation = std::vector<Operand>;

// The forms in which a script can contain a module.
enum class ModuleForm : uint8_t {
  Text,    // as a part of the script
  Quote,   // as strings of text; or a script that consists only of the fields of a module
  Binary,  // as strings of bytes
};

// A module in a script, before it is parsed.
struct Module {
  std::string name;  // the identifier without its $, or empty
  ModuleForm form = ModuleForm::Text;
  uint32_t fields = 0;  // Text: the offset in the script where the module's fields begin
  std::string content;  // Quote, Binary
};

// A call of an exported function, or an access of an exported global variable.
struct Action {
  bool isInvoke = true;  // else it reads a global variable
  std::string module;    // the name of the instance; if empty, the last one
  std::string field;
  std::vector<Operand> arguments;
};

// (module ...) or (module definition ...)
struct DefineModule {
  Module module;
  bool isInstantiated = true;
};

// (module instance $name $definition): instantiates a module that has been defined before.
struct InstantiateModule {
  std::string name;
  std::string definition;
};

// (register "as" $module): makes the exports of an instance available for imports.
struct Register {
  std::string as;
  std::string module;
};

// (assert_return action results...): an assertion that the action returns matching results.
struct AssertReturn {
  Action action;
  std::vector<Expectation> results;
};

// How an action fails: (assert_trap action "message"), (assert_exhaustion ...) or (assert_exception
// action).
enum class ActionFailure : uint8_t { Trap, Exhaustion, Exception };

// An assertion that an action fails.
struct AssertActionFails {
  ActionFailure failure;
  Action action;
  std::string message;  // empty for exceptions
};

// The stage at which a module fails: reading, validation, linking or instantiation.
enum class ModuleFailure : uint8_t {
  Malformed,
  Invalid,
  MalformedCustom,  // a malformed annotation or custom section
  InvalidCustom,
  Unlinkable,
  Trap,
};

// An assertion that a module fails, such as (assert_invalid (module ...) "message").
struct AssertModuleFails {
  ModuleFailure failure;
  Module module;
  std::string message;
};

struct Command;

// (thread $name (shared (module $module))... command...): runs commands in a thread and a store of
// their own. They know the named instances, but of their exports only shared memories.
struct StartThread {
  std::string name;
  std::vector<std::string> shared;  // the names of instances
  std::vector<Command> commands;
};

// (wait $name): waits until a thread has run its commands.
struct WaitForThread {
  std::string name;
};

// A command, and its source for messages.
struct Command {
  uint32_t line = 0;      // in the script, from 1 on
  std::string_view text;  // a view of the script's text
  std::variant<DefineModule, InstantiateModule, Register, Action, AssertReturn, AssertActionFails,
               AssertModuleFails, StartThread, WaitForThread>
      body;
};

// A script: its commands in order.
struct Script {
  std::vector<Command> commands;
};

}  // namespace wast
