// The references of wasm.h: wasm_ref_t and the types that are derived from it.
#pragma once

#include <memory>
#include <optional>
#include <utility>

#include "loader/standard/store.h"
#include "loader/standard/wasm.h"
#include "runtime/store.h"

namespace standard {

// What a reference is to. Guest: an object of a guest (an i31, a struct, an array, an exception or
// a string), for which wasm.h has no type.
enum class RefKind : uint8_t {
  Func,
  Global,
  Table,
  Memory,
  Tag,
  Instance,
  Module,
  Foreign,
  Trap,
  Guest
};

}  // namespace standard

// A reference that is not null. The derived class follows from the kind.
struct wasm_ref_t {
  wasm_ref_t(standard::RefKind ofKind, std::shared_ptr<standard::StoreOwner> ofOwner)
      : kind(ofKind), owner(std::move(ofOwner)) {}
  wasm_ref_t(const wasm_ref_t&) = delete;
  wasm_ref_t& operator=(const wasm_ref_t&) = delete;
  virtual ~wasm_ref_t() = default;

  // Returns another reference to the same object.
  virtual wasm_ref_t* copy() const = 0;
  // Returns what differs from all other objects of the store, at present: objects of guests move.
  virtual standard::Identity identity() const = 0;
  // Return and set the host info of the object.
  virtual const standard::HostInfo* info() const { return owner->infoOf(identity()); }
  virtual void setInfo(standard::HostInfo info) { owner->setInfo(identity(), std::move(info)); }

  const standard::RefKind kind;
  const std::shared_ptr<standard::StoreOwner> owner;
};

// What can be imported. It keeps the instance that has exported it, and the function.
struct wasm_extern_t : wasm_ref_t {
  wasm_extern_t(standard::RefKind ofKind, std::shared_ptr<standard::StoreOwner> ofOwner,
                runtime::Extern external, std::shared_ptr<standard::InstanceUse> instanceUse)
      : wasm_ref_t(ofKind, std::move(ofOwner)),
        value(std::move(external)),
        use(std::move(instanceUse)),
        identity_(identityOf(value)) {}

  wasm_ref_t* copy() const override;
  standard::Identity identity() const override { return identity_; }

  const runtime::Extern value;                       // of the kind that `kind` says
  const std::shared_ptr<standard::InstanceUse> use;  // null if no instance has exported it

 private:
  static standard::Identity identityOf(const runtime::Extern& value);
  const standard::Identity identity_;  // for use when the object does not exist any more
};

// A function, which the handle keeps alive.
struct wasm_func_t final : wasm_extern_t {
  using wasm_extern_t::wasm_extern_t;
  std::optional<runtime::Rooted> handle;
};

// The other externals.
struct wasm_global_t final : wasm_extern_t {
  using wasm_extern_t::wasm_extern_t;
};
struct wasm_table_t final : wasm_extern_t {
  using wasm_extern_t::wasm_extern_t;
};
struct wasm_memory_t final : wasm_extern_t {
  using wasm_extern_t::wasm_extern_t;
};

// An instance.
struct wasm_instance_t final : wasm_ref_t {
  wasm_instance_t(std::shared_ptr<standard::StoreOwner> ofOwner,
                  std::shared_ptr<standard::InstanceUse> instanceUse)
      : wasm_ref_t(standard::RefKind::Instance, std::move(ofOwner)), use(std::move(instanceUse)) {}
  wasm_ref_t* copy() const override { return new wasm_instance_t(owner, use); }
  standard::Identity identity() const override { return {use->address(), nullptr}; }

  const std::shared_ptr<standard::InstanceUse> use;
};

namespace standard {

// A reference to an object that lives as long as its references, and has its host info.
template <RefKind ofKind, class Record, class Self>
struct SharedRef : wasm_ref_t {
  SharedRef(std::shared_ptr<StoreOwner> ofOwner, std::shared_ptr<Record> shared)
      : wasm_ref_t(ofKind, std::move(ofOwner)), record(std::move(shared)) {}
  wasm_ref_t* copy() const final { return new Self(owner, record); }
  Identity identity() const final { return {record.get(), nullptr}; }
  const HostInfo* info() const final { return &record->info; }
  void setInfo(HostInfo info) final { record->info = std::move(info); }

  const std::shared_ptr<Record> record;
};

// An object of the program.
struct ForeignRecord {
  HostInfo info;
};

// Returns a new reference to an external value.
wasm_extern_t* newExtern(const std::shared_ptr<StoreOwner>& owner, const runtime::Extern& value,
                         std::shared_ptr<InstanceUse> use = nullptr);
// Returns a new reference for a value that is a reference of the store; null for a null reference.
wasm_ref_t* newRef(const std::shared_ptr<StoreOwner>& owner, const runtime::Value& value);
// Returns the value that is the reference, which may be null, as one of a reference type. The value
// need not fit the type. Fails if the reference is of another store or the heap has no room.
base::Result<runtime::Value> valueOf(const wasm_ref_t* ref, const abi::ValueType& type,
                                     const Entry& entry);

// Returns the reference as one of another type, or null if it is null or of another kind.
template <class To, class From>
To* refAs(From* ref, RefKind kind) {
  return ref == nullptr || ref->kind != kind ? nullptr : static_cast<To*>(ref);
}

// Returns the object of a reference to an external value.
template <class T, class Ref>
T& objectOf(const Ref& ref) {
  return *std::get<T*>(ref.value);
}

// Enters the store of a reference, which may be null.
base::Result<Entry> enter(const wasm_ref_t* ref);

}  // namespace standard

// A reference to an object of the program.
struct wasm_foreign_t final
    : standard::SharedRef<standard::RefKind::Foreign, standard::ForeignRecord, wasm_foreign_t> {
  using SharedRef::SharedRef;
};
