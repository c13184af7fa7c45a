// The header of an interface for C++.
#include <fmt/format.h>

#include <algorithm>

#include "compiler/c_interface/c_interface.h"
#include "compiler/c_interface/text.h"

namespace c_interface {
namespace {

constexpr char kHead[] =
    R"(// A class for the functions of {source} in an object file that wasm2obj has made. C++20.
#ifndef {GUARD}
#define {GUARD}

#include <cstddef>
#include <memory>
#include <span>
#include <stdexcept>
#include <string>
#include <tuple>

#include {HEADER}

// A trap, an exit or an exception of the guest, or a wrong use.
class {name}_error : public std::runtime_error {{
 public:
  // Takes the error over.
  explicit {name}_error(wasm2obj_error_t* error)
      : std::runtime_error(wasm2obj_error_text(error)), error_(error, wasm2obj_error_delete) {{}}

  wasm2obj_error_kind_t kind() const {{ return wasm2obj_error_kind(error_.get()); }}
  const wasm2obj_error_t* get() const {{ return error_.get(); }}

 private:
  std::shared_ptr<wasm2obj_error_t> error_;
}};

// An instance, which the object owns. Its functions throw {name}_error.
class {name}_guest {{
 public:
  // As {name}_new.
  explicit {name}_guest(const wasm2obj_wasi_t* wasi = nullptr,
                        const wasm2obj_limits_t* limits = nullptr, void* env = nullptr)
      : instance_(nullptr, {name}_delete) {{
    {name}_instance* made = nullptr;
    check({name}_new(wasi, limits, env, &made));
    instance_.reset(made);
  }}

  {name}_instance* get() const {{ return instance_.get(); }}
  // Returns the memory that is exported as "memory". The span is valid until the guest runs, which
  // may grow the memory.
  std::span<std::byte> memory() const {{
    std::size_t size = 0;
    void* begin = {name}_memory(get(), &size);
    return {{static_cast<std::byte*>(begin), size}};
  }}
)";

constexpr char kTail[] = R"(
 private:
  static void check(wasm2obj_error_t* error) {{
    if (error != nullptr) throw {name}_error(error);
  }}

  std::unique_ptr<{name}_instance, void (*)({name}_instance*)> instance_;
}};

#endif
)";

// The names that a function cannot have: of the class, and the keywords.
constexpr std::string_view kTaken[] = {"alignas",
                                       "alignof",
                                       "and",
                                       "and_eq",
                                       "asm",
                                       "auto",
                                       "bitand",
                                       "bitor",
                                       "bool",
                                       "break",
                                       "case",
                                       "catch",
                                       "char",
                                       "char16_t",
                                       "char32_t",
                                       "char8_t",
                                       "check",
                                       "class",
                                       "co_await",
                                       "co_return",
                                       "co_yield",
                                       "compl",
                                       "concept",
                                       "const",
                                       "const_cast",
                                       "consteval",
                                       "constexpr",
                                       "constinit",
                                       "continue",
                                       "decltype",
                                       "default",
                                       "delete",
                                       "do",
                                       "double",
                                       "dynamic_cast",
                                       "else",
                                       "enum",
                                       "explicit",
                                       "export",
                                       "extern",
                                       "false",
                                       "float",
                                       "for",
                                       "friend",
                                       "get",
                                       "goto",
                                       "if",
                                       "inline",
                                       "instance_",
                                       "int",
                                       "long",
                                       "memory",
                                       "mutable",
                                       "namespace",
                                       "new",
                                       "noexcept",
                                       "not",
                                       "not_eq",
                                       "nullptr",
                                       "operator",
                                       "or",
                                       "or_eq",
                                       "private",
                                       "protected",
                                       "public",
                                       "register",
                                       "reinterpret_cast",
                                       "requires",
                                       "return",
                                       "short",
                                       "signed",
                                       "sizeof",
                                       "static",
                                       "static_assert",
                                       "static_cast",
                                       "struct",
                                       "switch",
                                       "template",
                                       "this",
                                       "thread_local",
                                       "throw",
                                       "true",
                                       "try",
                                       "typedef",
                                       "typeid",
                                       "typename",
                                       "union",
                                       "unsigned",
                                       "using",
                                       "virtual",
                                       "void",
                                       "volatile",
                                       "wchar_t",
                                       "while",
                                       "xor",
                                       "xor_eq"};

// Returns the name of the member function: that of the C function without the name of the module.
std::string memberName(const Interface& interface, const Function& function) {
  std::string member = function.symbol.substr(interface.name.size() + 1);
  bool isTaken = std::ranges::find(kTaken, member) != std::end(kTaken);
  return isTaken || member == interface.name + "_guest" ? member + "_" : member;
}

std::string resultType(const wasm::FuncType& type) {
  if (type.results.empty()) return "void";
  if (type.results.size() == 1) return typeName(type.results.front());
  std::string types;
  for (wasm::ValueType result : type.results) {
    types += fmt::format("{}{}", types.empty() ? "" : ", ", typeName(result));
  }
  return fmt::format("std::tuple<{}>", types);
}

std::string memberFunction(const Interface& interface, const Function& function) {
  const wasm::FuncType& type = function.type;
  std::string parameters, arguments = "get()", locals, results;
  for (size_t i = 0; i < type.params.size(); ++i) {
    parameters += fmt::format("{}{} p{}", i == 0 ? "" : ", ", typeName(type.params[i]), i);
    arguments += fmt::format(", p{}", i);
  }
  for (size_t i = 0; i < type.results.size(); ++i) {
    locals += fmt::format("    {} r{} = {{}};\n", typeName(type.results[i]), i);
    arguments += fmt::format(", &r{}", i);
    results += fmt::format("{}r{}", i == 0 ? "" : ", ", i);
  }
  std::string returned;
  if (type.results.size() == 1) returned = "    return r0;\n";
  if (type.results.size() > 1) returned = fmt::format("    return {{{}}};\n", results);
  return fmt::format("  {} {}({}) {{\n{}    check({}({}));\n{}  }}\n", resultType(type),
                     memberName(interface, function), parameters, locals, function.trySymbol,
                     arguments, returned);
}

}  // namespace

std::string cppHeaderText(const Interface& interface, const wasm::Module& module,
                          const std::string& source, const std::string& cHeader) {
  const std::string& name = interface.name;
  std::string text = fmt::format(
      kHead, fmt::arg("name", name), fmt::arg("GUARD", guardName(interface.name, "HPP")),
      fmt::arg("source", forComment(source)), fmt::arg("HEADER", '"' + cHeader + '"'));
  for (const Function& function : interface.exports) {
    text += fmt::format("\n  // {}\n", forComment(module.exports[function.row].name));
    text += memberFunction(interface, function);
  }
  return text + fmt::format(kTail, fmt::arg("name", name));
}

}  // namespace c_interface
