#include "runtime/store.h"

#include <fmt/format.h>

#include <algorithm>

#include "runtime/builtins/builtins.h"
#include "runtime/instance/store_state.h"
#include "runtime/instantiate/instance_collection.h"
#include "runtime/instantiate/instantiate.h"
#include "runtime/objects/host_reference.h"
#include "runtime/objects/objects.h"
#include "runtime/trap/trap_handler.h"
#include "runtime/types/type_match.h"
#include "runtime/types/type_registry.h"

namespace runtime {

namespace {

std::shared_ptr<Account> accountFor(const StoreOptions& options) {
  return options.account != nullptr ? options.account : std::make_shared<Account>(options.limits);
}

}  // namespace

Store::Store(const StoreOptions& options)
    : state_(std::make_unique<StoreState>(options.stackSize, accountFor(options), builtins())) {
  state_->onDestroyed = options.onDestroyed;
  state_->heapOptions = {options.limits.heapBytes, options.stressesHeap};
  setTimeLimit(options.limits.callNanoseconds);
  if (options.fuel) setFuel(*options.fuel);
  installTrapHandler();
  installInterruptHandler();
}

Store::~Store() = default;

Expected<Instance*, Failure> Store::instantiate(std::shared_ptr<const Module> module,
                                                std::span<const Extern> imports,
                                                const Published& published) {
  collectManyInstances(*state_);
  return Instantiation(*state_, std::move(module), imports).run(published);
}

void Store::release(Instance& instance) {
  std::vector<Instance*>& released = state_->released;
  CHECK(&instance.state() == state_.get() &&
        std::ranges::find(released, &instance) == released.end());
  released.push_back(&instance);
  ++state_->releasedSinceSearch;
  collectManyInstances(*state_);
}

bool Store::isReleased(const Instance* instance) const {
  return std::ranges::find(state_->released, instance) != state_->released.end();
}

base::Result<Memory*> Store::createMemory(const abi::MemoryType& type) {
  return state_->createMemory(type);
}

Memory* Store::addShared(std::shared_ptr<Memory> memory) {
  CHECK(memory->isShared());
  return state_->addShared(std::move(memory));
}

base::Result<Table*> Store::createTable(const abi::TableType& type, const Value& initial) {
  if (!fits(initial, type.element)) {
    return base::Error{
        "", fmt::format("{} for a table of {}", text(typeOf(initial)), text(type.element))};
  }
  TRY_ASSIGN(Table * table, state_->createTable(type, initial.slot.ref));
  // No module holds the id of a concrete element type of this table, so the store does.
  state_->heldTypes.emplace_back(type.element);
  return table;
}

base::Result<Global*> Store::createGlobal(const abi::GlobalType& type, const Value& initial) {
  if (!fits(initial, type.value)) {
    return base::Error{
        "", fmt::format("{} for a global of {}", text(typeOf(initial)), text(type.value))};
  }
  state_->heldTypes.emplace_back(type.value);
  return state_->add(std::make_unique<Global>(*state_, type, initial));
}

Func Store::createFunction(const FuncType& type, HostFuncInstance::Code code, void* data) {
  auto made = std::make_unique<HostFuncInstance>(*state_, type, code, data);
  return Func(*state_, state_->hostFuncs.emplace_back(std::move(made))->reference());
}

Tag* Store::createTag(const FuncType& type) {
  const TypeIds& held = state_->heldTypes.emplace_back(type);
  return state_->createTag(held[0], "");
}

base::Result<Value> Store::newExternRef(void* pointer, void (*finalize)(void* pointer)) {
  return newHostReference(*state_, pointer, finalize);
}

void Store::interrupt() { state_->interruption.request(); }

bool Store::isInterrupted() const { return state_->interruption.isRequested(); }

void Store::setTimeLimit(uint64_t nanoseconds) { state_->interruption.setTimeLimit(nanoseconds); }

void Store::setFuel(uint64_t fuel) {
  state_->fuel = static_cast<int64_t>(std::min<uint64_t>(fuel, abi::kUnlimitedFuel));
}

uint64_t Store::fuel() const { return static_cast<uint64_t>(std::max<int64_t>(state_->fuel, 0)); }

void Store::collectGarbage() {
  if (isInterrupted()) return;
  collectInstances(*state_);
  if (state_->heap == nullptr) return;
  state_->heap->collect(Heap::Collection::Full);
  runFinalizers(*state_);
}

bool Store::isFinalizing() const {
  return state_->heap != nullptr && state_->heap->finalizers().isRunning();
}

Rooted Store::root(const Value& value) {
  CHECK(value.kind >= abi::ValueKind::FuncRef);
  bool isFunction = value.kind == abi::ValueKind::FuncRef;
  return Rooted(isFunction ? state_->hostFunctions : state_->hostRoots, value.slot.i64);
}

Func Store::function(abi::FuncRef* reference) { return Func(*state_, reference); }

}  // namespace runtime
