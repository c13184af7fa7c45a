#include "compiler/c_interface/objects.h"

#include <fmt/format.h>

#include "compiler/c_interface/text.h"

namespace c_interface {
namespace {

using wasm::ExternKind;

constexpr char kImportsHead[] = R"(
/* What the program gives as imports besides functions. It is read when an instance is made: nothing
 * may be null, and all must be of one store. */
typedef struct {name}_imports {{
)";

constexpr char kConstructors[] = R"(
/* Makes an instance, as wasm2obj_instance_new_limited does. `wasi` may be null: then the guest has
 * no capabilities; so may `limits`, for the default ones. `env` is for the program's use:
 * wasm2obj_instance_env returns it. The instance is made in `store`, so that other instances of the
 * store can import from it; {name}_new makes it in {where}.
 * `limits` are those of a new store, and must be null if there is a store already. */
static inline wasm2obj_error_t* {name}_new_in(wasm2obj_store_t* store,
                                              {imports}const wasm2obj_wasi_t* wasi,
                                              const wasm2obj_limits_t* limits, void* env,
                                              {name}_instance** instance) {{
  wasm2obj_linked_options_t options;
{given}  options.interface_hash = UINT64_C({hash:#018x});
  options.wasi = wasi;
  options.limits = limits;
  options.store = store;
  options.env = env;
  options.given = {pointer};
  options.given_count = {count};
  return wasm2obj_linked_instantiate(&{name}_module, &options, (wasm2obj_instance_t**)instance);
}}
static inline wasm2obj_error_t* {name}_new({imports}const wasm2obj_wasi_t* wasi,
                                           const wasm2obj_limits_t* limits, void* env,
                                           {name}_instance** instance) {{
  return {name}_new_in(NULL, {argument}wasi, limits, env, instance);
}}
)";

constexpr char kMake[] =
    R"(static inline wasm2obj_error_t* {make}(wasm2obj_store_t* store{parameter},
                                           wasm2obj_{kind}_t** {kind}) {{
  void* made = NULL;
{value}  wasm2obj_error_t* error =
      wasm2obj_linked_make(&{name}_module, {row}, store, {initial}, &made);
  *{kind} = (wasm2obj_{kind}_t*)made;
  return error;
}}
)";

constexpr char kGet[] = R"(static inline {type} {get}({name}_instance* instance) {{
  {type} result = {zero};
  wasm2obj_value_t value;
  wasm2obj_error_t* error = wasm2obj_global_get({handle}(instance), &value);
  if (error != NULL) {{
    wasm2obj_linked_failed({name}_base(instance), error);
    return result;
  }}
  {take}
  return result;
}}
)";

constexpr char kSet[] = R"(static inline void {set}({name}_instance* instance, {type} to) {{
  wasm2obj_error_t* error;
  wasm2obj_value_t value;
  {give}
  error = wasm2obj_global_set({handle}(instance), &value);
  if (error != NULL) wasm2obj_linked_failed({name}_base(instance), error);
}}
)";

// Returns statements that fill the wasm2obj_value_t `value` with the variable `of`.
std::string giveValue(wasm::ValueType type, std::string_view of) {
  std::string tag = fmt::format("value.type = {};\n  ", enumeratorOf(type));
  if (type.kind == wasm::ValueKind::V128) {
    return tag + fmt::format("memcpy(value.of.v128, &{}, sizeof {});", of, of);
  }
  // The function that gets the value only borrows a reference.
  if (type.isRef()) return tag + fmt::format("value.of.ref = (wasm2obj_ref_t*){};", of);
  return tag + fmt::format("value.of.{} = {};", memberOf(type), of);
}

std::string takeValue(wasm::ValueType type) {
  if (type.kind == wasm::ValueKind::V128) return "memcpy(&result, value.of.v128, sizeof result);";
  return fmt::format("result = value.of.{};", memberOf(type));
}

// Returns the type of a parameter, of which references are borrowed.
std::string parameterType(wasm::ValueType type) {
  return type.isRef() ? "const wasm2obj_ref_t*" : typeName(type);
}

std::string makeText(const Interface& interface, const wasm::Module& module,
                     const ImportedObject& object) {
  const wasm::Import& item = module.imports[object.row];
  std::string parameter, value, initial = "NULL";
  if (item.kind == ExternKind::Global || item.kind == ExternKind::Table) {
    wasm::ValueType type = item.kind == ExternKind::Global ? module.globals[item.index].type.value
                                                           : module.tables[item.index].type.element;
    parameter = fmt::format(", {} initial", parameterType(type));
    value = fmt::format("  wasm2obj_value_t value;\n  {}\n", giveValue(type, "initial"));
    initial = "&value";
  }
  return fmt::format(kMake, fmt::arg("make", object.make), fmt::arg("kind", kindName(item.kind)),
                     fmt::arg("parameter", parameter), fmt::arg("value", value),
                     fmt::arg("name", interface.name), fmt::arg("row", object.row),
                     fmt::arg("initial", initial));
}

std::string globalText(const Interface& interface, wasm::ValueType type,
                       const ExportedObject& object) {
  bool isVector = type.kind == wasm::ValueKind::V128;
  std::string text =
      fmt::format(kGet, fmt::arg("type", typeName(type)), fmt::arg("get", object.get),
                  fmt::arg("name", interface.name), fmt::arg("zero", isVector ? "{0, 0}" : "0"),
                  fmt::arg("handle", object.handle), fmt::arg("take", takeValue(type)));
  if (object.set.empty()) return text;
  return text + fmt::format(kSet, fmt::arg("set", object.set), fmt::arg("name", interface.name),
                            fmt::arg("type", parameterType(type)),
                            fmt::arg("give", giveValue(type, "to")),
                            fmt::arg("handle", object.handle));
}

}  // namespace

std::string importsText(const Interface& interface, const wasm::Module& module) {
  if (!interface.hasGiven()) return "";
  std::string text = fmt::format(kImportsHead, fmt::arg("name", interface.name));
  for (const ImportedObject& object : interface.importedObjects) {
    const wasm::Import& item = module.imports[object.row];
    text += fmt::format("  /* {} {}: {} */\n", quoted(item.module), quoted(item.name),
                        describe(module, item.kind, item.index));
    text += fmt::format("  wasm2obj_{}_t* {};\n", kindName(item.kind), object.field);
  }
  for (const FromInstance& from : interface.fromInstances) {
    text += fmt::format("  /* An instance whose exports are the imports from {}. */\n",
                        quoted(from.module));
    text += fmt::format("  wasm2obj_instance_t* {};\n", from.field);
  }
  text += fmt::format("}} {}_imports;\n", interface.name);
  if (interface.importedObjects.empty()) return text;
  text +=
      "\n/* Make objects of the types of the imports, which belong to the store; null if they "
      "fail. */\n";
  for (const ImportedObject& object : interface.importedObjects) {
    text += makeText(interface, module, object);
  }
  return text;
}

std::string constructorsText(const Interface& interface, uint64_t hash) {
  const std::string& name = interface.name;
  std::vector<std::string> fields;
  for (const ImportedObject& object : interface.importedObjects) fields.push_back(object.field);
  for (const FromInstance& from : interface.fromInstances) fields.push_back(from.field);
  std::string given;
  if (!fields.empty()) given = fmt::format("  const void* given[{}];\n", fields.size());
  for (size_t i = 0; i < fields.size(); ++i) {
    given += fmt::format("  given[{}] = imports == NULL ? NULL : imports->{};\n", i, fields[i]);
  }
  bool hasGiven = !fields.empty();
  return fmt::format(
      kConstructors, fmt::arg("name", name),
      fmt::arg("where", hasGiven ? "that of the imports" : "a store of its own"),
      fmt::arg("imports", hasGiven ? fmt::format("const {}_imports* imports, ", name) : ""),
      fmt::arg("given", given), fmt::arg("hash", hash),
      fmt::arg("pointer", hasGiven ? "given" : "NULL"), fmt::arg("count", fields.size()),
      fmt::arg("argument", hasGiven ? "imports, " : ""));
}

std::string objectText(const Interface& interface, const wasm::Module& module,
                       const ExportedObject& object) {
  const wasm::Export& item = module.exports[object.row];
  const std::string& name = interface.name;
  std::string text =
      fmt::format("\n/* {}: {} */\n", quoted(item.name), describe(module, item.kind, item.index));
  text += fmt::format(
      "static inline wasm2obj_{0}_t* {1}({2}_instance* instance) {{\n"
      "  return (wasm2obj_{0}_t*)wasm2obj_linked_object({2}_base(instance), {3});\n}}\n",
      kindName(item.kind), object.handle, name, object.row);
  if (item.kind == ExternKind::Memory) {
    text += fmt::format(
        "static inline void* {}({}_instance* instance, size_t* size) {{\n"
        "  return wasm2obj_memory_data({}(instance), size);\n}}\n",
        object.data, name, object.handle);
  }
  if (item.kind == ExternKind::Global) {
    text += globalText(interface, module.globals[item.index].type.value, object);
  }
  return text;
}

}  // namespace c_interface
