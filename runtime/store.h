// The store (core specification, section "Runtime Structure: Store"): the owner of instances and of
// the functions, tables, memories, globals and tags that they share.
//
// A store and all objects that it owns are used by one thread at a time. The thread may change
// between calls, and threads may use different stores in parallel. Shared memories belong to no
// store: the instances of several stores can import one.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>

#include "runtime/gc/root_table.h"
#include "runtime/instance/extern.h"
#include "runtime/instance/host_func_instance.h"
#include "runtime/instance/instance.h"
#include "runtime/instance/limits.h"
#include "runtime/module/module.h"
#include "runtime/types/value.h"

namespace runtime {

struct StoreState;

// The options of a store. They do not change during its lifetime.
struct StoreOptions {
  // The size in bytes of the stack on which guest code and the host functions that it calls run.
  // Each thread that calls guests has one. The size is clamped to [512 KiB, 64 GiB] and rounded up
  // to a multiple of 64 KiB. The system allocates a page of it at the first access to the page.
  uint64_t stackSize = uint64_t{8} << 20;
  // The limits on what all guests of the store together take from the host.
  Limits limits;
  // If not null, the account of what the guests of several stores take together. Then of `limits`
  // only callNanoseconds has a meaning, and heapBytes as the size of this store's heap; what all
  // heaps take is limited to the size of the first one.
  std::shared_ptr<Account> account = nullptr;
  // If not empty, called with each released instance before it is destroyed. Not called for those
  // that are destroyed with the store. It must not use the store.
  std::function<void(const Instance&)> onDestroyed = {};
  // What setFuel() is called with at the beginning; without a value there is no limit.
  std::optional<uint64_t> fuel = std::nullopt;
  // Makes the collector look for errors (HeapOptions::isStressed). Slow.
  bool stressesHeap = false;
};

// Owns all objects that it creates until it is destroyed. No object is freed earlier, so pointers
// to them are valid as long as the store, except for what belongs to a released instance.
class Store {
 public:
  // The first store of the process installs the signal handler for traps (trap_handler.h).
  explicit Store(const StoreOptions& options = {});
  // Requires that no call into an instance of the store is active.
  ~Store();
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;

  // Instantiates a module (core specification, section "Modules: Instantiation"). `imports` has one
  // element for each row of ModuleDescriptor::imports, in that order; a Linker finds them by name.
  // All imports but host functions and shared memories must belong to this store. Returns the
  // instance, which the store owns; the instance keeps the module alive.
  //
  // Fails with an Error if the number of imports is wrong, an import does not match its type or is
  // of another store, a limit is exceeded, or the system refuses memory. Fails with a Trap if an
  // active segment is out of bounds (MemoryOutOfBounds, TableOutOfBounds), if the start function
  // traps or exits, or if the store has been interrupted. After a Trap, elements and data that were
  // written to imported tables and memories remain; the instance counts as released.
  //
  // `published`, if not empty, is called with the instance before anything runs that others can
  // see: host functions that the start function calls may use it. It must not use the store.
  using Published = std::function<void(Instance&)>;
  Expected<Instance*, Failure> instantiate(std::shared_ptr<const Module> module,
                                           std::span<const Extern> imports,
                                           const Published& published = {});

  // Ends the program's use of an instance that instantiate() has returned, and of all that belongs
  // to it: its functions, also as funcrefs, memories, tables, globals and tags. Other instances may
  // go on to use them. The instance is destroyed, and what it takes is given back, once neither an
  // instance in use nor an object refers to any of it. The store looks for such instances when no
  // guest runs: in collectGarbage(), and in other calls when half of the instances have been
  // released. Called once for an instance.
  void release(Instance& instance);

  // Returns whether there is a released instance at this address, which may have been destroyed.
  bool isReleased(const Instance* instance) const;

  // Returns a memory of type.min pages, all bytes zero. Fails if a limit is exceeded or the system
  // refuses the address space.
  base::Result<Memory*> createMemory(const abi::MemoryType& type);
  // Makes a shared memory, perhaps of another store, known to this one, which keeps it alive.
  Memory* addShared(std::shared_ptr<Memory> memory);
  // Returns a table of type.min elements, all equal to `initial`. Type indices in the type are
  // canonical ids. Fails if `initial` does not fit the element type, a limit is exceeded, or the
  // system refuses memory.
  base::Result<Table*> createTable(const abi::TableType& type, const Value& initial);
  // Returns a global with the value `initial`. Type indices in the type are canonical ids. Fails if
  // `initial` does not fit the type.
  base::Result<Global*> createGlobal(const abi::GlobalType& type, const Value& initial);
  // Returns a function that differs from all others: a host function, which runs `code`. Its type
  // is the final function type `type`, with canonical type ids, in a recursive group of its own.
  // `data` is HostFuncInstance::env: for the use of the code, not owned.
  Func createFunction(const FuncType& type, HostFuncInstance::Code code, void* data);
  // Returns a tag that differs from all others. Its type is the final function type `type` in a
  // recursive group of its own.
  Tag* createTag(const FuncType& type);

  // Returns an externref to `pointer`, which may be any word, and is alive like a result of a call;
  // it is not null even if the pointer is. If `finalize` is not null, it is called with the pointer
  // once, after a collection has found that no reference is reachable, or when the store is
  // destroyed. Fails if the heap has no room; then `finalize` is not called.
  //
  // A finalizer runs in the thread that uses the store, on the stack of a guest (of which
  // abi::kHostStack bytes are free) with its floating-point modes if a guest runs. It must not use
  // the store, except that it may destroy handles; neither a C++ exception nor longjmp may leave
  // it.
  base::Result<Value> newExternRef(void* pointer, void (*finalize)(void* pointer) = nullptr);

  // Ends calls into guests of the store: Interruption::request(). Thread-safe and
  // async-signal-safe.
  void interrupt();
  // Returns whether it has been interrupted, also by a time limit. Then all calls into guests fail
  // with the trap Interrupted, and the objects of its heap must not be used. Thread-safe.
  bool isInterrupted() const;
  // Sets the longest time, in nanoseconds, that a call into a guest may take that is not made
  // within another one, also that of a start function; 0 for no limit. A call that takes longer
  // interrupts the store. Replaces Limits::callNanoseconds.
  void setTimeLimit(uint64_t nanoseconds);

  // Sets the fuel that is left for guests whose code counts (Module::countsFuel); at most
  // abi::kUnlimitedFuel, which is no limit. When it is consumed, the guest ends with the trap
  // OutOfFuel. Host functions may call this.
  void setFuel(uint64_t fuel);
  // Returns the fuel that is left; 0 also if a little more has been consumed than there was. After
  // a trap that is a fault of the hardware it may be too much (docs/fuel.md).
  uint64_t fuel() const;

  // Destroys the released instances that nothing uses, collects garbage, and runs the finalizers of
  // objects that have died.
  void collectGarbage();

  // Returns whether a finalizer is running.
  bool isFinalizing() const;

  // Returns a handle that keeps the object or the function alive that `value` refers to, which must
  // be a reference of this store. Results of calls are alive until guest code runs again or an
  // object is created.
  Rooted root(const Value& value);

  // Returns the function that a non-null funcref of an instance of this store refers to.
  Func function(abi::FuncRef* reference);

  // Returns the implementation, for the runtime and its tests.
  StoreState& state() const { return *state_; }

 private:
  std::unique_ptr<StoreState> state_;
};

}  // namespace runtime
