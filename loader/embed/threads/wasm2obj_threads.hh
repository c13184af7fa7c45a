// libwasmrt for C++20: memories that guests in several threads share. See wasm2obj_threads.h for
// what the functions require.
//
//   auto memory = wasm2obj::SharedMemory::make(1, 16).value();
//   memory.defineIn(linker, "env", "memory");
//   auto instance = linker.instantiate(module).value();
//   memory.word<int32_t>(8)->store(1);
#ifndef WASM2OBJ_THREADS_HH
#define WASM2OBJ_THREADS_HH

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <wasm2obj.hh>
#include <wasm2obj_threads.h>

namespace wasm2obj {

// A shared memory. All functions may be called by any thread at any time. Instances go on to use
// the memory after the object has been destroyed.
class SharedMemory {
 public:
  // Makes one of `min` pages of 64 KiB, which can grow to `max` pages.
  static Result<SharedMemory> make(std::uint64_t min, std::uint64_t max,
                                   const Limits* limits = nullptr) {
    wasm2obj_shared_memory_t* made = nullptr;
    wasm2obj_error_t* error = wasm2obj_shared_memory_new(
        min, max, limits == nullptr ? nullptr : limits->get(), &made);
    if (error != nullptr) return Error(error);
    return SharedMemory(made);
  }
  // Returns one that an instance exports, which it may outlive. Fails if there is none.
  static Result<SharedMemory> exportedBy(const Instance& instance, const std::string& name) {
    wasm2obj_shared_memory_t* found = nullptr;
    wasm2obj_error_t* error =
        wasm2obj_shared_memory_new_export(instance.get(), name.c_str(), &found);
    if (error != nullptr) return Error(error);
    return SharedMemory(found);
  }

  // Lets instances that the linker makes import it.
  void defineIn(Linker& linker, const std::string& module, const std::string& name) const {
    wasm2obj_linker_shared_memory(linker.get(), module.c_str(), name.c_str(), get());
  }

  // Return the address, which never changes, and the size in bytes, which may grow at any time.
  std::byte* data() const {
    std::size_t size = 0;
    return static_cast<std::byte*>(wasm2obj_shared_memory_data(get(), &size));
  }
  std::size_t size() const {
    std::size_t size = 0;
    wasm2obj_shared_memory_data(get(), &size);
    return size;
  }
  // Returns the word at an address, for atomic accesses; nothing if it is out of bounds or if the
  // address is not a multiple of the size of T.
  template <class T>
  std::optional<std::atomic_ref<T>> word(std::uint64_t at) const {
    static_assert(std::atomic_ref<T>::is_always_lock_free);
    std::size_t size = 0;
    auto* base = static_cast<std::byte*>(wasm2obj_shared_memory_data(get(), &size));
    if (size < sizeof(T) || at > size - sizeof(T) || at % sizeof(T) != 0) return std::nullopt;
    return std::atomic_ref<T>(*reinterpret_cast<T*>(base + at));
  }
  // Adds pages, and returns their number before.
  Result<std::uint64_t> grow(std::uint64_t pages) const {
    std::uint64_t old = 0;
    wasm2obj_error_t* error = wasm2obj_shared_memory_grow(get(), pages, &old);
    if (error != nullptr) return Error(error);
    return old;
  }

  // Waits, if the word at the address is `expected`, until it is notified; without a limit of time
  // if there is none.
  Result<wasm2obj_wait_t> wait(
      std::uint64_t at, std::uint32_t expected,
      std::optional<std::chrono::nanoseconds> timeout = std::nullopt) const {
    wasm2obj_wait_t ended = WASM2OBJ_WAIT_WOKEN;
    wasm2obj_error_t* error = wasm2obj_shared_memory_wait(
        get(), at, expected, timeout ? std::max<std::int64_t>(timeout->count(), 0) : -1, &ended);
    if (error != nullptr) return Error(error);
    return ended;
  }
  // Wakes at most `count` threads that wait at the address, and returns their number.
  Result<std::uint32_t> notify(std::uint64_t at, std::uint32_t count) const {
    std::uint32_t woken = 0;
    wasm2obj_error_t* error = wasm2obj_shared_memory_notify(get(), at, count, &woken);
    if (error != nullptr) return Error(error);
    return woken;
  }
  wasm2obj_shared_memory_t* get() const { return memory_.get(); }

 private:
  explicit SharedMemory(wasm2obj_shared_memory_t* taken) : memory_(taken) {}
  detail::Owned<wasm2obj_shared_memory_t, wasm2obj_shared_memory_delete> memory_;
};

}  // namespace wasm2obj

#endif
