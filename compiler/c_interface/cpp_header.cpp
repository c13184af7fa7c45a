// The header of an interface for C++.
#include <fmt/format.h>

#include <algorithm>

#include "compiler/c_interface/c_interface.h"
#include "compiler/c_interface/text.h"

namespace c_interface {
namespace {

constexpr char kHead[] =
    R"(// A class for the functions of {source} in an object file that wasm2obj has made. C++17.
#ifndef {GUARD}
#define {GUARD}

#include <memory>
#include <tuple>
#include <wasm2obj.hpp>

#include {HEADER}

// A trap, an exit or an exception of the guest, or a wrong use.
using {name}_error = wasm2obj::Error;

// An instance, which the object owns. Its functions throw {name}_error. Their names are those of C
// without the prefix; those that are keywords, macros or names of the class, or that have no small
// letter, as macros, end with an underscore.
class {name}_guest {{
 public:
  // As {name}_new.
  explicit {name}_guest({imports}const wasm2obj_wasi_t* wasi = nullptr,
                        const wasm2obj_limits_t* limits = nullptr, void* env = nullptr)
      : instance_(nullptr, {name}_delete) {{
    {name}_instance* made = nullptr;
    wasm2obj::check({name}_new({argument}wasi, limits, env, &made));
    instance_.reset(made);
  }}
  // As {name}_new_in.
  explicit {name}_guest(const wasm2obj::Store& store,
                        {imports}const wasm2obj_wasi_t* wasi = nullptr, void* env = nullptr)
      : instance_(nullptr, {name}_delete) {{
    {name}_instance* made = nullptr;
    wasm2obj::check({name}_new_in(store.get(), {argument}wasi, nullptr, env, &made));
    instance_.reset(made);
  }}

  {name}_instance* get() const {{ return instance_.get(); }}
  // Returns the instance for the functions of wasm2obj.h, and for imports of other modules.
  wasm2obj_instance_t* base() const {{ return {name}_base(get()); }}
)";

constexpr char kTail[] = R"(
 private:
  std::unique_ptr<{name}_instance, void (*)({name}_instance*)> instance_;
}};

#endif
)";

constexpr char kMemory[] = R"(
  // {what}. The bytes do not move; when the memory grows, only a new call returns all of them.
  wasm2obj::Bytes {member}() const {{
    std::size_t size = 0;
    void* begin = {data}(get(), &size);
    return wasm2obj::Bytes(static_cast<std::byte*>(begin), size);
  }}
)";

constexpr char kSet[] = R"(  void {member}({type} to) {{
    wasm2obj_value_t value;
    {give};
    wasm2obj::check(wasm2obj_global_set({handle}(get()), &value));
  }}
)";

constexpr char kGet[] = R"(  {type} {member}() const {{
    wasm2obj_value_t value;
    wasm2obj::check(wasm2obj_global_get({handle}(get()), &value));
    return {take};
  }}
)";

// Writes the class of an interface.
class ClassWriter {
 public:
  ClassWriter(const Interface& interface, const wasm::Module& module)
      : interface_(interface), module_(module) {
    for (const char* own : {"get", "base", "instance_"}) members_.take(own);
    members_.take(interface.name + "_guest");
  }

  void addFunction(const Function& function);
  void addObject(const ExportedObject& object);
  const std::string& text() const { return text_; }

 private:
  std::string memberFor(const std::string& symbol);

  const Interface& interface_;
  const wasm::Module& module_;
  Names members_;
  std::string text_;
};

// Returns an expression of C for C++, whose references have owners.
std::string owned(const std::string& expression, wasm::ValueType type) {
  return type.isRef() ? fmt::format("wasm2obj::Ref({})", expression) : expression;
}

// Returns the value of the wasm2obj_value_t `value`, and the assignment of `to` to it.
std::string takeValue(wasm::ValueType type) {
  if (type.kind == wasm::ValueKind::V128) return "wasm2obj::vectorOf(value)";
  return owned(fmt::format("value.of.{}", memberOf(type)), type);
}
std::string giveValue(wasm::ValueType type) {
  if (type.kind == wasm::ValueKind::V128) return "wasm2obj::setVector(value, to)";
  return fmt::format("value.type = {};\n    value.of.{} = to{}", enumeratorOf(type), memberOf(type),
                     type.isRef() ? ".get()" : "");
}

// Returns the type of a parameter, or of a result.
std::string passedType(wasm::ValueType type) {
  return type.isRef() ? "const wasm2obj::Ref&" : typeName(type);
}
std::string returnedType(wasm::ValueType type) {
  return type.isRef() ? "wasm2obj::Ref" : typeName(type);
}

std::string resultType(const wasm::FuncType& type) {
  if (type.results.empty()) return "void";
  if (type.results.size() == 1) return returnedType(type.results.front());
  std::string types;
  for (wasm::ValueType result : type.results) {
    types += fmt::format("{}{}", types.empty() ? "" : ", ", returnedType(result));
  }
  return fmt::format("std::tuple<{}>", types);
}

// Returns the name of a member function: that of the C function without the name of the module.
std::string ClassWriter::memberFor(const std::string& symbol) {
  std::string member = symbol.substr(interface_.name.size() + 1);
  if (member.empty() || (member[0] >= '0' && member[0] <= '9')) member = fmt::format("_{}", member);
  bool hasSmall = std::ranges::any_of(member, [](char c) { return c >= 'a' && c <= 'z'; });
  // A name without small letters may be a macro of any header.
  if (!hasSmall) member += '_';
  while (isReserved(member) || !members_.isFree(member)) member += '_';
  return members_.take(member);
}

void ClassWriter::addFunction(const Function& function) {
  const wasm::FuncType& type = function.type;
  std::string parameters, arguments = "get()", locals, results;
  for (size_t i = 0; i < type.params.size(); ++i) {
    parameters += fmt::format("{}{} p{}", i == 0 ? "" : ", ", passedType(type.params[i]), i);
    arguments += fmt::format(", p{}{}", i, type.params[i].isRef() ? ".get()" : "");
  }
  for (size_t i = 0; i < type.results.size(); ++i) {
    locals += fmt::format("    {} r{} = {{}};\n", typeName(type.results[i]), i);
    arguments += fmt::format(", &r{}", i);
    results += (i == 0 ? "" : ", ") + owned(fmt::format("r{}", i), type.results[i]);
  }
  std::string returned;
  if (type.results.size() == 1) returned = fmt::format("    return {};\n", results);
  if (type.results.size() > 1) {
    returned = fmt::format("    return {}({});\n", resultType(type), results);
  }
  text_ += fmt::format("\n  // {}\n  {} {}({}) {{\n{}    wasm2obj::check({}({}));\n{}  }}\n",
                       quoted(module_.exports[function.row].name), resultType(type),
                       memberFor(function.symbol), parameters, locals, function.trySymbol,
                       arguments, returned);
}

void ClassWriter::addObject(const ExportedObject& object) {
  const wasm::Export& item = module_.exports[object.row];
  std::string what =
      fmt::format("{}: {}", quoted(item.name), describe(module_, item.kind, item.index));
  if (item.kind == wasm::ExternKind::Memory) {
    text_ += fmt::format(kMemory, fmt::arg("what", what),
                         fmt::arg("member", memberFor(object.data)), fmt::arg("data", object.data));
  } else {
    text_ += fmt::format("\n  // {}\n", what);
  }
  text_ += fmt::format("  wasm2obj_{}_t* {}() const {{ return {}(get()); }}\n", kindName(item.kind),
                       memberFor(object.handle), object.handle);
  if (object.get.empty()) return;
  wasm::ValueType type = module_.globals[item.index].type.value;
  text_ += fmt::format(kGet, fmt::arg("type", returnedType(type)),
                       fmt::arg("member", memberFor(object.get)), fmt::arg("handle", object.handle),
                       fmt::arg("take", takeValue(type)));
  if (object.set.empty()) return;
  text_ += fmt::format(kSet, fmt::arg("type", passedType(type)),
                       fmt::arg("member", memberFor(object.set)), fmt::arg("give", giveValue(type)),
                       fmt::arg("handle", object.handle));
}

}  // namespace

std::string cppHeaderText(const Interface& interface, const wasm::Module& module,
                          const std::string& source, const std::string& cHeader) {
  const std::string& name = interface.name;
  std::string imports = fmt::format("const {}_imports& imports, ", name);
  std::string text = fmt::format(
      kHead, fmt::arg("name", name), fmt::arg("GUARD", guardName(interface.name, "HPP")),
      fmt::arg("source", quoted(source)), fmt::arg("HEADER", '"' + cHeader + '"'),
      fmt::arg("imports", interface.hasGiven() ? imports : ""),
      fmt::arg("argument", interface.hasGiven() ? "&imports, " : ""));
  ClassWriter writer(interface, module);
  for (const Function& function : interface.exports) writer.addFunction(function);
  for (const ExportedObject& object : interface.exportedObjects) writer.addObject(object);
  return text + writer.text() + fmt::format(kTail, fmt::arg("name", name));
}

}  // namespace c_interface
