// The header of an interface for C.
#include <fmt/format.h>

#include "compiler/c_interface/c_interface.h"
#include "compiler/c_interface/text.h"

namespace c_interface {
namespace {

// Returns the declaration of a function. `returned` is its result type; results that are not
// returned are pointers at the end.
std::string declaration(const std::string& name, const Function& function,
                        const std::string& symbol, const std::string& returned, bool hasPointers) {
  std::string parameters = fmt::format("{}_instance* instance", name);
  size_t number = 0;
  for (wasm::ValueType type : function.type.params) {
    parameters += fmt::format(", {} p{}", typeName(type), number++);
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
 * A program with it needs libwasmrt. */
#ifndef {GUARD}
#define {GUARD}

#include <stdint.h>
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

/* Makes an instance, as wasm2obj_instance_new_limited does. `wasi` may be null: then the guest has
 * no capabilities; so may `limits`, for the default ones. `env` is for the program's use:
 * wasm2obj_instance_env returns it. */
static inline wasm2obj_error_t* {name}_new(const wasm2obj_wasi_t* wasi,
                                           const wasm2obj_limits_t* limits, void* env,
                                           {name}_instance** instance) {{
  return wasm2obj_linked_new(&{name}_module, wasi, limits, env, (wasm2obj_instance_t**)instance);
}}
static inline void {name}_delete({name}_instance* instance) {{
  wasm2obj_instance_delete({name}_base(instance));
}}

/* Returns the memory that is exported as "memory", as wasm2obj_instance_memory does. */
static inline void* {name}_memory({name}_instance* instance, size_t* size) {{
  return wasm2obj_instance_memory({name}_base(instance), size);
}}

/* Sets what happens if a function below traps, exits or throws, as wasm2obj_instance_on_error does.
 * {name}_try_... return the error instead, which the caller deletes. */
static inline void {name}_on_error({name}_instance* instance, wasm2obj_on_error_t handler) {{
  wasm2obj_instance_on_error({name}_base(instance), handler);
}}
)";

constexpr char kImports[] = R"(
/* The program defines the functions below. They run on the guest's stack, of which at least 256 KiB
 * are free, and must return: neither a C++ exception nor longjmp may leave them. */
)";

constexpr char kTail[] = R"(
#ifdef __cplusplus
}}
#endif

#endif
)";

}  // namespace

std::string headerText(const Interface& interface, const wasm::Module& module,
                       const std::string& source) {
  const std::string& name = interface.name;
  std::string text =
      fmt::format(kHead, fmt::arg("name", name), fmt::arg("GUARD", guardName(name, "H")),
                  fmt::arg("source", forComment(source)));
  for (const Function& function : interface.exports) {
    text += fmt::format("\n/* {} */\n", forComment(module.exports[function.row].name));
    text += plainDeclaration(name, function);
    text += declaration(name, function, function.trySymbol, "wasm2obj_error_t*", true);
  }
  for (uint32_t row : interface.omitted) {
    text += fmt::format("\n/* {} has references: it is called by wasm2obj_instance_call. */\n",
                        forComment(module.exports[row].name));
  }
  if (!interface.imports.empty()) {
    text += kImports;
  }
  for (const Function& function : interface.imports) {
    const wasm::Import& item = module.imports[function.row];
    text += fmt::format("\n/* {}.{} */\n", forComment(item.module), forComment(item.name));
    text += plainDeclaration(name, function);
  }
  return text + fmt::format(kTail);
}

}  // namespace c_interface
