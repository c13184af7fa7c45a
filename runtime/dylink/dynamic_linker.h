// The dynamic linker: makes one program of a module and position-independent libraries, which have
// a section "dylink.0" (tool conventions of WebAssembly, "Dynamic Linking"). They share a memory, a
// table and a stack, and import each other's functions and data by name from the modules "env",
// "GOT.mem" and "GOT.func".
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "runtime/dylink/dylink_section.h"
#include "runtime/linker.h"
#include "runtime/store.h"

namespace runtime {

// Links one program. Its memory, table and stack pointer are exports of the program or, where that
// imports them, made for it. The program's symbols come before those of the libraries, and those of
// a library before those of later ones: an import is bound to the first definition.
class DynamicLinker {
 public:
  // `linker` has what is not a symbol, such as WASI, and receives definitions for "env". Both must
  // outlive this object.
  DynamicLinker(Store& store, Linker& linker) : store_(store), linker_(linker), units_(1) {}
  DynamicLinker(const DynamicLinker&) = delete;
  DynamicLinker& operator=(const DynamicLinker&) = delete;

  // Adds a library, whose name is that by which others need it. Called before link().
  void add(std::string name, std::shared_ptr<const Module> library);
  // Adds a library that open() may load.
  void addOpenable(std::string name, std::shared_ptr<const Module> library);

  // Instantiates the program and then the libraries, each behind those that it needs; binds all
  // imports; and calls `__wasm_apply_data_relocs` of all, and of the libraries `_initialize` or
  // else `__wasm_call_ctors`. Returns the program's instance, of which nothing else has run.
  // Called once. Fails as Linker::instantiate does, with the name of the library in front; if a
  // library is missing or a symbol is undefined and not weak; if there is no room for a library; or
  // if a call traps. Start functions run before imports of later modules are bound.
  Expected<Instance*, Failure> link(std::shared_ptr<const Module> program);

  // Where open() and addressOf() find symbols: those of the program, of its libraries and of all
  // that were opened as global.
  static constexpr uint32_t kGlobal = 0;
  // The kinds of symbols that addressOf() wants.
  enum class SymbolKind { Any, Function, Data };

  // Loads a library that was added as openable, and those that it needs, while the program runs.
  // Returns its handle, also if it is loaded already; it remains loaded. The symbols of a global
  // one are used for libraries that are loaded later. Fails as link() does, and leaves what it has
  // allocated then; or with a trap of a constructor.
  Expected<uint32_t, Failure> open(std::string_view name, bool isGlobal);
  // Returns whether a library is loaded, or being loaded.
  bool isLoaded(std::string_view name) const { return loadedUnit(name) != nullptr; }
  // Returns whether open() has returned the handle, or it is kGlobal.
  bool isHandle(uint32_t handle) const {
    return handle == kGlobal || (handle <= units_.size() && units_[handle - 1].instance != nullptr);
  }
  // Returns the address of data, or the index of a function in the table, of a library or of those
  // that it needs. Fails if there is none.
  base::Result<uint32_t> addressOf(uint32_t handle, std::string_view name, SymbolKind kind);
  // Allocates bytes of the program's memory, which are zero.
  Expected<uint32_t, Failure> allocateBytes(uint32_t size);
  // Returns the memory of the program, or null.
  Memory* memory() const { return memory_; }

 private:
  // The program, which comes first, or a library.
  struct Unit {
    std::string name;  // empty for the program
    std::shared_ptr<const Module> module;
    DylinkSection section;
    uint32_t memoryBase = 0;
    uint32_t tableBase = 0;
    Instance* instance = nullptr;
    std::vector<uint32_t> open;  // the imports that are bound to stand-ins, as indices
    bool isOrdered = false;
    bool isGlobal = true;  // its symbols are in `symbols_`
  };
  // A definition, or neither for a name that is only imported so far.
  struct Symbol {
    std::optional<Func> function;
    std::optional<uint32_t> address;
    bool hasStandIn = false;
  };
  // An import from "GOT.mem" or "GOT.func": a variable that gets the address of data, or the index
  // of a function in the table.
  struct Address {
    const Unit* unit;
    std::string_view name;
    bool isFunction;
    Global* variable;
  };

  // What is restored if a library cannot be loaded; and, but for its units, if it is not global.
  struct Scope {
    std::map<std::string, Symbol, std::less<>> symbols;
    Linker definitions;
  };

  const Unit* loadedUnit(std::string_view name) const;
  base::Result<void> collect(const std::string& name);
  Expected<void, Failure> load(size_t first);
  void adoptNeeded(const Unit& unit, std::vector<const Unit*>& seen);
  void makeGlobal(const Unit& unit);
  void restore(Scope scope);
  std::optional<Symbol> findIn(const Unit& unit, std::string_view name,
                               std::vector<const Unit*>& seen) const;
  Expected<void, Failure> instantiate(Unit& unit);
  base::Result<void> prepare(Unit& unit);
  base::Result<void> order(Unit& unit);
  base::Result<void> provide(const abi::Import& import);
  base::Result<void> placeProgram(Unit& unit);
  Expected<void, Failure> placeLibrary(Unit& unit);
  Expected<uint32_t, Failure> allocate(const DylinkSection& section);
  Expected<uint32_t, Failure> allocateByGuest(const DylinkSection& section, const Func& allocator);
  base::Result<uint32_t> growMemory(uint64_t size, uint64_t alignment);
  base::Result<uint32_t> growTable(uint64_t size, uint64_t alignment);
  base::Result<void> defineImports(Unit& unit);
  base::Result<void> defineConstant(const char* name, uint32_t value);
  base::Result<void> addAddress(const Unit& unit, const abi::Import& import);
  void addStandIn(Unit& unit, uint32_t import);
  base::Result<void> adoptProgram();
  void adoptExports(const Unit& unit);
  static Symbol symbolOf(const Unit& unit, const abi::Export& entry);
  base::Result<void> bindFunctions(Unit& unit);
  void refreshTable();
  static Expected<void, Failure> applyRelocations(const Unit& unit);
  static Expected<void, Failure> construct(const Unit& library);
  base::Result<void> fillAddress(const Address& address);
  base::Result<uint32_t> tableIndexOf(const Func& function);

  Store& store_;
  Linker& linker_;
  // By their handles, which are not 0. A library that could not be loaded leaves an empty one.
  std::deque<Unit> units_;
  bool isLinking_ = false;      // there are units that are not bound yet
  uint32_t failures_ = 0;       // of open(), but for libraries that are not granted
  std::vector<Unit*> ordered_;  // the libraries
  std::map<std::string, std::shared_ptr<const Module>, std::less<>> openable_;
  std::vector<std::pair<std::string, Tag*>> madeTags_;
  std::map<std::string, Symbol, std::less<>> symbols_;
  std::vector<Address> addresses_;
  Memory* memory_ = nullptr;
  Table* table_ = nullptr;
  Global* stackPointer_ = nullptr;  // if it was made for the program
  bool ownsHeap_ = true;            // the program, which is not position-independent then
  // The functions in the table and their indices, sorted.
  std::vector<std::pair<void*, uint32_t>> tableIndices_;
};

}  // namespace runtime
