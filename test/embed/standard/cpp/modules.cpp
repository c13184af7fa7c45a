// Modules and instances: imports, exports, artifacts, and modules that stores share.
#include "test/embed/standard/cpp/world.h"

namespace {

using wasm::ExternKind;
using wasm::Module;
using wasm::own;
using wasm::Shared;
using wasm::Store;
using wasm::vec;

void expectParts(const Module* module) {
  auto imports = module->imports();
  EXPECT(imports.size() == 5);
  EXPECT(isText(imports[0]->module(), "host") && isText(imports[0]->name(), "mix"));
  EXPECT(imports[0]->type()->func()->params().size() == 6);
  EXPECT(imports[4]->type()->memory()->limits().max == 3);
  auto exports = module->exports();
  EXPECT(exports.size() > 8 && isText(exports[6]->name(), "tag"));
  EXPECT(exports[6]->type()->tag()->functype()->params().size() == 2);
}

void testArtifacts(Store* store, const Module* module) {
  auto artifact = module->serialize();
  auto again = Module::deserialize(store, artifact);
  EXPECT(again != nullptr && !again->same(module));
  expectParts(again.get());
  artifact[artifact.size() / 2] ^= 1;
  EXPECT(Module::deserialize(store, artifact) == nullptr);
  EXPECT(std::strstr(wasm2obj_last_error(), "checksum") != nullptr);
}

// A shared module outlives its store.
void testSharing(const Modules& modules) {
  auto engine = wasm::Engine::make(wasm::Config::make());
  own<Shared<Module>> shared;
  {
    auto store = Store::make(engine.get());
    shared = Module::make(store.get(), modules.standard)->share();
  }
  auto store = Store::make(engine.get());
  expectParts(Module::obtain(store.get(), shared.get()).get());
}

void testInstances(World& world) {
  own<wasm::Trap> trap;
  auto second = world.instantiate(&trap);
  EXPECT(second != nullptr && trap == nullptr);
  EXPECT(second->exports().size() == world.exports.size());
  EXPECT(!second->exports()[8]->same(world.exports[8].get()));
  auto wrong = vec<wasm::Extern*>::make(world.nothing.get());
  EXPECT(wasm::Instance::make(world.store.get(), world.module.get(), wrong) == nullptr);
  EXPECT(wasm::Instance::make(world.store.get(), world.module.get(), wrong, &trap) == nullptr);
  EXPECT_TRAP(trap, "import");
}

void testExternals(World& world) {
  const ExternKind kinds[] = {ExternKind::TABLE,  ExternKind::TABLE,  ExternKind::MEMORY,
                              ExternKind::GLOBAL, ExternKind::GLOBAL, ExternKind::GLOBAL,
                              ExternKind::TAG,    ExternKind::MEMORY, ExternKind::FUNC};
  for (size_t i = 0; i < 9; ++i) {
    wasm::Extern* external = world.exports[i].get();
    const wasm::Extern* constant = external;
    EXPECT(external->kind() == kinds[i] && external->type()->kind() == kinds[i]);
    EXPECT((external->func() != nullptr) == (kinds[i] == ExternKind::FUNC));
    EXPECT((external->global() != nullptr) == (kinds[i] == ExternKind::GLOBAL));
    EXPECT((external->table() != nullptr) == (kinds[i] == ExternKind::TABLE));
    EXPECT((external->memory() != nullptr) == (kinds[i] == ExternKind::MEMORY));
    EXPECT(constant->func() == external->func() && constant->global() == external->global());
    EXPECT(constant->table() == external->table() && constant->memory() == external->memory());
  }
}

}  // namespace

void testModules(const Modules& modules) {
  World world(modules);
  EXPECT(Module::validate(world.store.get(), modules.standard));
  EXPECT(!Module::validate(world.store.get(), vec<byte_t>::invalid()));
  EXPECT(Module::make(world.store.get(), vec<byte_t>::make(std::string("garbage"))) == nullptr);
  expectParts(world.module.get());
  testArtifacts(world.store.get(), world.module.get());
  testSharing(modules);
  testInstances(world);
  testExternals(world);
}
