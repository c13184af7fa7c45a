#include "runtime/strings/add_to_linker.h"

#include "runtime/fixture/strings.h"
#include "runtime/instance/store_state.h"
#include "runtime/strings/host_strings.h"

namespace strings {
namespace {

using runtime::Expected;
using runtime::Failure;
using runtime::Instance;

constexpr abi::ValueType kNonNull = {abi::ValueKind::ExternRef, abi::HeapKind::Extern, 0, 0, 0};

// Instantiates a module that imports and exports one global.
Expected<Instance*, Failure> instantiate(runtime::Store& store, const runtime::Linker& linker,
                                         const std::string& module, const std::string& name,
                                         abi::GlobalType type) {
  fixture::ModuleBuilder builder;
  builder.exportAs("it", abi::ExternKind::Global, builder.importGlobal(module, name, type));
  return linker.instantiate(store, builder.build());
}

TEST(AddToLinker, ConstantsAreTheirNames) {
  runtime::Store store;
  runtime::Linker linker;
  addToLinker(linker);
  for (const char* name : {"", "plain", "\xc3\xa4\xf0\x9f\x98\x80"}) {
    for (abi::ValueType type : {kNonNull, abi::kExternRef}) {
      auto made = instantiate(store, linker, "'", name, fixture::globalType(type, false));
      ASSERT_TRUE(made.ok());
      store.state().heap->collect(runtime::Heap::Collection::Full);
      EXPECT_EQ(stringText((*made)->global("it")->get().slot.i64), name);
    }
  }
}

TEST(AddToLinker, ConstantsAreOfTheModuleThatIsNamed) {
  runtime::Store store;
  runtime::Linker linker;
  addToLinker(linker, "strings");
  abi::GlobalType type = fixture::globalType(kNonNull, false);
  EXPECT_TRUE(instantiate(store, linker, "strings", "x", type).ok());
  auto other = instantiate(store, linker, "'", "x", type);
  ASSERT_FALSE(other.ok());
  EXPECT_EQ(other.error().text(), "unknown import '.x (global (ref extern))");
}

TEST(AddToLinker, OnlyImmutableExternrefsAreConstants) {
  runtime::Store store;
  runtime::Linker linker;
  addToLinker(linker);
  EXPECT_FALSE(instantiate(store, linker, "'", "x", fixture::globalType(kNonNull, true)).ok());
  EXPECT_FALSE(instantiate(store, linker, "'", "x", fixture::globalType(abi::kI32, false)).ok());
}

TEST(AddToLinker, DefinitionsPrecedeConstants) {
  runtime::Store store;
  runtime::Linker linker;
  addToLinker(linker);
  abi::GlobalType type = fixture::globalType(abi::kI32, false);
  linker.define("'", "x", store.createGlobal(type, runtime::Value::i32(7)).value());
  auto made = instantiate(store, linker, "'", "x", type);
  ASSERT_TRUE(made.ok());
  EXPECT_EQ((*made)->global("it")->get().slot.i32, 7u);
}

TEST(AddToLinker, FullHeapIsAnError) {
  runtime::Store store;
  store.state().heapOptions.maxBytes = uint64_t{1} << 20;
  runtime::Linker linker;
  addToLinker(linker);
  auto made = instantiate(store, linker, "'", std::string(size_t{2} << 20, 'x'),
                          fixture::globalType(kNonNull, false));
  ASSERT_FALSE(made.ok());
  EXPECT_EQ(made.error().text(), "a string does not fit into the heap");
}

}  // namespace
}  // namespace strings
