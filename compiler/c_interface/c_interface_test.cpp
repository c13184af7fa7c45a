#include "compiler/c_interface/c_interface.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace c_interface {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using wasm::ExternKind;

constexpr wasm::ValueType kI32 = {.kind = wasm::ValueKind::I32};
constexpr wasm::ValueType kF64 = {.kind = wasm::ValueKind::F64};
constexpr wasm::ValueType kReference = {.kind = wasm::ValueKind::Ref};

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
  return headerText(interfaceOf(module, "lib").value(), module, "lib.wasm");
}

TEST(CInterface, IdentifiersAreOfC) {
  EXPECT_EQ(identifier("add"), "add");
  EXPECT_EQ(identifier("a-b.c d"), "a_b_c_d");
  EXPECT_EQ(identifier("2x"), "_2x");
  EXPECT_EQ(identifier("x2"), "x2");
  EXPECT_EQ(identifier(""), "_");
  EXPECT_EQ(identifier("\xc3\xa4"), "__");
}

TEST(CInterface, SymbolsDiffer) {
  wasm::Module module = moduleWith({}, {});
  for (const char* name : {"f!", "f?", "new", "try_f_", "f__2"}) exportAs(module, name);
  Interface interface = interfaceOf(module, "lib").value();
  std::vector<std::string> symbols;
  for (const Function& function : interface.exports) {
    symbols.push_back(function.symbol);
    symbols.push_back(function.trySymbol);
  }
  // lib_new() is the header's.
  EXPECT_EQ(symbols, (std::vector<std::string>{"lib_f_", "lib_try_f_", "lib_f__2", "lib_try_f__2",
                                               "lib_new_2", "lib_try_new", "lib_try_f__3",
                                               "lib_try_try_f_", "lib_f__2_2", "lib_try_f__2_2"}));
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

TEST(CInterface, ReferencesAreOmittedFromExportsAndRefusedAsImports) {
  wasm::Module module = moduleWith({kReference}, {});
  exportAs(module, "f");
  EXPECT_THAT(headerOf(module), Not(HasSubstr("lib_f")));
  EXPECT_THAT(headerOf(module), HasSubstr("/* f has references"));
  module.imports.push_back(
      {.module = "env", .name = "g", .kind = ExternKind::Function, .index = 0});
  EXPECT_EQ(interfaceOf(module, "lib").error().text(),
            "import env.g: a program can define only functions of numbers and vectors");
}

TEST(CInterface, ImportsFromLibrariesAreNotTheProgramsOwn) {
  wasm::Module module = moduleWith({}, {kI32});
  for (const char* from : {"wasi_snapshot_preview1", "wasm:js-string", "env"}) {
    module.imports.push_back(
        {.module = from, .name = "f", .kind = ExternKind::Function, .index = 0});
  }
  Interface interface = interfaceOf(module, "lib").value();
  ASSERT_EQ(interface.imports.size(), 1u);
  EXPECT_EQ(interface.imports[0].symbol, "lib_env_f");
  EXPECT_EQ(interface.imports[0].row, 2u);
}

// A name of the module is only text in a comment.
TEST(CInterface, NamesCannotEndComments) {
  wasm::Module module = moduleWith({}, {});
  exportAs(module, "*/ int evil; /*\n#define x");
  std::string header = headerOf(module);
  EXPECT_THAT(header, HasSubstr("/* * / int evil; /*"));
  EXPECT_THAT(header, Not(HasSubstr("\n#define x")));
}

TEST(CppInterface, MembersAreNoKeywordsAndReturnAllResults) {
  wasm::Module module = moduleWith({kI32}, {kI32, kF64});
  for (const char* name : {"delete", "get", "x"}) exportAs(module, name);
  std::string header =
      cppHeaderText(interfaceOf(module, "lib").value(), module, "lib.wasm", "other.h");
  EXPECT_THAT(header, HasSubstr("#include \"other.h\"\n"));
  // lib_delete() is the C header's.
  EXPECT_THAT(header, HasSubstr("\n  std::tuple<int32_t, double> delete_2(int32_t p0) {\n"));
  EXPECT_THAT(header, HasSubstr("\n  std::tuple<int32_t, double> get_(int32_t p0) {\n"));
  EXPECT_THAT(header, HasSubstr("    check(lib_try_x(get(), p0, &r0, &r1));\n"
                                "    return {r0, r1};\n"));
}

}  // namespace
}  // namespace c_interface
