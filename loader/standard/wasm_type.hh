// The configuration, engines, stores and types of wasm.hh, which includes this file.
#ifndef WASM_TYPE_HH
#define WASM_TYPE_HH

#include <limits>

#include "wasm_vec.hh"

namespace wasm {

// What the classes below have: their objects are made and deleted by wasm.h, and most are copied.
#define WASM2OBJ_OBJECT(Class, name)                          \
  friend class destroyer;                                     \
  void destroy() { wasm_##name##_delete(detail::toC(this)); } \
                                                              \
 protected:                                                   \
  Class() = default;                                          \
  ~Class() = default
#define WASM2OBJ_COPYABLE(Class, name) \
  WASM2OBJ_OBJECT(Class, name);        \
                                       \
 public:                               \
  own<Class> copy() const { return detail::take<Class>(wasm_##name##_copy(detail::toC(this))); }

// --- Runtime environment ------------------------------------------------------------------------

// The configuration of an engine; there is nothing to configure.
class Config {
  WASM2OBJ_OBJECT(Config, config);

 public:
  static own<Config> make() { return detail::take<Config>(wasm_config_new()); }
};

// An engine: what the stores of a process have in common. It may be deleted before them.
class Engine {
  WASM2OBJ_OBJECT(Engine, engine);

 public:
  static own<Engine> make(own<Config>&& config = Config::make()) {
    return detail::take<Engine>(wasm_engine_new_with_config(detail::toC(config.release())));
  }
};

// A store. Objects of a store may be deleted after it; their other functions then fail.
class Store {
  WASM2OBJ_OBJECT(Store, store);

 public:
  static own<Store> make(Engine* engine) {
    return detail::take<Store>(wasm_store_new(detail::toC(engine)));
  }
};

// --- Types --------------------------------------------------------------------------------------

// Whether a global can change.
enum class Mutability : uint8_t { CONST = WASM_CONST, VAR = WASM_VAR };

// The limits of a table, in elements, or of a memory, in pages: its members are `min` and `max`.
struct Limits : wasm_limits_t {
  Limits(uint32_t least, uint32_t most = std::numeric_limits<uint32_t>::max())
      : wasm_limits_t{least, most} {}
};

// The kind of a value type. That of vectors has no name in this API, and no values: it is WASM_V128
// of wasm.h.
enum class ValKind : uint8_t {
  I32 = WASM_I32,
  I64 = WASM_I64,
  F32 = WASM_F32,
  F64 = WASM_F64,
  EXTERNREF = WASM_EXTERNREF,
  FUNCREF = WASM_FUNCREF,
};

// Return whether a type is one of numbers (or vectors), or of references.
inline bool is_num(ValKind kind) { return kind < ValKind::EXTERNREF; }
inline bool is_ref(ValKind kind) { return kind >= ValKind::EXTERNREF; }

// A value type. Types that the API has no kind for have that of their hierarchy: all references to
// functions FUNCREF, all others EXTERNREF. A copy of such a type is the exact type.
class ValType {
  WASM2OBJ_COPYABLE(ValType, valtype)

  static own<ValType> make(ValKind kind) {
    return detail::take<ValType>(wasm_valtype_new(static_cast<wasm_valkind_t>(kind)));
  }

  ValKind kind() const { return static_cast<ValKind>(wasm_valtype_kind(detail::toC(this))); }
  bool is_num() const { return wasm::is_num(kind()); }
  bool is_ref() const { return wasm::is_ref(kind()); }
};

// The kind of an external.
enum class ExternKind : uint8_t {
  FUNC = WASM_EXTERN_FUNC,
  GLOBAL = WASM_EXTERN_GLOBAL,
  TABLE = WASM_EXTERN_TABLE,
  MEMORY = WASM_EXTERN_MEMORY,
  TAG = WASM_EXTERN_TAG,
};

// The type of an external. The conversions return null if it is of another kind.
class ExternType {
  WASM2OBJ_COPYABLE(ExternType, externtype)

  ExternKind kind() const {
    return static_cast<ExternKind>(wasm_externtype_kind(detail::toC(this)));
  }

  FuncType* func() {
    return detail::toCpp<FuncType>(wasm_externtype_as_functype(detail::toC(this)));
  }
  GlobalType* global() {
    return detail::toCpp<GlobalType>(wasm_externtype_as_globaltype(detail::toC(this)));
  }
  TableType* table() {
    return detail::toCpp<TableType>(wasm_externtype_as_tabletype(detail::toC(this)));
  }
  MemoryType* memory() {
    return detail::toCpp<MemoryType>(wasm_externtype_as_memorytype(detail::toC(this)));
  }
  TagType* tag() { return detail::toCpp<TagType>(wasm_externtype_as_tagtype(detail::toC(this))); }
  const FuncType* func() const { return const_cast<ExternType*>(this)->func(); }
  const GlobalType* global() const { return const_cast<ExternType*>(this)->global(); }
  const TableType* table() const { return const_cast<ExternType*>(this)->table(); }
  const MemoryType* memory() const { return const_cast<ExternType*>(this)->memory(); }
  const TagType* tag() const { return const_cast<ExternType*>(this)->tag(); }
};

// A function type. The constructors of types return null if a part is null.
class FuncType : public ExternType {
  WASM2OBJ_COPYABLE(FuncType, functype)

  static own<FuncType> make(ownvec<ValType>&& params = ownvec<ValType>::make(),
                            ownvec<ValType>&& results = ownvec<ValType>::make()) {
    wasm_valtype_vec_t given = give(params), returned = give(results);
    return detail::take<FuncType>(wasm_functype_new(&given, &returned));
  }

  const ownvec<ValType>& params() const {
    return detail::refer<ownvec<ValType>>(wasm_functype_params(detail::toC(this)));
  }
  const ownvec<ValType>& results() const {
    return detail::refer<ownvec<ValType>>(wasm_functype_results(detail::toC(this)));
  }

 private:
  static wasm_valtype_vec_t give(ownvec<ValType>& types) {
    const auto borrowed = detail::borrow<wasm_valtype_vec_t>(types);
    wasm_valtype_vec_t made;
    wasm_valtype_vec_new(&made, borrowed.size, borrowed.data);
    for (size_t i = 0; i < made.size; ++i) types[i].release();
    types.reset();
    return made;
  }
};

// The type of a global.
class GlobalType : public ExternType {
  WASM2OBJ_COPYABLE(GlobalType, globaltype)

  static own<GlobalType> make(own<ValType>&& content, Mutability mutability) {
    return detail::take<GlobalType>(wasm_globaltype_new(
        detail::toC(content.release()), static_cast<wasm_mutability_t>(mutability)));
  }

  const ValType* content() const {
    return detail::toCpp<ValType>(wasm_globaltype_content(detail::toC(this)));
  }
  Mutability mutability() const {
    return static_cast<Mutability>(wasm_globaltype_mutability(detail::toC(this)));
  }
};

// The type of a table. Limits beyond 32 bits, of a 64-bit table or memory, are reported as
// 0xffffffff.
class TableType : public ExternType {
  WASM2OBJ_COPYABLE(TableType, tabletype)

  static own<TableType> make(own<ValType>&& element, Limits limits) {
    return detail::take<TableType>(wasm_tabletype_new(detail::toC(element.release()), &limits));
  }

  const ValType* element() const {
    return detail::toCpp<ValType>(wasm_tabletype_element(detail::toC(this)));
  }
  const Limits& limits() const {
    return static_cast<const Limits&>(*wasm_tabletype_limits(detail::toC(this)));
  }
};

// The type of a memory.
class MemoryType : public ExternType {
  WASM2OBJ_COPYABLE(MemoryType, memorytype)

  static own<MemoryType> make(Limits limits) {
    return detail::take<MemoryType>(wasm_memorytype_new(&limits));
  }

  const Limits& limits() const {
    return static_cast<const Limits&>(*wasm_memorytype_limits(detail::toC(this)));
  }
};

// The type of a tag. The parameters of the function type are those of the exceptions.
class TagType : public ExternType {
  WASM2OBJ_COPYABLE(TagType, tagtype)

  static own<TagType> make(own<FuncType>&& type) {
    return detail::take<TagType>(wasm_tagtype_new(detail::toC(type.release())));
  }

  const FuncType* functype() const {
    return detail::toCpp<FuncType>(wasm_tagtype_functype(detail::toC(this)));
  }
};

// A name. Those that the library returns have no NUL at their end. Where a name is passed in, its
// size counts: a NUL at its end is a part of it.
using Name = vec<byte_t>;

// The names and the type of an import.
class ImportType {
  WASM2OBJ_COPYABLE(ImportType, importtype)

  static own<ImportType> make(Name&& module, Name&& name, own<ExternType>&& type) {
    wasm_name_t from = detail::giveBytes(module), named = detail::giveBytes(name);
    return detail::take<ImportType>(
        wasm_importtype_new(&from, &named, detail::toC(type.release())));
  }

  const Name& module() const {
    return detail::refer<Name>(wasm_importtype_module(detail::toC(this)));
  }
  const Name& name() const { return detail::refer<Name>(wasm_importtype_name(detail::toC(this))); }
  const ExternType* type() const {
    return detail::toCpp<ExternType>(wasm_importtype_type(detail::toC(this)));
  }
};

// The name and the type of an export.
class ExportType {
  WASM2OBJ_COPYABLE(ExportType, exporttype)

  static own<ExportType> make(Name&& name, own<ExternType>&& type) {
    wasm_name_t named = detail::giveBytes(name);
    return detail::take<ExportType>(wasm_exporttype_new(&named, detail::toC(type.release())));
  }

  const Name& name() const { return detail::refer<Name>(wasm_exporttype_name(detail::toC(this))); }
  const ExternType* type() const {
    return detail::toCpp<ExternType>(wasm_exporttype_type(detail::toC(this)));
  }
};

}  // namespace wasm

#endif
