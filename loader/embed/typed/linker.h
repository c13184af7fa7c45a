// The implementation of wasm2obj_linker_t.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "loader/embed/instance.h"
#include "loader/embed/wasm2obj_linker.h"
#include "runtime/linker.h"

struct wasm2obj_linker_t {
  using Name = std::pair<std::string, std::string>;  // of the module, of the item
  using Owned = std::shared_ptr<const void>;

  // Defines `module`.`name`. `environment` is what the definition uses, for instances to keep, and
  // `pin` what keeps it as long as the linker; both may be null.
  void define(const char* module, const char* name, runtime::Extern value, Owned environment,
              Owned pin);
  // Lets the linker be of a store. Fails if it is of another one.
  base::Result<void> join(const std::shared_ptr<embed::SharedStore>& store);

  runtime::Linker linker;
  bool trapsUnknown = false;
  // Null unless the definitions are of one.
  std::shared_ptr<embed::SharedStore> shared;
  std::map<Name, Owned> environments;
  embed::Environments kept;  // besides
  std::map<Name, Owned> pins;
  // Those of whole instances, also of earlier ones of the same name: a later one replaces only what
  // it exports itself.
  std::vector<Owned> instancePins;
  // The shared memories that have been defined.
  std::vector<std::shared_ptr<runtime::Memory>> memories;
};

namespace embed {

// The definitions for an instantiation, and what its functions use.
struct Definitions {
  runtime::Linker linker;
  std::shared_ptr<const Environments> environments;
};

// Returns those of a linker, without WASI, whose functions are unknown unless `hasWasi`.
Definitions definitionsOf(const wasm2obj_linker_t& linker, bool hasWasi);

}  // namespace embed
