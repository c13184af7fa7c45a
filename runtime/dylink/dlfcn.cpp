#include "runtime/dylink/dlfcn.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

namespace runtime {
namespace {

using SymbolKind = DynamicLinker::SymbolKind;

// The flags of musl's dlfcn.h that make a difference.
constexpr uint32_t kNoLoad = 4;
constexpr uint32_t kGlobalFlag = 256;
// The handle of dlopen(NULL): the program.
constexpr uint32_t kProgram = 1;
// The kinds of symbols of "dyld".
constexpr uint32_t kFunctionKind = 1;
constexpr uint32_t kDataKind = 2;

constexpr uint32_t kErrorBytes = 512;
constexpr uint32_t kLongestName = 4096;

Dlfcn& dlfcnOf(const Caller& caller) { return *static_cast<Dlfcn*>(caller.env); }

}  // namespace

void Dlfcn::addToLinker(Linker& linker) {
  auto define = [&](const char* module, const char* name, HostFunction function) {
    if (!linker.find(module, name)) linker.define(module, name, std::move(function));
  };
  define("env", "dlopen", hostFunction(&Dlfcn::open, this));
  define("env", "dlsym", hostFunction(&Dlfcn::find, this));
  define("env", "dlclose", hostFunction(&Dlfcn::close, this));
  define("env", "dlerror", hostFunction(&Dlfcn::takeError, this));
  define("dyld", "load_object", hostFunction(&Dlfcn::loadObject, this));
  define("dyld", "resolve_symbol", hostFunction(&Dlfcn::resolveSymbol, this));
}

uint32_t Dlfcn::open(Caller* caller, uint32_t name, uint32_t flags) {
  Dlfcn& self = dlfcnOf(*caller);
  if (name == 0) return kProgram;
  std::optional<std::string> text = self.textAt(name);
  if (!text) return self.keep("the name of the library is not in the memory"), 0;
  if ((flags & kNoLoad) != 0 && !self.dynamicLinker_.isLoaded(*text)) return 0;
  auto handle = self.dynamicLinker_.open(*text, (flags & kGlobalFlag) != 0);
  if (handle) return *handle;
  self.keep(*caller, std::move(handle).error());
  return 0;
}

uint32_t Dlfcn::find(Caller* caller, uint32_t handle, uint32_t name) {
  Dlfcn& self = dlfcnOf(*caller);
  std::optional<std::string> text = self.textAt(name);
  if (!text) return self.keep("the name of the symbol is not in the memory"), 0;
  auto address = self.dynamicLinker_.addressOf(handle, *text, SymbolKind::Any);
  if (address) return *address;
  self.keep(address.error().text());
  return 0;
}

// Libraries remain loaded: pointers to their functions and data may be anywhere.
int32_t Dlfcn::close(Caller* caller, uint32_t handle) {
  Dlfcn& self = dlfcnOf(*caller);
  if (handle != DynamicLinker::kGlobal && self.dynamicLinker_.isHandle(handle)) return 0;
  self.keep(fmt::format("{} is no handle of a library", handle));
  return -1;
}

uint32_t Dlfcn::takeError(Caller* caller) {
  Dlfcn& self = dlfcnOf(*caller);
  if (!self.error_) return 0;
  if (self.errorAt_ == 0) {
    auto allocated = self.dynamicLinker_.allocateBytes(kErrorBytes);
    if (!allocated) {
      // Without room for it the error cannot be told.
      if (allocated.error().isTrap()) requestTrap(*caller, std::move(allocated).error().trap());
      return 0;
    }
    self.errorAt_ = *allocated;
  }
  std::string text = *std::exchange(self.error_, std::nullopt);
  text.resize(std::min<size_t>(text.size(), kErrorBytes - 1));
  std::memcpy(self.dynamicLinker_.memory()->base() + self.errorAt_, text.c_str(), text.size() + 1);
  return self.errorAt_;
}

int32_t Dlfcn::loadObject(Caller* caller, uint32_t name, uint32_t size, uint32_t, uint32_t handle) {
  Dlfcn& self = dlfcnOf(*caller);
  std::optional<std::string> text = self.bytesAt(name, size);
  if (!text) return 1;
  auto opened = self.dynamicLinker_.open(*text, true);
  if (!opened) return self.keep(*caller, std::move(opened).error()), 1;
  return self.store(handle, *opened) ? 0 : 1;
}

int32_t Dlfcn::resolveSymbol(Caller* caller, uint32_t handle, uint32_t kind, uint32_t name,
                             uint32_t size, uint32_t address) {
  Dlfcn& self = dlfcnOf(*caller);
  std::optional<std::string> text = self.bytesAt(name, size);
  if (!text || handle == DynamicLinker::kGlobal || (kind != kFunctionKind && kind != kDataKind)) {
    return 1;
  }
  SymbolKind wanted = kind == kFunctionKind ? SymbolKind::Function : SymbolKind::Data;
  auto found = self.dynamicLinker_.addressOf(handle, *text, wanted);
  return found && self.store(address, *found) ? 0 : 1;
}

std::optional<std::string> Dlfcn::textAt(uint32_t at) const {
  const Memory* memory = dynamicLinker_.memory();
  uint64_t size = memory == nullptr ? 0 : memory->byteSize();
  if (at >= size) return std::nullopt;
  const auto* text = reinterpret_cast<const char*>(memory->base()) + at;
  uint64_t most = std::min<uint64_t>(size - at, kLongestName + 1);
  uint64_t length = strnlen(text, most);
  if (length == most) return std::nullopt;
  return std::string(text, length);
}

std::optional<std::string> Dlfcn::bytesAt(uint32_t at, uint32_t size) const {
  const Memory* memory = dynamicLinker_.memory();
  uint64_t whole = memory == nullptr ? 0 : memory->byteSize();
  if (size > kLongestName || uint64_t{at} + size > whole) return std::nullopt;
  return std::string(reinterpret_cast<const char*>(memory->base()) + at, size);
}

bool Dlfcn::store(uint32_t at, uint32_t value) {
  Memory* memory = dynamicLinker_.memory();
  if (memory == nullptr || uint64_t{at} + sizeof(value) > memory->byteSize()) return false;
  std::memcpy(memory->base() + at, &value, sizeof(value));
  return true;
}

void Dlfcn::keep(Caller& caller, Failure failure) {
  if (failure.isTrap()) {
    requestTrap(caller, std::move(failure).trap());
  } else {
    keep(failure.error().text());
  }
}

}  // namespace runtime
