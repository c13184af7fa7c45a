// Finds a module's imports by name.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "runtime/instance/extern.h"
#include "runtime/store.h"

namespace runtime {

class Linker {
 public:
  // A later definition of a name replaces an earlier one.
  void define(std::string_view module, std::string_view name, Extern value);
  // Defines all exports of an instance under a module name.
  void defineInstance(std::string_view module, const Instance& instance);
  // Returns what to import for a function that is not defined with its type; nothing to leave it
  // unknown.
  using MissingFunction = std::function<std::optional<HostFunction>(
      std::string_view module, std::string_view name, const FuncType& type)>;
  void defineMissing(MissingFunction missing) { missing_ = std::move(missing); }
  // Returns the definition, or null.
  const Extern* find(std::string_view module, std::string_view name) const;

  // Instantiates in `store`, to which all definitions but host functions belong. As
  // Store::instantiate; also fails with an Error that lists all unknown imports:
  //   unknown import env.foo (function [i32] -> [])
  Expected<Instance*, Failure> instantiate(Store& store,
                                           std::shared_ptr<const Module> module) const;

 private:
  using Name = std::pair<std::string, std::string>;
  std::optional<Extern> resolve(const Module& module, const abi::Import& import) const;

  std::map<Name, Extern> definitions_;
  MissingFunction missing_;
};

}  // namespace runtime
