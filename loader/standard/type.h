// The types of wasm.h.
#pragma once

#include <memory>

#include "loader/standard/wasm.h"
#include "runtime/instance/extern.h"
#include "runtime/module/module.h"
#include "runtime/types/type_registry.h"

// A value type, which may be one that has no kind of its own.
struct wasm_valtype_t {
  abi::ValueType type;                           // with a canonical type id
  std::shared_ptr<const runtime::TypeIds> held;  // of a concrete type
};

// The type of an external; the derived class follows from the kind.
struct wasm_externtype_t {
  explicit wasm_externtype_t(wasm_externkind_t ofKind) : kind(ofKind) {}
  wasm_externtype_t(const wasm_externtype_t&) = delete;
  wasm_externtype_t& operator=(const wasm_externtype_t&) = delete;
  virtual ~wasm_externtype_t() = default;
  virtual wasm_externtype_t* copy() const = 0;

  const wasm_externkind_t kind;
};

// The type of a function.
struct wasm_functype_t final : wasm_externtype_t {
  // Takes over both vectors.
  wasm_functype_t(wasm_valtype_vec_t ofParams, wasm_valtype_vec_t ofResults)
      : wasm_externtype_t(WASM_EXTERN_FUNC), params(ofParams), results(ofResults) {}
  ~wasm_functype_t() override;
  wasm_externtype_t* copy() const override;
  // Returns the type for the runtime.
  runtime::FuncType type() const;

  wasm_valtype_vec_t params;
  wasm_valtype_vec_t results;
};

// The type of a global.
struct wasm_globaltype_t final : wasm_externtype_t {
  wasm_globaltype_t(std::unique_ptr<wasm_valtype_t> ofContent, wasm_mutability_t ofMutability)
      : wasm_externtype_t(WASM_EXTERN_GLOBAL),
        content(std::move(ofContent)),
        mutability(ofMutability) {}
  wasm_externtype_t* copy() const override;

  std::unique_ptr<wasm_valtype_t> content;
  wasm_mutability_t mutability;
};

// The type of a table.
struct wasm_tabletype_t final : wasm_externtype_t {
  wasm_tabletype_t(std::unique_ptr<wasm_valtype_t> ofElement, const abi::TableType& ofType);
  wasm_externtype_t* copy() const override;

  std::unique_ptr<wasm_valtype_t> element;
  abi::TableType type;
  wasm_limits_t limits;  // of `type`
};

// The type of a memory.
struct wasm_memorytype_t final : wasm_externtype_t {
  explicit wasm_memorytype_t(const abi::MemoryType& ofType);
  wasm_externtype_t* copy() const override { return new wasm_memorytype_t(type); }

  abi::MemoryType type;
  wasm_limits_t limits;  // of `type`
};

// The type of a tag.
struct wasm_tagtype_t final : wasm_externtype_t {
  explicit wasm_tagtype_t(std::unique_ptr<wasm_functype_t> ofType)
      : wasm_externtype_t(WASM_EXTERN_TAG), functype(std::move(ofType)) {}
  wasm_externtype_t* copy() const override;

  std::unique_ptr<wasm_functype_t> functype;
};

// The names and the type of an import.
struct wasm_importtype_t {
  wasm_importtype_t(wasm_name_t ofModule, wasm_name_t ofName,
                    std::unique_ptr<wasm_externtype_t> ofType)
      : module(ofModule), name(ofName), type(std::move(ofType)) {}
  wasm_importtype_t(const wasm_importtype_t&) = delete;
  wasm_importtype_t& operator=(const wasm_importtype_t&) = delete;
  ~wasm_importtype_t();

  wasm_name_t module;
  wasm_name_t name;
  std::unique_ptr<wasm_externtype_t> type;
};

// The name and the type of an export.
struct wasm_exporttype_t {
  wasm_exporttype_t(wasm_name_t ofName, std::unique_ptr<wasm_externtype_t> ofType)
      : name(ofName), type(std::move(ofType)) {}
  wasm_exporttype_t(const wasm_exporttype_t&) = delete;
  wasm_exporttype_t& operator=(const wasm_exporttype_t&) = delete;
  ~wasm_exporttype_t();

  wasm_name_t name;
  std::unique_ptr<wasm_externtype_t> type;
};

namespace standard {

// Returns the kind of a value type.
wasm_valkind_t kindOf(const abi::ValueType& type);

// Return new types for those of the runtime, with canonical type ids.
wasm_functype_t* newType(const runtime::FuncType& type);
wasm_globaltype_t* newType(const abi::GlobalType& type);
wasm_tabletype_t* newType(const abi::TableType& type);
inline wasm_memorytype_t* newType(const abi::MemoryType& type) {
  return new wasm_memorytype_t(type);
}
// Returns a new type for an external value; a table or a memory has its current size as minimum.
wasm_externtype_t* newType(const runtime::Extern& value);
// Returns a new type, whose type ids must be held.
wasm_externtype_t* newType(const runtime::ExternType& type);

}  // namespace standard
