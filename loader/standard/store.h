// The store of wasm.h, and what its objects share.
#pragma once

#include <map>
#include <memory>
#include <utility>
#include <vector>

#include "loader/standard/host_info.h"
#include "loader/standard/wasm.h"
#include "runtime/base/result.h"
#include "runtime/store.h"

namespace standard {

class InstanceUse;
struct TrapRecord;

// What tells objects of a store apart: an address, for functions with that of their code.
using Identity = std::pair<const void*, const void*>;

// A store, and what belongs to it. References share it, so that it outlives the wasm_store_t: then
// it is closed, and has no runtime::Store.
class StoreOwner {
 public:
  // Returns an open store.
  static std::shared_ptr<StoreOwner> open();
  ~StoreOwner();
  StoreOwner(const StoreOwner&) = delete;
  StoreOwner& operator=(const StoreOwner&) = delete;

  // Returns the store, or null once it is closed.
  runtime::Store* store() const { return store_.get(); }
  // Ends the store and all of its objects, and calls the finalizers: of host info in the order in
  // which it was set, then of functions in the order in which they were made. Does so when the last
  // Entry ends, if there is one.
  void close();

  // Returns the host info of an object that the store owns, or null if it has none.
  const HostInfo* infoOf(const Identity& object) const;
  void setInfo(const Identity& object, HostInfo info);
  // Do the same for an object of a guest, which may move, so that a handle tells it. It lives as
  // long as the store once it has host info, since guests do not tell when an object ends.
  const HostInfo* infoOf(const runtime::Rooted& object) const;
  void setInfo(const runtime::Rooted& object, HostInfo info);
  // Makes `data` end with the store.
  void keep(std::shared_ptr<void> data) { kept_.push_back(std::move(data)); }
  // Takes over a reference that nothing has any more, which clear() deletes.
  void discard(std::unique_ptr<wasm_ref_t> ref);
  // Deletes what has been left to be deleted, and calls finalizers, which may use the store:
  // objects may move that only the host refers to without a handle.
  void clear();

  // The instances that the program uses, by their context.
  std::map<const void*, std::weak_ptr<InstanceUse>> instances;
  // The trap that a function of the program has returned, until the call that it ends returns.
  std::shared_ptr<TrapRecord> passing;

 private:
  friend class Entry;
  struct NumberedInfo {
    uint64_t number;
    HostInfo info;
  };

  struct GuestInfo {
    runtime::Rooted object;
    NumberedInfo info;
  };

  StoreOwner();
  void closeNow();
  void instanceDestroyed(const runtime::Instance& instance);

  std::shared_ptr<StoreOwner> self_;  // until it is closed, so that an Entry needs no ownership
  std::unique_ptr<runtime::Store> store_;
  std::map<Identity, NumberedInfo> infos_;
  std::vector<GuestInfo> guestInfos_;  // few, so that a search is fast
  uint64_t nextNumber_ = 0;
  std::vector<std::shared_ptr<void>> kept_;
  std::vector<HostInfo> endedInfos_;
  std::vector<std::unique_ptr<wasm_ref_t>> discarded_;
  unsigned entries_ = 0;
  bool shouldClose_ = false;
};

// A use of a store by a function of wasm.h, during which it is not closed.
class Entry {
 public:
  // Fails if the store is closed.
  static base::Result<Entry> into(StoreOwner& owner);
  Entry(Entry&& other) noexcept : owner_(std::exchange(other.owner_, nullptr)) {}
  Entry& operator=(Entry&&) = delete;
  ~Entry();

  runtime::Store& operator*() const { return *owner_->store(); }
  runtime::Store* operator->() const { return owner_->store(); }
  const std::shared_ptr<StoreOwner>& owner() const { return owner_->self_; }

 private:
  explicit Entry(StoreOwner& owner) : owner_(&owner) {}

  StoreOwner* owner_;  // null if moved from
};

// An instance that the program uses: until all references to it and to its exports are deleted.
class InstanceUse {
 public:
  InstanceUse(std::shared_ptr<StoreOwner> owner, runtime::Instance& instance)
      : owner_(std::move(owner)), instance_(&instance) {}
  InstanceUse(const InstanceUse&) = delete;
  InstanceUse& operator=(const InstanceUse&) = delete;
  ~InstanceUse();

  // Returns the instance, or null if it does not exist any more.
  const runtime::Instance* instance() const {
    return isAbandoned_ || owner_->store() == nullptr ? nullptr : instance_;
  }
  // Returns the address at which the instance is or was.
  const void* address() const { return instance_; }
  // Ends the use of an instance whose instantiation has failed, which the store has released.
  void abandon();

 private:
  std::shared_ptr<StoreOwner> owner_;
  runtime::Instance* instance_;
  bool isAbandoned_ = false;
};

// Enters the store of a program. Fails also if the pointer is null.
base::Result<Entry> enter(const wasm_store_t* store);

}  // namespace standard

// The implementation of wasm_store_t.
struct wasm_store_t {
  std::shared_ptr<standard::StoreOwner> owner;
};
