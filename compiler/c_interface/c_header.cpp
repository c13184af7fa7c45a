// The header of an interface for C.
#include <fmt/format.h>

#include "compiler/c_interface/c_interface.h"
#include "compiler/c_interface/objects.h"
#include "compiler/c_interface/text.h"
#include "runtime/abi/abi_hash.h"

namespace c_interface {
namespace {

// Returns the declaration of a function. `returned` is its result type; results that are not
// returned are pointers at the end.
std::string declaration(const std::string& name, const Function& function,
                        const std::string& symbol, const std::string& returned, bool hasPointers) {
  std::string parameters = fmt::format("{}_instance* instance", name);
  size_t number = 0;
  for (wasm::ValueType type : function.type.params) {
    parameters += fmt::format(", {}{} p{}", type.isRef() ? "const " : "", typeName(type), number++);
  }
  number = 0;
  for (wasm::ValueType type : function.type.results) {
    if (hasPointers) parameters += fmt::format(", {}* r{}", typeName(type), number++);
  }
  return fmt::format("{} {}({});\n", returned, symbol, parameters);
}

std::string plainDeclaration(const std::string& name, const Function& function) {
  bool isReturned = function.type.results.size() == 1;
  std::string returned = isReturned ? typeName(function.type.results.front()) : "void";
  return declaration(name, function, function.symbol, returned, !isReturned);
}

constexpr char kHead[] = R"(/* The functions of {source} in an object file that wasm2obj has made.
 * A program with it needs libwasmrt.
 *
 * Names. {name}_NAME is the export NAME, {name}_MODULE_NAME the import NAME from MODULE. Letters,
 * digits and underscores are as in the module. Every other byte of the UTF-8 is written as _xHH_
 * with its hexadecimal digits, as is an underscore that looks like the beginning of that. Names
 * that would be equal or are reserved have a number: first come those of this header's own, then
 * the exported functions and memories, then the functions that belong to exports, then imports. The
 * comments have the names of the module.
 *
 * References are wasm2obj_ref_t* or null. Arguments are borrowed, and valid until the function
 * returns. Results are new: the program deletes those that it gets by wasm2obj_ref_delete, and
 * those that its functions return are taken over. */
#ifndef {GUARD}
#define {GUARD}

#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <wasm2obj.h>

#ifdef __cplusplus
extern "C" {{
#endif

/* An instance of the module. {name}_base returns it for the functions of wasm2obj.h. */
typedef struct {name}_instance {name}_instance;
extern const wasm2obj_linked_t {name}_module;

static inline wasm2obj_instance_t* {name}_base({name}_instance* instance) {{
  return (wasm2obj_instance_t*)instance;
}}

/* Deletes an instance, which may be null. Instances that import from it remain valid. */
static inline void {name}_delete({name}_instance* instance) {{
  wasm2obj_instance_delete({name}_base(instance));
}}

/* Sets what happens if a function below traps, exits or throws, as wasm2obj_instance_on_error does.
 * {name}_try_... return the error instead, which the caller deletes. */
static inline void {name}_on_error({name}_instance* instance, wasm2obj_on_error_t handler) {{
  wasm2obj_instance_on_error({name}_base(instance), handler);
}}
)";

constexpr char kImports[] = R"(
/* The program defines the functions below. They run on the guest's stack, of which at least 256 KiB
 * are free, and must return: neither a C++ exception nor longjmp may leave them. By
 * wasm2obj_instance_trap, _exit and _throw they end the guest's call when they return. */
)";

constexpr char kTail[] = R"(
#ifdef __cplusplus
}}
#endif

#endif
)";

std::string bodyText(const Interface& interface, const wasm::Module& module, uint64_t hash) {
  const std::string& name = interface.name;
  std::string text = importsText(interface, module) + constructorsText(interface, hash);
  for (const Function& function : interface.exports) {
    const wasm::Export& item = module.exports[function.row];
    text +=
        fmt::format("\n/* {}: {} */\n", quoted(item.name), describe(module, item.kind, item.index));
    text += plainDeclaration(name, function);
    text += declaration(name, function, function.trySymbol, "wasm2obj_error_t*", true);
  }
  for (const ExportedObject& object : interface.exportedObjects) {
    text += objectText(interface, module, object);
  }
  if (!interface.imports.empty()) text += kImports;
  for (const Function& function : interface.imports) {
    if (function.isRepeated) continue;
    const wasm::Import& item = module.imports[function.row];
    text += fmt::format("\n/* {} {}: {} */\n", quoted(item.module), quoted(item.name),
                        describe(module, item.kind, item.index));
    text += plainDeclaration(name, function);
  }
  return text;
}

}  // namespace

uint64_t hashOf(const Interface& interface, const wasm::Module& module) {
  return abi::HashBuilder().add(bodyText(interface, module, 0)).value();
}

std::string headerText(const Interface& interface, const wasm::Module& module,
                       const std::string& source) {
  return fmt::format(kHead, fmt::arg("name", interface.name),
                     fmt::arg("GUARD", guardName(interface.name, "H")),
                     fmt::arg("source", quoted(source))) +
         bodyText(interface, module, hashOf(interface, module)) + fmt::format(kTail);
}

}  // namespace c_interface
