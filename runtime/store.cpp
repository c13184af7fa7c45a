#include "runtime/store.h"

#include <fmt/format.h>

#include "runtime/builtins/builtins.h"
#include "runtime/instantiate/instantiate.h"
#include "runtime/store_state.h"
#include "runtime/trap/signals.h"
#include "runtime/types/type_match.h"
#include "runtime/types/type_registry.h"

namespace runtime {

Store::Store(const StoreOptions& options) : state_(std::make_unique<State>(options)) {
  installTrapHandlers();
  state_->builtins = &builtins();
  state_->results = state_->resultSlots.data();
}

Store::~Store() = default;

Expected<Instance*, Failure> Store::instantiate(std::shared_ptr<const Module> module,
                                                std::span<const Extern> imports) {
  return Instantiation(*this, std::move(module), imports).run();
}

base::Result<Memory*> Store::createMemory(const abi::MemoryType& type) {
  TRY_ASSIGN(auto memory, Memory::create(type, state_->budget));
  state_->memories.push_back(std::move(memory));
  return state_->memories.back().get();
}

base::Result<Table*> Store::createTable(const abi::TableType& type, const Value& initial) {
  if (!fits(initial, type.element)) {
    return base::Error{
        "", fmt::format("{} for a table of {}", text(typeOf(initial)), text(type.element))};
  }
  TRY_ASSIGN(auto table, Table::create(type, initial.slot.ref, state_->budget));
  state_->heldTypes.emplace_back(type.element);
  state_->tables.push_back(std::move(table));
  return state_->tables.back().get();
}

base::Result<Global*> Store::createGlobal(const abi::GlobalType& type, const Value& initial) {
  if (!fits(initial, type.value)) {
    return base::Error{
        "", fmt::format("{} for a global of {}", text(typeOf(initial)), text(type.value))};
  }
  state_->heldTypes.emplace_back(type.value);
  state_->globals.push_back(std::make_unique<Global>(type, initial));
  return state_->globals.back().get();
}

Tag* Store::createTag(const FuncType& type) {
  const TypeIds& held = state_->heldTypes.emplace_back(type);
  state_->tags.push_back(std::make_unique<Tag>(held[0]));
  return state_->tags.back().get();
}

const StoreOptions& Store::options() const { return state_->options; }

}  // namespace runtime
