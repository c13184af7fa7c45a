#include "compiler/c_interface/c_interface.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "compiler/c_interface/text.h"

namespace c_interface {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using wasm::ExternKind;

constexpr wasm::ValueType kI32 = {.kind = wasm::ValueKind::I32};
constexpr wasm::ValueType kF64 = {.kind = wasm::ValueKind::F64};
constexpr wasm::ValueType kReference = wasm::kExternRef;

// A module with a function of this type, which the caller imports or exports. Names are literals.
wasm::Module moduleWith(wasm::ValueTypes params, wasm::ValueTypes results) {
  wasm::Module module;
  wasm::SubType type;
  type.func = {std::move(params), std::move(results)};
  module.types.push_back(type);
  module.functions.push_back({.typeIndex = 0});
  return module;
}

void exportAs(wasm::Module& module, const char* name) {
  module.exports.push_back({.name = name, .kind = ExternKind::Function, .index = 0});
}

std::string headerOf(const wasm::Module& module) {
  return headerText(interfaceOf(module, {.name = "lib", .instanceModules = {}}).value(), module,
                    "lib.wasm");
}

TEST(CInterface, IdentifiersAreOfC) {
  EXPECT_EQ(identifier("add"), "add");
  EXPECT_EQ(identifier("a-b.c d"), "a_b_c_d");
  EXPECT_EQ(identifier("2x"), "_2x");
  EXPECT_EQ(identifier("x2"), "x2");
  EXPECT_EQ(identifier(""), "_");
  EXPECT_EQ(identifier("\xc3\xa4"), "__");
}

TEST(CInterface, PrefixesAreNotOfOthers) {
  EXPECT_EQ(prefixFor("lib-2"), "lib_2");
  EXPECT_EQ(prefixFor("2nd"), "_2nd");
  EXPECT_EQ(prefixFor("-"), "m__");
  EXPECT_EQ(prefixFor("\xc3\xa4x"), "m___x");
  EXPECT_EQ(prefixFor("wasm2obj-test"), "m_wasm2obj_test");
}

TEST(CInterface, MangledNamesDiffer) {
  EXPECT_EQ(mangle("add_2"), "add_2");
  EXPECT_EQ(mangle("2x"), "2x");
  EXPECT_EQ(mangle(""), "");
  EXPECT_EQ(mangle("a-b"), "a_x2D_b");
  EXPECT_EQ(mangle("a_x2D_b"), "a_x5F_x2D_b");
  EXPECT_EQ(mangle("a_x2D-"), "a_x5F_x2D_x2D_");
  EXPECT_EQ(mangle("_x2"), "_x2");
  EXPECT_EQ(mangle("_xff_"), "_xff_");  // only large digits are written
  EXPECT_EQ(mangle("\xc3\xa4"), "_xC3__xA4_");
}

// All texts of up to six characters that could be mistaken for each other.
TEST(CInterface, MangledNamesOfAFewCharactersDiffer) {
  std::set<std::string> known;
  std::vector<std::string> texts = {""};
  for (size_t begin = 0, length = 0; length < 6; ++length) {
    size_t end = texts.size();
    for (; begin < end; ++begin) {
      for (char c : {'_', 'x', '2', 'D', '-'}) texts.push_back(texts[begin] + c);
    }
  }
  for (const std::string& text : texts) EXPECT_TRUE(known.insert(mangle(text)).second) << text;
}

TEST(CInterface, KeywordsAndMacrosAreReserved) {
  for (const char* word : {"int", "xor_eq", "_Bool", "errno", "stdin", "unix", "va_arg", "INT8_MAX",
                           "SIZE_MAX", "UINT64_C"}) {
    EXPECT_TRUE(isReserved(word)) << word;
  }
  for (const char* word : {"add", "INT8", "MY_MAX", "integer", ""}) {
    EXPECT_FALSE(isReserved(word)) << word;
  }
}

// Exported functions have the names that follow from their own.
TEST(CInterface, SymbolsDiffer) {
  wasm::Module module = moduleWith({}, {});
  for (const char* name : {"f", "try_f", "new", "f_2"}) exportAs(module, name);
  Interface interface = interfaceOf(module, {.name = "lib", .instanceModules = {}}).value();
  std::vector<std::string> symbols;
  for (const Function& function : interface.exports) {
    symbols.push_back(function.symbol);
    symbols.push_back(function.trySymbol);
  }
  // lib_new() is the header's.
  EXPECT_EQ(symbols,
            (std::vector<std::string>{"lib_f", "lib_try_f_2", "lib_try_f", "lib_try_try_f",
                                      "lib_new_2", "lib_try_new", "lib_f_2", "lib_try_f_2_2"}));
}

TEST(CInterface, ResultsAreReturnedOrStored) {
  wasm::Module none = moduleWith({kI32}, {});
  exportAs(none, "f");
  EXPECT_THAT(headerOf(none), HasSubstr("\nvoid lib_f(lib_instance* instance, int32_t p0);\n"));
  wasm::Module one = moduleWith({}, {kF64});
  exportAs(one, "f");
  EXPECT_THAT(headerOf(one), HasSubstr("\ndouble lib_f(lib_instance* instance);\n"));
  EXPECT_THAT(headerOf(one),
              HasSubstr("\nwasm2obj_error_t* lib_try_f(lib_instance* instance, double* r0);\n"));
  wasm::Module two = moduleWith({}, {kI32, kF64});
  exportAs(two, "f");
  EXPECT_THAT(headerOf(two),
              HasSubstr("\nvoid lib_f(lib_instance* instance, int32_t* r0, double* r1);\n"));
}

TEST(CInterface, ReferencesArePointersOfWhichParametersAreBorrowed) {
  wasm::Module module = moduleWith({kReference}, {kReference});
  exportAs(module, "f");
  EXPECT_THAT(headerOf(module), HasSubstr("\nwasm2obj_ref_t* lib_f(lib_instance* instance, "
                                          "const wasm2obj_ref_t* p0);\n"));
}

// A name that is imported twice is one function or one member.
TEST(CInterface, RepeatedImportsAreDefinedOnce) {
  wasm::Module module = moduleWith({}, {});
  module.memories.resize(2);
  for (uint32_t i = 0; i < 2; ++i) {
    module.imports.push_back(
        {.module = "env", .name = "f", .kind = ExternKind::Function, .index = 0});
    module.imports.push_back(
        {.module = "env", .name = "m", .kind = ExternKind::Memory, .index = i});
  }
  Interface interface = interfaceOf(module, {.name = "lib", .instanceModules = {}}).value();
  ASSERT_EQ(interface.imports.size(), 2u);
  EXPECT_EQ(interface.imports[1].symbol, "lib_env_f");
  EXPECT_TRUE(interface.imports[1].isRepeated);
  ASSERT_EQ(interface.importedObjects.size(), 1u);
  EXPECT_EQ(interface.importedObjects[0].field, "env_m");
  EXPECT_EQ(interface.importedObjects[0].rows, (std::vector<uint32_t>{1, 3}));
  EXPECT_EQ(interface.importCount(), 4u);
}

TEST(CInterface, TheHashTellsInterfacesApart) {
  wasm::Module one = moduleWith({kI32}, {});
  exportAs(one, "f");
  wasm::Module other = moduleWith({kF64}, {});
  exportAs(other, "f");
  auto hash = [](const wasm::Module& module) {
    return hashOf(interfaceOf(module, {.name = "lib", .instanceModules = {}}).value(), module);
  };
  EXPECT_EQ(hash(one), hash(one));
  EXPECT_NE(hash(one), hash(other));
}

TEST(CInterface, ImportsFromLibrariesAreNotTheProgramsOwn) {
  wasm::Module module = moduleWith({}, {kI32});
  for (const char* from : {"wasi_snapshot_preview1", "wasm:js-string", "env"}) {
    module.imports.push_back(
        {.module = from, .name = "f", .kind = ExternKind::Function, .index = 0});
  }
  Interface interface = interfaceOf(module, {.name = "lib", .instanceModules = {}}).value();
  ASSERT_EQ(interface.imports.size(), 1u);
  EXPECT_EQ(interface.imports[0].symbol, "lib_env_f");
  EXPECT_EQ(interface.imports[0].row, 2u);
}

// A name of the module is only text in a comment.
TEST(CInterface, NamesCannotEndComments) {
  EXPECT_EQ(quoted("*/ int evil; /*\n// \\?\?/"),
            "\"*\\2f int evil; /\\2a\\u{a}/\\2f \\5c?\\3f/\"");
  EXPECT_EQ(quoted("\u00e4 \u202e"), "\"\u00e4 \\u{202e}\"");
  EXPECT_EQ(quoted("\"*"), "\"\\22*\"");
  wasm::Module module = moduleWith({}, {});
  exportAs(module, "*/ int evil; /*\n#define x");
  EXPECT_THAT(headerOf(module), Not(HasSubstr("\n#define x")));
}

TEST(CppInterface, MembersAreNoKeywordsAndReturnAllResults) {
  wasm::Module module = moduleWith({kI32}, {kI32, kF64});
  for (const char* name : {"delete", "get", "get_", "errno", "EOF", "", "2", "x"}) {
    exportAs(module, name);
  }
  std::string header =
      cppHeaderText(interfaceOf(module, {.name = "lib", .instanceModules = {}}).value(), module,
                    "lib.wasm", "other.h");
  EXPECT_THAT(header, HasSubstr("#include \"other.h\"\n"));
  // lib_delete() is the C header's.
  for (const char* member : {"delete_2", "get_", "get__", "errno_", "EOF_", "__", "_2_", "x"}) {
    EXPECT_THAT(header, HasSubstr(fmt::format("\n  std::tuple<int32_t, double> {}(int32_t p0) {{\n",
                                              member)));
  }
  EXPECT_THAT(header, HasSubstr("    wasm2obj::check(lib_try_x(get(), p0, &r0, &r1));\n"
                                "    return std::tuple<int32_t, double>(r0, r1);\n"));
}

}  // namespace
}  // namespace c_interface
