// The functions by which a program opens libraries while it runs: those of dlfcn.h, as a program in
// C imports them from "env" if the linker leaves them undefined; and those of the module "dyld",
// which the engine toywasm has for its libdl.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "runtime/dylink/dynamic_linker.h"
#include "runtime/instance/host_func.h"
#include "runtime/linker.h"

namespace runtime {

// Connects the functions with a dynamic linker, which must outlive it.
class Dlfcn {
 public:
  explicit Dlfcn(DynamicLinker& dynamicLinker) : dynamicLinker_(dynamicLinker) {}
  Dlfcn(const Dlfcn&) = delete;
  Dlfcn& operator=(const Dlfcn&) = delete;

  // Defines the functions that the linker does not have. This object must outlive its instances.
  void addToLinker(Linker& linker);

 private:
  static uint32_t open(Caller* caller, uint32_t name, uint32_t flags);
  static uint32_t find(Caller* caller, uint32_t handle, uint32_t name);
  static int32_t close(Caller* caller, uint32_t handle);
  static uint32_t takeError(Caller* caller);
  static int32_t loadObject(Caller* caller, uint32_t name, uint32_t size, uint32_t flags,
                            uint32_t handle);
  static int32_t resolveSymbol(Caller* caller, uint32_t handle, uint32_t kind, uint32_t name,
                               uint32_t size, uint32_t address);

  std::optional<std::string> textAt(uint32_t at) const;
  std::optional<std::string> bytesAt(uint32_t at, uint32_t size) const;
  bool store(uint32_t at, uint32_t value);
  // Keeps the text of a failure for takeError(), or lets the caller have its trap.
  void keep(Caller& caller, Failure failure);
  void keep(std::string error) { error_ = std::move(error); }

  DynamicLinker& dynamicLinker_;
  std::optional<std::string> error_;  // of the last function, until the program asks for it
  uint32_t errorAt_ = 0;              // where the program gets it, once there is one
};

}  // namespace runtime
