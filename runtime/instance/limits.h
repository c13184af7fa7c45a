// The limits on the resources of the host that the guests of a store use together, and the account
// of the use. limits.def lists the resources. If a limit would be exceeded, memory.grow
// and table.grow return -1, creating an object traps, and instantiation fails with an error that
// names the limit.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <utility>

#include "runtime/base/result.h"
#include "runtime/gc/space/memory_allowance.h"

namespace runtime {

// The limit of each resource, in its unit. The initial values are the defaults.
struct Limits {
#define LIMIT(id, value, unit, setters) uint64_t id = value;
#include "runtime/instance/limits.def"
#undef LIMIT
  // The time of a call, in nanoseconds: Store::setTimeLimit(), from the first call on. An account
  // does not count it.
  uint64_t callNanoseconds = 0;
};

// An amount of each resource that has a limit.
struct Demand {
#define LIMIT(id, value, unit, setters) uint64_t id = 0;
#include "runtime/instance/limits.def"
#undef LIMIT
};

// The use of each resource by one store, or by several stores together. Thread-safe.
class Account final : public gc::MemoryAllowance {
 public:
  // What is taken of this account is also taken of `outer`, unless that is null: so each guest has
  // limits, and all of them together others.
  explicit Account(const Limits& limits, std::shared_ptr<Account> outer = nullptr)
      : limits_(limits), outer_(std::move(outer)) {}
  Account(const Account&) = delete;
  Account& operator=(const Account&) = delete;

  // Adds `demand` to the use. If that exceeds a limit, of this account or an outer one, adds
  // nothing and fails with an error that names the limit and how to set it.
  base::Result<void> take(const Demand& demand);
  // Subtracts `demand`, which must have been taken before.
  void giveBack(const Demand& demand);

  const Limits& limits() const { return limits_; }
  Account* outer() const { return outer_.get(); }

  // Sets the limit of all heaps together, in bytes, if there is none yet. Limits::heapBytes is not
  // that limit, since a heap may have chosen another size.
  void limitHeaps(uint64_t bytes);
  bool takeForHeap(uint64_t bytes) override;
  void giveBackOfHeap(uint64_t bytes) override;

 private:
  base::Result<void> takeOwn(const Demand& demand);

  const Limits limits_;
  const std::shared_ptr<Account> outer_;
  std::mutex mutex_;  // of the next members
  Demand taken_;
  uint64_t heapLimit_ = UINT64_MAX;  // if there is none
  uint64_t heapTaken_ = 0;
};

// The access to an account of one store, which its memories and tables know by it, or of one shared
// memory.
class Budget {
 public:
  explicit Budget(const Limits& limits) : account_(std::make_shared<Account>(limits)) {}
  // `account` must not be null.
  explicit Budget(std::shared_ptr<Account> account) : account_(std::move(account)) {}
  Budget(const Budget&) = delete;
  Budget& operator=(const Budget&) = delete;

  const std::shared_ptr<Account>& account() const { return account_; }
  // See Account.
  base::Result<void> take(const Demand& demand) { return account_->take(demand); }
  void giveBack(const Demand& demand) { account_->giveBack(demand); }

 private:
  std::shared_ptr<Account> account_;
};

}  // namespace runtime
