#include "test/embed/standard/cpp/world.h"

#include <cstdio>
#include <cstdlib>

namespace {

int failures = 0;

// Ends the program if an object could not be made.
template <class T>
wasm::own<T> must(wasm::own<T> made) {
  if (made) return made;
  std::printf("no object: %s\n", wasm2obj_last_error());
  std::exit(1);
}

wasm::own<wasm::Trap> giveBack(const wasm::vec<wasm::Val>& args, wasm::vec<wasm::Val>& results) {
  results = args.deep_copy();
  return nullptr;
}

wasm::own<wasm::Func> makeMix(wasm::Store* store) {
  auto params = wasm::ownvec<wasm::ValType>::make(
      wasm::ValType::make(wasm::ValKind::I32), wasm::ValType::make(wasm::ValKind::I64),
      wasm::ValType::make(wasm::ValKind::F32), wasm::ValType::make(wasm::ValKind::F64),
      wasm::ValType::make(wasm::ValKind::EXTERNREF), wasm::ValType::make(wasm::ValKind::FUNCREF));
  auto results = params.deep_copy();
  auto type = must(wasm::FuncType::make(std::move(params), std::move(results)));
  EXPECT(!params && !results);
  return must(wasm::Func::make(store, type.get(), giveBack));
}

}  // namespace

void expect(bool holds, const char* condition, const char* file, int line) {
  if (holds) return;
  std::printf("%s:%d: not so: %s\n", file, line, condition);
  ++failures;
}

int failureCount() { return failures; }

bool has(const wasm::own<wasm::Trap>& trap, const char* part) {
  auto message = trap->message();
  bool ends = message.size() != 0 && message[message.size() - 1] == '\0';
  return ends && std::strstr(message.get(), part) != nullptr;
}

bool isText(const wasm::Name& name, const char* text) {
  return name.size() == std::strlen(text) && std::memcmp(name.get(), text, name.size()) == 0;
}

void countUp(void* count) { ++*static_cast<int*>(count); }

World::World(const Modules& modules, wasm::Func::callback_with_env code, void* env)
    : engine(must(wasm::Engine::make())),
      store(must(wasm::Store::make(engine.get()))),
      module(must(wasm::Module::make(store.get(), modules.standard))),
      mix(makeMix(store.get())),
      nothing(must(wasm::Func::make(store.get(), wasm::FuncType::make().get(), code, env))),
      exports(wasm::ownvec<wasm::Extern>::make()) {
  auto global =
      wasm::GlobalType::make(wasm::ValType::make(wasm::ValKind::I64), wasm::Mutability::VAR);
  counter = must(wasm::Global::make(store.get(), global.get(), wasm::Val::i64(0)));
  auto table = wasm::TableType::make(wasm::ValType::make(wasm::ValKind::FUNCREF), wasm::Limits(4));
  functions = must(wasm::Table::make(store.get(), table.get()));
  auto pages = wasm::MemoryType::make(wasm::Limits(1, 2));
  memory = must(wasm::Memory::make(store.get(), pages.get()));
  instance = must(instantiate());
  exports = instance->exports();
}

wasm::Extern* World::named(const char* name) {
  auto types = module->exports();
  for (size_t i = 0; i < types.size(); ++i) {
    if (isText(types[i]->name(), name)) return exports[i].get();
  }
  std::printf("no export %s\n", name);
  std::exit(1);
}

wasm::own<wasm::Trap> World::call(const char* name, const wasm::vec<wasm::Val>& args,
                                  wasm::vec<wasm::Val>& results) {
  return named(name)->func()->call(args, results);
}

wasm::own<wasm::Instance> World::instantiate(wasm::own<wasm::Trap>* trap) {
  auto imports = wasm::vec<wasm::Extern*>::make(mix.get(), nothing.get(), counter.get(),
                                                functions.get(), memory.get());
  return wasm::Instance::make(store.get(), module.get(), imports, trap);
}

wasm::own<wasm::Trap> World::doNothing(void*, const wasm::vec<wasm::Val>&, wasm::vec<wasm::Val>&) {
  return nullptr;
}
