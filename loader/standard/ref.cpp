#include "loader/standard/ref.h"

#include "loader/standard/last_error.h"
#include "loader/standard/module.h"
#include "loader/standard/trap.h"
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

// A reference to an object of a guest. Its host info lives as long as the store, since guests do
// not tell when the object ends.
struct GuestRef final : wasm_ref_t {
  GuestRef(std::shared_ptr<StoreOwner> ofOwner, abi::ValueKind ofValue, runtime::Rooted rooted)
      : wasm_ref_t(RefKind::Guest, std::move(ofOwner)),
        valueKind(ofValue),
        handle(std::move(rooted)) {}
  wasm_ref_t* copy() const override { return new GuestRef(owner, valueKind, handle.copy()); }
  Identity identity() const override {
    return {reinterpret_cast<const void*>(handle.word()), nullptr};
  }
  // Another object may be at the address later, unless this one stays.
  void setInfo(HostInfo info) override {
    if (!isKept_) kept_ = std::make_shared<runtime::Rooted>(handle.copy());
    isKept_ = true;
    wasm_ref_t::setInfo(std::move(info));
  }

  const abi::ValueKind valueKind;
  const runtime::Rooted handle;

 private:
  bool isKept_ = false;
  std::shared_ptr<runtime::Rooted> kept_;
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
  return Entry::into(ref->owner);
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

// A family of functions for each kind of reference.

#define DEFINE_REF_BASE(name)                                                                     \
  void wasm_##name##_delete(wasm_##name##_t* ref) { delete ref; }                                 \
  wasm_##name##_t* wasm_##name##_copy(const wasm_##name##_t* ref) {                               \
    return ref == nullptr ? nullptr : static_cast<wasm_##name##_t*>(ref->copy());                 \
  }                                                                                               \
  bool wasm_##name##_same(const wasm_##name##_t* left, const wasm_##name##_t* right) {            \
    return standard::isSame(left, right);                                                         \
  }                                                                                               \
  void* wasm_##name##_get_host_info(const wasm_##name##_t* ref) { return standard::infoOf(ref); } \
  void wasm_##name##_set_host_info(wasm_##name##_t* ref, void* data) {                            \
    standard::setInfo(ref, data, nullptr);                                                        \
  }                                                                                               \
  void wasm_##name##_set_host_info_with_finalizer(wasm_##name##_t* ref, void* data,               \
                                                  void (*finalizer)(void*)) {                     \
    standard::setInfo(ref, data, finalizer);                                                      \
  }

#define DEFINE_REF(name, Kind)                                                             \
  DEFINE_REF_BASE(name)                                                                    \
  wasm_ref_t* wasm_##name##_as_ref(wasm_##name##_t* ref) { return ref; }                   \
  const wasm_ref_t* wasm_##name##_as_ref_const(const wasm_##name##_t* ref) { return ref; } \
  wasm_##name##_t* wasm_ref_as_##name(wasm_ref_t* ref) {                                   \
    return standard::refAs<wasm_##name##_t>(ref, standard::RefKind::Kind);                 \
  }                                                                                        \
  const wasm_##name##_t* wasm_ref_as_##name##_const(const wasm_ref_t* ref) {               \
    return standard::refAs<const wasm_##name##_t>(ref, standard::RefKind::Kind);           \
  }

namespace standard {
namespace {

bool isSame(const wasm_ref_t* left, const wasm_ref_t* right) {
  if (left == nullptr || right == nullptr) return left == right;
  return left->kind == right->kind && left->owner == right->owner &&
         left->identity() == right->identity();
}

void* infoOf(const wasm_ref_t* ref) {
  const HostInfo* info = ref == nullptr ? nullptr : ref->info();
  return info == nullptr ? nullptr : info->data();
}

// If there is no object for it, the host info ends at once.
void setInfo(wasm_ref_t* ref, void* data, void (*finalizer)(void*)) {
  HostInfo info(data, finalizer);
  if (ref != nullptr) ref->setInfo(std::move(info));
}

bool isExtern(const wasm_ref_t* ref) { return ref != nullptr && ref->kind <= RefKind::Tag; }

}  // namespace
}  // namespace standard

DEFINE_REF_BASE(ref)
DEFINE_REF(func, Func)
DEFINE_REF(global, Global)
DEFINE_REF(table, Table)
DEFINE_REF(memory, Memory)
DEFINE_REF(instance, Instance)
DEFINE_REF(module, Module)
DEFINE_REF(foreign, Foreign)
DEFINE_REF(trap, Trap)
DEFINE_REF_BASE(extern)

wasm_ref_t* wasm_extern_as_ref(wasm_extern_t* ref) { return ref; }

const wasm_ref_t* wasm_extern_as_ref_const(const wasm_extern_t* ref) { return ref; }

wasm_extern_t* wasm_ref_as_extern(wasm_ref_t* ref) {
  return standard::isExtern(ref) ? static_cast<wasm_extern_t*>(ref) : nullptr;
}

const wasm_extern_t* wasm_ref_as_extern_const(const wasm_ref_t* ref) {
  return standard::isExtern(ref) ? static_cast<const wasm_extern_t*>(ref) : nullptr;
}

wasm_foreign_t* wasm_foreign_new(wasm_store_t* store) {
  auto entry = standard::enter(store);
  if (!entry) {
    standard::setLastError(entry.error());
    return nullptr;
  }
  return new wasm_foreign_t(entry->owner(), std::make_shared<standard::ForeignRecord>());
}
