// The C++ API of WebAssembly, <https://github.com/WebAssembly/wasm-c-api>, as inline functions over
// wasm.h. The declarations are those of that API's wasm.hh (Apache License 2.0), with the tag types
// of 2026, so that programs for it compile unchanged, in C++11 or later. They link with libwasmrt
// or libwasm2obj. The rules of wasm.h apply (docs/wasm-c-api.md); in short:
//
// Ownership. An own<T> owns an object, and an ownvec<T> its elements; plain pointers and references
// are borrowed. A parameter own<T>&& or ownvec<T>&& is empty afterwards, also if the call fails.
//
// Failure. A function that returns an own<T> returns null if it fails, and one that returns a
// vector an empty one. wasm2obj_last_error (wasm2obj.h) has the reason.
//
// Threads. A store and all that belongs to it are used by one thread at a time. Engines and shared
// modules may be used by all threads.
#ifndef WASM_HH
#define WASM_HH

#include <exception>

#include "wasm_type.hh"

namespace wasm {

// --- References and values ----------------------------------------------------------------------

// A reference of any kind. copy() makes another one to the same object, and same() tells whether
// two are to the same object. An object has one host info, however many references there are. Its
// finalizer is called once: when the object ends, or when other host info is set.
class Ref {
  WASM2OBJ_COPYABLE(Ref, ref)

  bool same(const Ref* that) const { return wasm_ref_same(detail::toC(this), detail::toC(that)); }

  void* get_host_info() const { return wasm_ref_get_host_info(detail::toC(this)); }
  void set_host_info(void* info, void (*finalizer)(void*) = nullptr) {
    wasm_ref_set_host_info_with_finalizer(detail::toC(this), info, finalizer);
  }
};

// A value, which owns its reference if it is one. A null reference is a null pointer.
class Val {
 public:
  Val() : value_{WASM_EXTERNREF, {}} { value_.of.ref = nullptr; }
  explicit Val(int32_t i) : value_{WASM_I32, {}} { value_.of.i32 = i; }
  explicit Val(int64_t i) : value_{WASM_I64, {}} { value_.of.i64 = i; }
  explicit Val(float32_t z) : value_{WASM_F32, {}} { value_.of.f32 = z; }
  explicit Val(float64_t z) : value_{WASM_F64, {}} { value_.of.f64 = z; }
  explicit Val(own<Ref>&& r) : Val() { value_.of.ref = detail::toC(r.release()); }
  Val(Val&& that) noexcept : value_(that.value_) { that.leave(); }
  Val& operator=(Val&& that) noexcept {
    reset(that);
    return *this;
  }
  ~Val() { reset(); }

  // Make a value of a type that is given or deduced.
  static Val i32(int32_t x) { return Val(x); }
  static Val i64(int64_t x) { return Val(x); }
  static Val f32(float32_t x) { return Val(x); }
  static Val f64(float64_t x) { return Val(x); }
  static Val ref(own<Ref>&& x) { return Val(std::move(x)); }
  template <class T>
  static Val make(T x);
  template <class T>
  static Val make(own<T>&& x) {
    return Val(own<Ref>(std::move(x)));
  }

  // End the reference, if the value is one; the second takes over another value.
  void reset() { wasm_val_delete(&value_); }
  void reset(Val& that) {
    if (this == &that) return;
    reset();
    value_ = that.value_;
    that.leave();
  }
  Val copy() const {
    Val made;
    wasm_val_copy(&made.value_, &value_);
    return made;
  }

  ValKind kind() const { return static_cast<ValKind>(value_.kind); }
  bool is_num() const { return wasm::is_num(kind()); }
  bool is_ref() const { return wasm::is_ref(kind()); }
  int32_t i32() const { return assert(kind() == ValKind::I32), value_.of.i32; }
  int64_t i64() const { return assert(kind() == ValKind::I64), value_.of.i64; }
  float32_t f32() const { return assert(kind() == ValKind::F32), value_.of.f32; }
  float64_t f64() const { return assert(kind() == ValKind::F64), value_.of.f64; }
  Ref* ref() const { return assert(is_ref()), detail::toCpp<Ref>(value_.of.ref); }
  template <class T>
  T get() const;
  // Gives up the reference: the value is null then.
  own<Ref> release_ref() {
    own<Ref> released(ref());
    leave();
    return released;
  }

 private:
  void leave() {
    if (is_ref()) value_.of.ref = nullptr;
  }

  wasm_val_t value_;
};

/* clang-format off */
template <> inline Val Val::make(int32_t x) { return Val(x); }
template <> inline Val Val::make(int64_t x) { return Val(x); }
template <> inline Val Val::make(uint32_t x) { return Val(static_cast<int32_t>(x)); }
template <> inline Val Val::make(uint64_t x) { return Val(static_cast<int64_t>(x)); }
template <> inline Val Val::make(float32_t x) { return Val(x); }
template <> inline Val Val::make(float64_t x) { return Val(x); }
template <> inline int32_t Val::get() const { return i32(); }
template <> inline int64_t Val::get() const { return i64(); }
template <> inline uint32_t Val::get() const { return static_cast<uint32_t>(i32()); }
template <> inline uint64_t Val::get() const { return static_cast<uint64_t>(i64()); }
template <> inline float32_t Val::get() const { return f32(); }
template <> inline float64_t Val::get() const { return f64(); }
template <> inline Ref* Val::get() const { return ref(); }
/* clang-format on */

// --- Frames and traps ---------------------------------------------------------------------------

// A function that was active at a trap. An inlined function has a frame of its own.
class Frame {
  WASM2OBJ_COPYABLE(Frame, frame)

  // Returns the instance, which belongs to the frame; null if it is unknown or the program has
  // deleted it and its exports.
  Instance* instance() const {
    return detail::toCpp<Instance>(wasm_frame_instance(detail::toC(this)));
  }
  uint32_t func_index() const { return wasm_frame_func_index(detail::toC(this)); }
  // Return the place of the instruction: from the start of the function's entry in the code
  // section, or in the binary; 0 if it is unknown.
  size_t func_offset() const { return wasm_frame_func_offset(detail::toC(this)); }
  size_t module_offset() const { return wasm_frame_module_offset(detail::toC(this)); }
};

// A text that ends with NUL, which its size counts.
using Message = vec<byte_t>;

// A trap, or an exception that no guest has caught. A function of the program that returns the trap
// of an exception throws the exception again.
class Trap : public Ref {
  WASM2OBJ_COPYABLE(Trap, trap)

  // The message may end with NUL or not.
  static own<Trap> make(Store* store, const Message& message) {
    const auto text = detail::borrow<wasm_message_t>(message);
    return detail::take<Trap>(wasm_trap_new(detail::toC(store), &text));
  }

  Message message() const {
    wasm_message_t text;
    wasm_trap_message(detail::toC(this), &text);
    return detail::takeBytes(text);
  }
  // Returns the innermost frame, or null if no guest was active.
  own<Frame> origin() const { return detail::take<Frame>(wasm_trap_origin(detail::toC(this))); }
  // Returns all frames, at most 64 for each call of the host, the innermost first.
  ownvec<Frame> trace() const {
    wasm_frame_vec_t frames;
    wasm_trap_trace(detail::toC(this), &frames);
    return detail::takeAll<Frame>(frames, wasm_frame_vec_delete);
  }
};

// --- Objects ------------------------------------------------------------------------------------

// A module that stores can share. It belongs to none.
template <>
class Shared<Module> {
  WASM2OBJ_OBJECT(Shared, shared_module);
};

// A module.
class Module : public Ref {
  WASM2OBJ_COPYABLE(Module, module)

  // Makes a module of an artifact or, in libwasm2obj, of a binary, which is compiled. Artifacts are
  // machine code that is not checked: they must come from a trusted compiler.
  static own<Module> make(Store* store, const vec<byte_t>& binary) {
    const auto bytes = detail::borrow<wasm_byte_vec_t>(binary);
    return detail::take<Module>(wasm_module_new(detail::toC(store), &bytes));
  }
  // Returns whether a module could be made of an artifact or, in libwasm2obj, whether a binary is
  // valid.
  static bool validate(Store* store, const vec<byte_t>& binary) {
    const auto bytes = detail::borrow<wasm_byte_vec_t>(binary);
    return wasm_module_validate(detail::toC(store), &bytes);
  }

  ownvec<ImportType> imports() const {
    wasm_importtype_vec_t types;
    wasm_module_imports(detail::toC(this), &types);
    return detail::takeAll<ImportType>(types, wasm_importtype_vec_delete);
  }
  ownvec<ExportType> exports() const {
    wasm_exporttype_vec_t types;
    wasm_module_exports(detail::toC(this), &types);
    return detail::takeAll<ExportType>(types, wasm_exporttype_vec_delete);
  }

  // Convert to and from a module that belongs to no store.
  own<Shared<Module>> share() const {
    return detail::take<Shared<Module>>(wasm_module_share(detail::toC(this)));
  }
  static own<Module> obtain(Store* store, const Shared<Module>* shared) {
    return detail::take<Module>(wasm_module_obtain(detail::toC(store), detail::toC(shared)));
  }

  // Convert to and from an artifact.
  vec<byte_t> serialize() const {
    wasm_byte_vec_t artifact;
    wasm_module_serialize(detail::toC(this), &artifact);
    return detail::takeBytes(artifact);
  }
  static own<Module> deserialize(Store* store, const vec<byte_t>& artifact) {
    const auto bytes = detail::borrow<wasm_byte_vec_t>(artifact);
    return detail::take<Module>(wasm_module_deserialize(detail::toC(store), &bytes));
  }
};

// An object of the program, which guests know as an externref.
class Foreign : public Ref {
  WASM2OBJ_COPYABLE(Foreign, foreign)

  static own<Foreign> make(Store* store) {
    return detail::take<Foreign>(wasm_foreign_new(detail::toC(store)));
  }
};

// What instances import and export. The conversions return null if it is of another kind. Tags, of
// which the API has the types only, are externals too: exports that can be given as imports.
class Extern : public Ref {
  WASM2OBJ_COPYABLE(Extern, extern)

  ExternKind kind() const { return static_cast<ExternKind>(wasm_extern_kind(detail::toC(this))); }
  own<ExternType> type() const {
    return detail::take<ExternType>(wasm_extern_type(detail::toC(this)));
  }

  Func* func() { return detail::toCpp<Func>(wasm_extern_as_func(detail::toC(this))); }
  Global* global() { return detail::toCpp<Global>(wasm_extern_as_global(detail::toC(this))); }
  Table* table() { return detail::toCpp<Table>(wasm_extern_as_table(detail::toC(this))); }
  Memory* memory() { return detail::toCpp<Memory>(wasm_extern_as_memory(detail::toC(this))); }
  const Func* func() const { return const_cast<Extern*>(this)->func(); }
  const Global* global() const { return const_cast<Extern*>(this)->global(); }
  const Table* table() const { return const_cast<Extern*>(this)->table(); }
  const Memory* memory() const { return const_cast<Extern*>(this)->memory(); }
};

// A function.
class Func : public Extern {
  WASM2OBJ_COPYABLE(Func, func)

  // A function of the program. `results` has an element for each result: a zero or null, which the
  // function replaces. It runs on the guest's stack, of which at least 256 KiB are free, and may
  // use the store. An exception that leaves it becomes a trap with its message; it must not have
  // deleted the store then.
  using callback = own<Trap> (*)(const vec<Val>& args, vec<Val>& results);
  using callback_with_env = own<Trap> (*)(void* env, const vec<Val>& args, vec<Val>& results);

  // Make a function of the program. The finalizer is called with `env` when the store is deleted.
  static own<Func> make(Store* store, const FuncType* type, callback code) {
    return make(type, code == nullptr, Code{store, code, nullptr, nullptr, nullptr});
  }
  static own<Func> make(Store* store, const FuncType* type, callback_with_env code, void* env,
                        void (*finalizer)(void*) = nullptr) {
    return make(type, code == nullptr, Code{store, nullptr, code, env, finalizer});
  }

  own<FuncType> type() const { return detail::take<FuncType>(wasm_func_type(detail::toC(this))); }
  size_t param_arity() const { return wasm_func_param_arity(detail::toC(this)); }
  size_t result_arity() const { return wasm_func_result_arity(detail::toC(this)); }

  // Calls the function. Arguments that do not fit its type are a trap. The first results replace
  // the elements of `results`, as far as it has any.
  own<Trap> call(const vec<Val>& args, vec<Val>& results) const {
    if (!hasReferences(results)) return callInto(args, results);
    // wasm.h would not delete them.
    auto made = vec<Val>::make_uninitialized(results.size());
    own<Trap> trap = callInto(args, made);
    size_t count = trap || !made ? 0 : std::min(made.size(), result_arity());
    for (size_t i = 0; i < count; ++i) results[i] = std::move(made[i]);
    return trap;
  }

 private:
  // A function of the program.
  struct Code {
    Store* store;
    callback plain;  // null if there is an environment
    callback_with_env withEnv;
    void* env;
    void (*finalizer)(void*);

    own<Trap> operator()(const vec<Val>& args, vec<Val>& results) const {
      return plain != nullptr ? plain(args, results) : withEnv(env, args, results);
    }
    wasm_trap_t* trap(const std::string& message) const {
      return detail::toC(Trap::make(store, Message::make_nt(message)).release());
    }
  };

  static own<Func> make(const FuncType* type, bool isNull, const Code& code) {
    if (isNull) return nullptr;
    std::unique_ptr<Code> kept(new Code(code));
    wasm_func_t* made =
        wasm_func_new_with_env(detail::toC(code.store), detail::toC(type), enter, kept.get(), end);
    if (made != nullptr) kept.release();
    return detail::take<Func>(made);
  }

  static wasm_trap_t* enter(void* env, const wasm_val_vec_t* args, wasm_val_vec_t* out) noexcept {
    const Code& code = *static_cast<const Code*>(env);
#if defined(__cpp_exceptions)
    try {
      return run(code, args, out);
    } catch (const std::exception& thrown) {
      return code.trap(thrown.what());
    } catch (...) {
      return code.trap("a function of the program has thrown an exception");
    }
#else
    return run(code, args, out);
#endif
  }

  // The function may replace the whole vector of results, so that it is given one of its own.
  static wasm_trap_t* run(const Code& code, const wasm_val_vec_t* args, wasm_val_vec_t* out) {
    Val* to = reinterpret_cast<Val*>(out->data);
    auto results = vec<Val>::make(out->size, to);
    own<Trap> trap = code(detail::refer<vec<Val>>(args), results);
    if (trap) return detail::toC(trap.release());
    size_t count = results ? results.size() : 0;
    if (count != out->size) {
      return code.trap("a function of the program has returned " + std::to_string(count) +
                       " results instead of " + std::to_string(out->size));
    }
    std::move(results.get(), results.get() + results.size(), to);
    return nullptr;
  }

  static void end(void* env) {
    std::unique_ptr<Code> code(static_cast<Code*>(env));
    if (code->finalizer != nullptr) code->finalizer(code->env);
  }

  static bool hasReferences(const vec<Val>& values) {
    for (size_t i = 0; values && i < values.size(); ++i) {
      if (values[i].is_ref() && values[i].ref() != nullptr) return true;
    }
    return false;
  }

  own<Trap> callInto(const vec<Val>& args, vec<Val>& results) const {
    const auto given = detail::borrow<wasm_val_vec_t>(args);
    auto returned = detail::borrow<wasm_val_vec_t>(results);
    return detail::take<Trap>(wasm_func_call(detail::toC(this), &given, &returned));
  }
};

// A global variable.
class Global : public Extern {
  WASM2OBJ_COPYABLE(Global, global)

  // Returns null if the value does not fit the type.
  static own<Global> make(Store* store, const GlobalType* type, const Val& value) {
    return detail::take<Global>(
        wasm_global_new(detail::toC(store), detail::toC(type), detail::toC(&value)));
  }

  own<GlobalType> type() const {
    return detail::take<GlobalType>(wasm_global_type(detail::toC(this)));
  }
  Val get() const {
    Val value;
    wasm_global_get(detail::toC(this), detail::toC(&value));
    return value;
  }
  // Does nothing if the global is immutable or the value does not fit its type.
  void set(const Val& value) { wasm_global_set(detail::toC(this), detail::toC(&value)); }
};

// A table.
class Table : public Extern {
  WASM2OBJ_COPYABLE(Table, table)

  using size_t = uint32_t;

  static own<Table> make(Store* store, const TableType* type, const Ref* init = nullptr) {
    return detail::take<Table>(
        wasm_table_new(detail::toC(store), detail::toC(type), detail::toC(const_cast<Ref*>(init))));
  }

  own<TableType> type() const {
    return detail::take<TableType>(wasm_table_type(detail::toC(this)));
  }
  // Returns null for the null reference, and if the index is out of bounds.
  own<Ref> get(size_t index) const {
    return detail::take<Ref>(wasm_table_get(detail::toC(this), index));
  }
  // Return whether the reference fits and the index is in bounds, or the limits allow it.
  bool set(size_t index, const Ref* ref) {
    return wasm_table_set(detail::toC(this), index, detail::toC(const_cast<Ref*>(ref)));
  }
  bool grow(size_t delta, const Ref* init = nullptr) {
    return wasm_table_grow(detail::toC(this), delta, detail::toC(const_cast<Ref*>(init)));
  }
  size_t size() const { return wasm_table_size(detail::toC(this)); }
};

// A memory.
class Memory : public Extern {
  WASM2OBJ_COPYABLE(Memory, memory)

  using pages_t = uint32_t;
  static constexpr size_t page_size = MEMORY_PAGE_SIZE;

  static own<Memory> make(Store* store, const MemoryType* type) {
    return detail::take<Memory>(wasm_memory_new(detail::toC(store), detail::toC(type)));
  }

  own<MemoryType> type() const {
    return detail::take<MemoryType>(wasm_memory_type(detail::toC(this)));
  }
  // Returns the address, which does not change.
  byte_t* data() const { return wasm_memory_data(detail::toC(const_cast<Memory*>(this))); }
  size_t data_size() const { return wasm_memory_data_size(detail::toC(this)); }
  pages_t size() const { return wasm_memory_size(detail::toC(this)); }
  bool grow(pages_t delta) { return wasm_memory_grow(detail::toC(this), delta); }
};

// An instance of a module.
class Instance : public Ref {
  WASM2OBJ_COPYABLE(Instance, instance)

  // Instantiates a module. `imports` has an element for each import, in order. Returns null and, if
  // the pointer is not null, a trap if an import does not match or is of another store, a limit is
  // exceeded, or the guest traps.
  static own<Instance> make(Store* store, const Module* module, const vec<Extern*>& imports,
                            own<Trap>* trap = nullptr) {
    const auto given = detail::borrow<wasm_extern_vec_t>(imports);
    wasm_trap_t* reason = nullptr;
    wasm_instance_t* made = wasm_instance_new(detail::toC(store), detail::toC(module), &given,
                                              trap == nullptr ? nullptr : &reason);
    if (trap != nullptr) *trap = detail::take<Trap>(reason);
    return detail::take<Instance>(made);
  }

  // Returns the exports, in the order of Module::exports.
  ownvec<Extern> exports() const {
    wasm_extern_vec_t externs;
    wasm_instance_exports(detail::toC(this), &externs);
    return detail::takeAll<Extern>(externs, wasm_extern_vec_delete);
  }
};

#undef WASM2OBJ_COPYABLE
#undef WASM2OBJ_OBJECT

}  // namespace wasm

#endif
