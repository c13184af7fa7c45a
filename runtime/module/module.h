// A compiled module, which can be instantiated any number of times, in any store, on any thread.
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
#include "runtime/base/memory_file.h"
#include "runtime/base/result.h"
#include "runtime/trap/code_registry.h"
#include "runtime/types/type_registry.h"
#include "runtime/types/value.h"

namespace runtime {

// What a loader hands over. The unwind tables of `code` are registered already.
struct ModuleSource {
  const abi::ModuleDescriptor* descriptor = nullptr;
  CodeRange code;
  std::shared_ptr<void> owner;  // keeps all of the above mapped
};

// Immutable once it is made, so that threads can share it.
class Module final : public CompiledCode {
 public:
  // Checks that the descriptor is of this ABI and this machine and uses nothing that the runtime
  // lacks; gives its types their ids of this process; makes its code known to the trap handler.
  static base::Result<std::shared_ptr<const Module>> create(ModuleSource source);
  ~Module();
  Module(const Module&) = delete;
  Module& operator=(const Module&) = delete;

  const abi::ModuleDescriptor& descriptor() const { return *source_.descriptor; }
  // A descriptor of a file with the bytes of ModuleDescriptor::memoryImage, for instances to map
  // copy-on-write; -1 where there is none. The first instance gets none: a copy serves it as well,
  // and often it is the only one.
  int imageFile() const;
  // From the name section; empty where there is none.
  std::string_view name() const;

  // Return canonical ids, by type index.
  uint32_t typeId(uint32_t typeIndex) const { return typeIds_[typeIndex]; }
  std::span<const uint32_t> typeIds() const { return typeIds_.all(); }
  // Return a type of the descriptor with canonical ids in place of type indices.
  abi::ValueType canonical(abi::ValueType type) const;
  abi::TableType canonical(abi::TableType type) const;
  abi::GlobalType canonical(abi::GlobalType type) const;
  // Returns the type index of a function; function indices count imports first.
  uint32_t typeIndexOf(uint32_t functionIndex) const;
  // Returns the function's index in the context's funcRefs; nothing for a function of which no
  // reference can exist.
  std::optional<uint32_t> funcRefSlot(uint32_t functionIndex) const;

  // From the name section, or else the name of an export, or else "func[N]".
  std::string functionName(uint32_t functionIndex) const;
  std::vector<Frame> symbolize(const void* pc) const override;

 private:
  struct CodeEntry {
    uintptr_t begin;
    uintptr_t end;
    uint32_t ownIndex;
  };

  explicit Module(ModuleSource source) : source_(std::move(source)) {}
  base::Result<void> check() const;
  base::Result<void> checkImports() const;
  base::Result<void> checkCounts() const;
  std::optional<base::MemoryFile> makeImageFile() const;
  void indexTypes();
  void indexFunctions();
  uint32_t wasmOffset(uint32_t ownIndex, uintptr_t codeOffset) const;
  uint32_t ownIndexAt(uint32_t wasmOffset) const;
  Frame frameOf(uint32_t ownIndex, uint32_t wasmOffset) const;

  ModuleSource source_;
  bool isRegistered_ = false;
  mutable std::atomic<bool> isInstantiated_ = false;
  mutable std::once_flag imageFileAsked_;
  mutable std::optional<base::MemoryFile> imageFile_;
  TypeIds typeIds_;
  std::vector<uint32_t> importedFunctionTypes_;
  std::vector<uint32_t> slots_;  // by function index; kNoFunction where there is none
  std::vector<CodeEntry> codeByAddress_;
};

// Returns a string of the descriptor, which the module owns.
inline std::string_view toView(const abi::String& text) {
  return text.count == 0 ? std::string_view() : std::string_view(text.begin(), text.count);
}

}  // namespace runtime
