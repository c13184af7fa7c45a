// The linker: resolves the imports of modules by name, from definitions of the host and exports of
// other instances.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "runtime/instance/extern.h"
#include "runtime/store.h"

namespace runtime {

// A set of definitions by module name and name. It copies the names. It does not own the objects
// that the definitions refer to, which belong to their store; it may outlive the store if it is not
// used afterwards. Not thread-safe.
class Linker {
 public:
  // Defines `module`.`name` as `value`. A later definition of a name replaces an earlier one.
  void define(std::string_view module, std::string_view name, Extern value);
  // Defines all exports of an instance under a module name. Then that module has nothing else:
  // neither libraries nor the functions for what is missing are asked for more of it.
  void defineInstance(std::string_view module, const Instance& instance);
  // A function that returns the host function `module`.`name`, or nothing if it has none.
  using Library =
      std::function<std::optional<HostFunction>(std::string_view module, std::string_view name)>;
  // Adds a library of host functions, which is asked for each function that is not defined, after
  // the libraries that were added before. So a library costs nothing for what a module does not
  // import.
  void addLibrary(Library library) { libraries_.push_back(std::move(library)); }
  // A function that returns the host function to import for `module`.`name`, or nothing if there is
  // none. `type` has canonical type ids.
  using MissingFunction = std::function<std::optional<HostFunction>(
      std::string_view module, std::string_view name, const FuncType& type)>;
  // Adds a function that instantiate() calls for each imported function that find() does not find,
  // or finds with a type that does not match, after those that were added before.
  void defineMissing(MissingFunction missing) { missing_.push_back(std::move(missing)); }
  // A function that returns the global of `store` to import for `module`.`name`, or null if there
  // is none. `type` has canonical type ids. May fail, and instantiate() then fails with its Error.
  using MissingGlobal = std::function<base::Result<Global*>(
      Store& store, std::string_view module, std::string_view name, const abi::GlobalType& type)>;
  // Sets the function that instantiate() calls for each imported global that is not defined. It
  // replaces the one that was set before.
  void defineMissingGlobals(MissingGlobal missing) { missingGlobal_ = std::move(missing); }
  // Returns the definition, or the function of a library, or nothing.
  std::optional<Extern> find(std::string_view module, std::string_view name) const;

  // Finds the imports of `module`, one for each row, for an instance in `store`. Their types need
  // not match. Fails with an Error that lists all imports without a definition, one on each line,
  // with what an instance under that module name exports:
  //   unknown import env.foo (function [i32] -> [])
  //   unknown import lib.foo (function [i32] -> []); lib exports bar (function [] -> [])
  base::Result<std::vector<Extern>> resolve(Store& store, const Module& module) const;
  // Finds one import; nothing if it has no definition.
  base::Result<std::optional<Extern>> resolve(Store& store, const Module& module,
                                              const abi::Import& import) const;

  // Resolves the imports of `module` and instantiates it in `store`, to which all definitions but
  // host functions must belong. Fails as resolve() and Store::instantiate do.
  Expected<Instance*, Failure> instantiate(Store& store, std::shared_ptr<const Module> module,
                                           const Store::Published& published = {}) const;

 private:
  using Name = std::pair<std::string, std::string>;  // of the module, of the item
  bool isInstance(std::string_view module) const;
  std::string describeExportsOf(std::string_view module, std::string_view wanted) const;

  std::map<Name, Extern> definitions_;
  std::vector<std::string> instances_;  // the module names of instances
  std::vector<Library> libraries_;
  std::vector<MissingFunction> missing_;
  MissingGlobal missingGlobal_;
};

}  // namespace runtime
