#include "runtime/strings/add_to_linker.h"

#include "runtime/strings/builtins.h"
#include "runtime/strings/host_strings.h"

namespace strings {
namespace {

struct Row {
  const char* module;
  const char* name;
  runtime::HostFunction (*make)();
};

template <auto function>
runtime::HostFunction make() {
  return builtin(function);
}

constexpr const char* kString = "wasm:js-string";
constexpr const char* kEncoder = "wasm:text-encoder";
constexpr const char* kDecoder = "wasm:text-decoder";

constexpr Row kRows[] = {
    {kString, "test", make<test>},
    {kString, "cast", make<cast>},
    {kString, "fromCharCodeArray", make<fromCharCodeArray>},
    {kString, "intoCharCodeArray", make<intoCharCodeArray>},
    {kString, "fromCharCode", make<fromCharCode>},
    {kString, "fromCodePoint", make<fromCodePoint>},
    {kString, "charCodeAt", make<charCodeAt>},
    {kString, "codePointAt", make<codePointAtIndex>},
    {kString, "length", make<length>},
    {kString, "concat", make<concatenate>},
    {kString, "substring", make<substring>},
    {kString, "equals", make<equals>},
    {kString, "compare", make<compare>},
    {kEncoder, "measureStringAsUTF8", make<measureStringAsUtf8>},
    {kEncoder, "encodeStringIntoUTF8Array", make<encodeStringIntoUtf8Array>},
    {kEncoder, "encodeStringToUTF8Array", make<encodeStringToUtf8Array>},
    {kDecoder, "decodeStringFromUTF8Array", make<decodeStringFromUtf8Array>},
};

base::Result<runtime::Global*> constantOf(runtime::Store& store, std::string_view text,
                                          const abi::GlobalType& type) {
  bool isConstant = type.value.kind == abi::ValueKind::ExternRef && !type.isMutable &&
                    type.value.heap == abi::HeapKind::Extern;
  if (!isConstant) return nullptr;
  TRY_ASSIGN(runtime::Value string, makeString(store, text));
  return store.createGlobal(type, string);
}

}  // namespace

void addToLinker(runtime::Linker& linker, std::string_view constants) {
  linker.addLibrary(
      [](std::string_view module, std::string_view name) -> std::optional<runtime::HostFunction> {
        for (const Row& row : kRows) {
          if (row.name == name && row.module == module) return row.make();
        }
        return std::nullopt;
      });
  linker.defineMissingGlobals(
      [constants = std::string(constants)](runtime::Store& store, std::string_view module,
                                           std::string_view name, const abi::GlobalType& type) {
        return module == constants ? constantOf(store, name, type)
                                   : base::Result<runtime::Global*>(nullptr);
      });
}

}  // namespace strings
