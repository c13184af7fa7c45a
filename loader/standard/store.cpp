// Configurations, engines and stores.
#include "loader/standard/store.h"

#include <algorithm>

#include "loader/standard/last_error.h"
#include "loader/standard/ref.h"
#include "loader/standard/trap.h"

struct wasm_config_t {};
struct wasm_engine_t {};

namespace standard {

StoreOwner::StoreOwner()
    : store_(std::make_unique<runtime::Store>(runtime::StoreOptions{
          .onDestroyed = [this](const runtime::Instance& i) { instanceDestroyed(i); }})) {}

std::shared_ptr<StoreOwner> StoreOwner::open() {
  std::shared_ptr<StoreOwner> owner(new StoreOwner);
  owner->self_ = owner;
  return owner;
}

StoreOwner::~StoreOwner() = default;

void StoreOwner::close() {
  shouldClose_ = true;
  if (entries_ == 0) closeNow();
}

void StoreOwner::closeNow() {
  if (store_ == nullptr) return;
  std::shared_ptr<StoreOwner> self = std::move(self_);
  // Whatever is deleted meanwhile finds the store closed.
  std::unique_ptr<runtime::Store> store = std::move(store_);
  store.reset();
  passing.reset();
  std::vector<NumberedInfo> infos;
  for (auto& [object, info] : infos_) infos.push_back(std::move(info));
  for (GuestInfo& guest : guestInfos_) infos.push_back(std::move(guest.info));
  infos_.clear();
  guestInfos_.clear();
  std::ranges::sort(infos, {}, &NumberedInfo::number);
  for (NumberedInfo& numbered : infos) HostInfo ended = std::move(numbered.info);
  for (auto& data : kept_) data.reset();
  clear();
}

const HostInfo* StoreOwner::infoOf(const Identity& object) const {
  auto found = infos_.find(object);
  return found == infos_.end() ? nullptr : &found->second.info;
}

// The old host info ends last, since its finalizer may use the store.
void StoreOwner::setInfo(const Identity& object, HostInfo info) {
  if (store_ == nullptr) return;
  HostInfo old = std::move(infos_[object].info);
  infos_[object] = {nextNumber_++, std::move(info)};
}

const HostInfo* StoreOwner::infoOf(const runtime::Rooted& object) const {
  for (const GuestInfo& guest : guestInfos_) {
    if (guest.object.word() == object.word()) return &guest.info.info;
  }
  return nullptr;
}

void StoreOwner::setInfo(const runtime::Rooted& object, HostInfo info) {
  if (store_ == nullptr) return;
  auto known = std::ranges::find_if(
      guestInfos_, [&](const GuestInfo& guest) { return guest.object.word() == object.word(); });
  if (known == guestInfos_.end()) {
    guestInfos_.push_back({object.copy(), {nextNumber_++, std::move(info)}});
    return;
  }
  HostInfo old = std::move(known->info.info);
  known->info = {nextNumber_++, std::move(info)};
}

void StoreOwner::discard(std::unique_ptr<wasm_ref_t> ref) { discarded_.push_back(std::move(ref)); }

// A finalizer may leave more to be deleted.
void StoreOwner::clear() {
  while (!endedInfos_.empty() || !discarded_.empty()) {
    std::exchange(endedInfos_, {}).clear();
    std::exchange(discarded_, {}).clear();
  }
}

// The host info of an instance and of what it defines ends. Finalizers may use the store, which
// they must not do now.
void StoreOwner::instanceDestroyed(const runtime::Instance& instance) {
  instances.erase(instance.context());
  auto end = [this](auto first, auto last) {
    for (auto at = first; at != last; ++at) endedInfos_.push_back(std::move(at->second.info));
    infos_.erase(first, last);
  };
  end(infos_.lower_bound({&instance, nullptr}), infos_.lower_bound({&instance + 1, nullptr}));
  for (const auto& part : instance.parts()) {
    end(infos_.lower_bound({part.begin, nullptr}), infos_.lower_bound({part.end, nullptr}));
  }
}

base::Result<Entry> Entry::into(StoreOwner& owner) {
  if (owner.store() == nullptr) {
    return base::Error{"", "the store of the object has been deleted"};
  }
  ++owner.entries_;
  return Entry(owner);
}

Entry::~Entry() {
  if (owner_ == nullptr) return;
  // A function of the program may have been called with objects that have no handles yet.
  if (--owner_->entries_ != 0) return;
  if (owner_->shouldClose_) {
    owner_->closeNow();
  } else {
    owner_->clear();
  }
}

void InstanceUse::abandon() {
  isAbandoned_ = true;
  owner_->instances.erase(instance_->context());
}

InstanceUse::~InstanceUse() {
  auto entry = Entry::into(*owner_);
  if (!entry || isAbandoned_) return;
  owner_->instances.erase(instance_->context());
  (*entry)->release(*instance_);
}

base::Result<Entry> enter(const wasm_store_t* store) {
  if (store == nullptr) return base::Error{"", "the store is null"};
  return Entry::into(*store->owner);
}

}  // namespace standard

wasm_config_t* wasm_config_new() { return new wasm_config_t; }

void wasm_config_delete(wasm_config_t* config) { delete config; }

wasm_engine_t* wasm_engine_new() { return new wasm_engine_t; }

wasm_engine_t* wasm_engine_new_with_config(wasm_config_t* config) {
  wasm_config_delete(config);
  return wasm_engine_new();
}

void wasm_engine_delete(wasm_engine_t* engine) { delete engine; }

wasm_store_t* wasm_store_new(wasm_engine_t* engine) {
  if (engine == nullptr) {
    standard::setLastError("the engine is null");
    return nullptr;
  }
  return new wasm_store_t{standard::StoreOwner::open()};
}

void wasm_store_delete(wasm_store_t* store) {
  if (store == nullptr) return;
  store->owner->close();
  delete store;
}
