// A compiled module in the memory of this process, which can be instantiated any number of times,
// in any store, on any thread.
#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/abi/module_descriptor.h"
#include "runtime/base/check.h"
#include "runtime/base/memory_file.h"
#include "runtime/base/result.h"
#include "runtime/memory/image_source.h"
#include "runtime/memory/pool.h"
#include "runtime/trap/code_registry.h"
#include "runtime/types/type_registry.h"
#include "runtime/types/value.h"

namespace runtime {

// A loaded artifact. The descriptor must be structurally valid, as loader::verifyArtifact checks,
// the code executable, and its unwind tables registered with the unwinder.
struct ModuleSource {
  const abi::ModuleDescriptor* descriptor = nullptr;
  CodeRange code;               // must not be empty
  UnwindTables unwindTables;    // of the code
  std::shared_ptr<void> owner;  // keeps the descriptor and the code mapped
};

// A module. Apart from caches that synchronize their accesses, it is immutable, so that threads may
// share it. Each instance keeps its module alive.
class Module final : public CompiledCode {
 public:
  // Creates a module: assigns canonical ids to its types and registers its code with the trap
  // handler. Fails if the descriptor has another ABI hash or is for another architecture, if it has
  // a memory that the runtime does not support (of unknown page size, or shared without a maximum),
  // if its counts contradict its arrays, or if the process would have too many types. Does not
  // check CPU features. Thread-safe.
  static base::Result<std::shared_ptr<const Module>> create(ModuleSource source);
  // Requires that no thread executes the module's code.
  ~Module();
  Module(const Module&) = delete;
  Module& operator=(const Module&) = delete;

  const abi::ModuleDescriptor& descriptor() const { return *source_.descriptor; }
  // Returns where the next instance gets the memory image. The first one copies it, unless it may
  // take it: for a single instance making a file costs more than it saves. Fails if the image has
  // been taken. Thread-safe.
  base::Result<ImageSource> imageSource() const;
  // Lets the first instance take the pages of the image. There can be no other instance then.
  void giveImageAway() const { isImageGivenAway_ = true; }
  // Returns the pool of a memory that the module defines.
  const std::shared_ptr<MemoryPool>& memoryPool(uint32_t ownIndex) const {
    return memoryPools_[ownIndex];
  }
  // Sets for how many destroyed instances the pools keep the memories. Thread-safe.
  void setPoolSize(size_t instances) const;
  // Returns whether the code counts its instructions, so that the fuel of a store limits it.
  bool countsFuel() const { return (descriptor().flags & abi::kCountsFuel) != 0; }
  // Returns the module's name in the name section, or an empty string. The module owns it.
  std::string_view name() const;

  // Return canonical ids by type index. They are valid as long as the module.
  uint32_t typeId(uint32_t typeIndex) const { return typeIds_[typeIndex]; }
  std::span<const uint32_t> typeIds() const { return typeIds_.all(); }
  // Return a type of the descriptor with canonical ids instead of type indices.
  abi::ValueType canonical(abi::ValueType type) const;
  abi::TableType canonical(abi::TableType type) const;
  abi::GlobalType canonical(abi::GlobalType type) const;
  // Returns the type index of a function. In function indices, imports come first.
  uint32_t typeIndexOf(uint32_t functionIndex) const;
  // Returns the index of the function in the funcRefs of the context. Returns nothing for a
  // function that has none, since no reference to it can exist.
  std::optional<uint32_t> funcRefSlot(uint32_t functionIndex) const {
    CHECK(functionIndex < slots_.size());
    uint32_t slot = slots_[functionIndex];
    return slot == abi::kNoFunction ? std::nullopt : std::optional(slot);
  }

  // Returns the function's name in the name section, or else the name of an export of it, or else
  // "func[N]".
  std::string functionName(uint32_t functionIndex) const;
  // Returns the name of an export of the tag, or else "tag[N]".
  std::string tagName(uint32_t tagIndex) const;
  // See CompiledCode. Allocates memory, so it must not be called by a signal handler.
  std::vector<Frame> symbolize(const void* pc) const override;
  UnwindTables unwindTables() const override { return source_.unwindTables; }

 private:
  // The addresses of a function. Own indices are function indices without the imports.
  struct CodeEntry {
    uintptr_t begin;
    uintptr_t end;
    uint32_t ownIndex;
  };

  explicit Module(ModuleSource source) : source_(std::move(source)) {}
  base::Result<void> check() const;
  base::Result<void> checkImports() const;
  base::Result<void> checkCounts() const;
  int imageFile() const;
  std::optional<base::MemoryFile> makeImageFile() const;
  base::Result<void> indexTypes();
  void indexFunctions();
  void makePools();
  // Returns the offset in the wasm file of the instruction at `codeOffset` in a function's code.
  uint32_t wasmOffset(uint32_t ownIndex, uintptr_t codeOffset) const;
  uint32_t ownIndexAt(uint32_t wasmOffset) const;
  Frame frameOf(uint32_t ownIndex, uint32_t wasmOffset) const;

  ModuleSource source_;
  bool isRegistered_ = false;
  mutable std::atomic<bool> isInstantiated_ = false;
  mutable std::atomic<bool> isImageGivenAway_ = false;
  mutable std::once_flag imageFileAsked_;
  mutable std::optional<base::MemoryFile> imageFile_;
  std::vector<std::shared_ptr<MemoryPool>> memoryPools_;
  TypeIds typeIds_;
  std::vector<uint32_t> importedFunctionTypes_;  // type indices
  std::vector<uint32_t> slots_;  // of funcRefs, by function index; kNoFunction if there is none
  std::vector<CodeEntry> codeByAddress_;  // sorted by `begin`
};

// Returns a string of a descriptor, which remains its owner.
inline std::string_view toView(const abi::String& text) {
  return text.count == 0 ? std::string_view() : std::string_view(text.begin(), text.count);
}

}  // namespace runtime
