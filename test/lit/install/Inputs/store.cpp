// Makes an object of a store by wasm.hh. The exit status is 0 if that succeeds.
#include <wasm.hh>

int main() {
  auto engine = wasm::Engine::make();
  auto store = wasm::Store::make(engine.get());
  return wasm::Foreign::make(store.get()) ? 0 : 1;
}
