#include "loader/standard/ref.h"

#include "loader/standard/last_error.h"
#include "runtime/instance/store_state.h"

namespace standard {
namespace {

using runtime::Value;

// A reference of the program in an externref: the finalizer of the externref takes it.
void discardRef(void* pointer) {
  auto* ref = static_cast<wasm_ref_t*>(pointer);
  std::shared_ptr<StoreOwner> owner = ref->owner;
  owner->discard(std::unique_ptr<wasm_ref_t>(ref));
}

// A reference to an object of a guest, which may move.
struct GuestRef final : wasm_ref_t {
  GuestRef(std::shared_ptr<StoreOwner> ofOwner, abi::ValueKind ofValue, runtime::Rooted rooted)
      : wasm_ref_t(RefKind::Guest, std::move(ofOwner)),
        valueKind(ofValue),
        handle(std::move(rooted)) {}
  wasm_ref_t* copy() const override { return new GuestRef(owner, valueKind, handle.copy()); }
  Identity identity() const override {
    return {reinterpret_cast<const void*>(handle.word()), nullptr};
  }
  const HostInfo* info() const override { return owner->infoOf(handle); }
  void setInfo(HostInfo info) override { owner->setInfo(handle, std::move(info)); }

  const abi::ValueKind valueKind;
  const runtime::Rooted handle;
};

// The kind of an external value.
struct KindOf {
  RefKind operator()(const runtime::HostFunction&) const { return RefKind::Func; }
  RefKind operator()(const runtime::Func&) const { return RefKind::Func; }
  RefKind operator()(const runtime::Table*) const { return RefKind::Table; }
  RefKind operator()(const runtime::Memory*) const { return RefKind::Memory; }
  RefKind operator()(const runtime::Global*) const { return RefKind::Global; }
  RefKind operator()(const runtime::Tag*) const { return RefKind::Tag; }
};

wasm_func_t* newFunc(const std::shared_ptr<StoreOwner>& owner, const runtime::Func& function,
                     std::shared_ptr<InstanceUse> use) {
  auto* ref = new wasm_func_t(RefKind::Func, owner, function, std::move(use));
  ref->handle = owner->store()->root(Value::funcRef(function.reference()));
  return ref;
}

// Externref and anyref have one representation, so that either may be given for the other.
bool isConvertible(abi::ValueKind kind) {
  return kind == abi::ValueKind::ExternRef || kind == abi::ValueKind::AnyRef;
}

}  // namespace

wasm_extern_t* newExtern(const std::shared_ptr<StoreOwner>& owner, const runtime::Extern& value,
                         std::shared_ptr<InstanceUse> use) {
  RefKind kind = std::visit(KindOf(), value);
  switch (kind) {
    case RefKind::Func:
      return newFunc(owner, std::get<runtime::Func>(value), std::move(use));
    case RefKind::Global:
      return new wasm_global_t(kind, owner, value, std::move(use));
    case RefKind::Table:
      return new wasm_table_t(kind, owner, value, std::move(use));
    case RefKind::Memory:
      return new wasm_memory_t(kind, owner, value, std::move(use));
    default:
      return new wasm_extern_t(kind, owner, value, std::move(use));
  }
}

wasm_ref_t* newRef(const std::shared_ptr<StoreOwner>& owner, const Value& value) {
  if (value.slot.i64 == 0) return nullptr;
  if (value.kind == abi::ValueKind::FuncRef) {
    return newFunc(owner, owner->store()->function(static_cast<abi::FuncRef*>(value.slot.ref)),
                   nullptr);
  }
  if (runtime::referentKind(value.slot.i64) != runtime::ReferentKind::Host) {
    return new GuestRef(owner, value.kind, owner->store()->root(value));
  }
  return static_cast<wasm_ref_t*>(runtime::hostPointerOf(value.slot.i64))->copy();
}

base::Result<Value> valueOf(const wasm_ref_t* ref, const abi::ValueType& type, const Entry& entry) {
  Value value{type.kind, {}};
  if (ref == nullptr) return value;
  if (ref->owner != entry.owner()) return base::Error{"", "the reference is of another store"};
  if (ref->kind == RefKind::Guest) {
    auto& guest = static_cast<const GuestRef&>(*ref);
    if (!isConvertible(guest.valueKind) || !isConvertible(type.kind)) value.kind = guest.valueKind;
    value.slot.i64 = guest.handle.word();
    return value;
  }
  if (ref->kind == RefKind::Func && type.kind == abi::ValueKind::FuncRef) {
    auto& function = std::get<runtime::Func>(static_cast<const wasm_extern_t*>(ref)->value);
    return Value::funcRef(function.reference());
  }
  std::unique_ptr<wasm_ref_t> copy(ref->copy());
  auto made = entry->newExternRef(copy.get(), &discardRef);
  if (!made) return made.error();
  copy.release();
  if (type.kind == abi::ValueKind::AnyRef) made->kind = type.kind;
  return *made;
}

base::Result<Entry> enter(const wasm_ref_t* ref) {
  if (ref == nullptr) return base::Error{"", kNull};
  return Entry::into(*ref->owner);
}

}  // namespace standard

wasm_ref_t* wasm_extern_t::copy() const {
  if (owner->store() == nullptr) return nullptr;
  return standard::newExtern(owner, value, use);
}

standard::Identity wasm_extern_t::identityOf(const runtime::Extern& external) {
  struct Of {
    standard::Identity operator()(const runtime::HostFunction&) const { return {}; }
    // Instances that import a function have FuncRefs of their own for it.
    standard::Identity operator()(const runtime::Func& function) const {
      return {function.reference()->context, function.reference()->fastEntry};
    }
    standard::Identity operator()(const void* object) const { return {object, nullptr}; }
  };
  return std::visit(Of(), external);
}
