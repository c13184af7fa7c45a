// Fuzzes the standard C API (wasm.h) with calls in any order, also from functions that guests call,
// with objects of two stores and references of every kind. Nothing may crash, hang or leak, and
// every finalizer must run once.
#include <cstdint>
#include <iterator>

#include "loader/standard/wasm.h"
#include "runtime/base/check.h"
#include "test/fuzz/artifact_of.h"
#include "test/fuzz/input.h"

namespace {

constexpr char kModule[] = R"((module
  (type $f (func (param i32 externref funcref) (result i32 externref funcref)))
  (import "" "f" (func $host (type $f)))
  (import "" "g" (global $global (mut externref)))
  (import "" "t" (table $table 1 funcref))
  (import "" "m" (memory 1))
  (tag $tag (export "tag") (param externref))
  (table $objects (export "objects") 2 9 externref)
  (global (export "function") (mut funcref) (ref.func $host))
  (export "table" (table $table)) (export "host" (func $host))
  (func (export "call") (type $f) (call $host (local.get 0) (local.get 1) (local.get 2)))
  (func (export "indirect") (type $f)
    (call_indirect $table (type $f) (local.get 0) (local.get 1) (local.get 2) (local.get 0)))
  (func (export "store") (type $f)
    (global.set $global (local.get 1))
    (table.set $objects (i32.and (local.get 0) (i32.const 3)) (local.get 1))
    (table.set $table (i32.and (local.get 0) (i32.const 3)) (local.get 2))
    (local.get 0) (local.get 1) (local.get 2))
  (func (export "throw") (type $f) (throw $tag (local.get 1)))
  (func (export "catch") (type $f)
    (block $caught (result externref)
      (try_table (catch $tag $caught)
        (return (call $host (local.get 0) (local.get 1) (local.get 2))))
      unreachable)
    (local.set 1) (local.get 0) (local.get 1) (local.get 2))
  (func (export "load") (type $f)
    (i32.load (local.get 0)) (local.get 1) (local.get 2))))";

constexpr size_t kStores = 2, kRefs = 8, kValues = 3;
constexpr int kMostDepth = 5;

int liveInfos = 0;  // host info whose finalizer has not run

void endInfo(void* info) {
  CHECK(*static_cast<int*>(info) == 1);
  delete static_cast<int*>(info);
  --liveInfos;
}

// Holds some stores and references, and makes the calls that the input selects.
class Session {
 public:
  explicit Session(fuzz::Input& input) : input_(input), engine_(wasm_engine_new()) {
    for (wasm_store_t*& store : stores_) store = wasm_store_new(engine_);
  }
  // Stores and references are deleted in any order.
  ~Session() {
    bool areStoresFirst = input_.byte() % 2 == 0;
    for (int round = 0; round < 2; ++round) {
      if ((round == 0) == areStoresFirst) {
        for (wasm_store_t* store : stores_) wasm_store_delete(store);
      } else {
        for (wasm_ref_t* ref : refs_) wasm_ref_delete(ref);
      }
    }
    wasm_engine_delete(engine_);
    CHECK(liveInfos == 0);
  }
  Session(const Session&) = delete;

  void step() {
    switch (input_.byte() % 12) {
      case 0:
        return instantiate();
      case 1:
      case 2:
      case 3:
        return call();
      case 4:
        return takeExport();
      case 5:
        return keep(makeObject());
      case 6:
        return useGlobal();
      case 7:
        return useTable();
      case 8:
        return setInfo();
      case 9:
        return keep(wasm_ref_copy(ref()));
      case 10:
        return inspect();
      default:
        return remove();
    }
  }

  // A function of the program: makes other calls, and returns its arguments or a trap.
  static wasm_trap_t* callback(void* env, const wasm_val_vec_t* args, wasm_val_vec_t* results) {
    auto& session = *static_cast<Session*>(env);
    if (++session.depth_ < kMostDepth) session.step();
    --session.depth_;
    if (session.input_.byte() % 4 == 0) {
      return wasm_trap_copy(wasm_ref_as_trap(session.ref()));
    }
    for (size_t i = 0; i < args->size; ++i) wasm_val_copy(&results->data[i], &args->data[i]);
    return nullptr;
  }

 private:
  wasm_store_t*& store() { return stores_[input_.byte() % kStores]; }
  wasm_ref_t* ref() { return refs_[input_.byte() % kRefs]; }
  // Takes over a reference.
  void keep(wasm_ref_t* ref) {
    if (ref == nullptr) return;
    wasm_ref_t*& place = refs_[input_.byte() % kRefs];
    wasm_ref_t* old = place;
    place = ref;
    wasm_ref_delete(old);
  }

  static wasm_functype_t* functionType() {
    wasm_valtype_vec_t params, results;
    wasm_valtype_t* types[] = {wasm_valtype_new_i32(), wasm_valtype_new_externref(),
                               wasm_valtype_new_funcref()};
    wasm_valtype_vec_new(&params, std::size(types), types);
    wasm_valtype_vec_copy(&results, &params);
    return wasm_functype_new(&params, &results);
  }

  wasm_ref_t* makeFunction(wasm_store_t* store) {
    wasm_functype_t* type = functionType();
    ++liveInfos;
    wasm_func_t* made = wasm_func_new_with_env(store, type, &callback, this, &endFunction);
    wasm_functype_delete(type);
    return wasm_func_as_ref(made);
  }
  static void endFunction(void*) { --liveInfos; }

  static wasm_ref_t* makeGlobal(wasm_store_t* store) {
    wasm_globaltype_t* type = wasm_globaltype_new(wasm_valtype_new_externref(), WASM_VAR);
    wasm_val_t null = WASM_INIT_VAL;
    wasm_global_t* made = wasm_global_new(store, type, &null);
    wasm_globaltype_delete(type);
    return wasm_global_as_ref(made);
  }

  static wasm_ref_t* makeTable(wasm_store_t* store) {
    wasm_limits_t limits = {3, wasm_limits_max_default};
    wasm_tabletype_t* type = wasm_tabletype_new(wasm_valtype_new_funcref(), &limits);
    wasm_table_t* made = wasm_table_new(store, type, nullptr);
    wasm_tabletype_delete(type);
    return wasm_table_as_ref(made);
  }

  static wasm_ref_t* makeMemory(wasm_store_t* store) {
    wasm_limits_t limits = {1, 2};
    wasm_memorytype_t* type = wasm_memorytype_new(&limits);
    wasm_memory_t* made = wasm_memory_new(store, type);
    wasm_memorytype_delete(type);
    return wasm_memory_as_ref(made);
  }

  static wasm_ref_t* makeModule(wasm_store_t* store) {
    static const base::Bytes kArtifact = fuzz::artifactOf(kModule);
    auto* data = reinterpret_cast<byte_t*>(const_cast<uint8_t*>(kArtifact.data()));
    wasm_byte_vec_t bytes = {kArtifact.size(), data};
    return wasm_module_as_ref(wasm_module_new(store, &bytes));
  }

  wasm_ref_t* makeObject() {
    wasm_store_t* of = store();
    switch (input_.byte() % 7) {
      case 0:
        return wasm_foreign_as_ref(wasm_foreign_new(of));
      case 1:
        return makeFunction(of);
      case 2:
        return makeGlobal(of);
      case 3:
        return makeTable(of);
      case 4:
        return makeMemory(of);
      case 5:
        return makeModule(of);
      default: {
        wasm_message_t message = {1, const_cast<char*>("t")};
        return wasm_trap_as_ref(wasm_trap_new(of, &message));
      }
    }
  }

  // Makes an instance of a new module. Some of its imports may be arbitrary.
  void instantiate() {
    wasm_store_t* of = store();
    wasm_ref_t* own[] = {makeFunction(of), makeGlobal(of), makeTable(of), makeMemory(of)};
    wasm_extern_t* given[std::size(own)];
    for (size_t i = 0; i < std::size(own); ++i) {
      bool isOwn = input_.byte() % 8 != 0;
      given[i] = wasm_ref_as_extern(isOwn ? own[i] : ref());
    }
    wasm_extern_vec_t imports = WASM_ARRAY_VEC(given);
    wasm_ref_t* module = makeModule(of);
    wasm_trap_t* trap = nullptr;
    wasm_instance_t* made = wasm_instance_new(of, wasm_ref_as_module(module), &imports, &trap);
    CHECK((made == nullptr) == (trap != nullptr));
    wasm_trap_delete(trap);
    wasm_ref_delete(module);
    for (wasm_ref_t* object : own) wasm_ref_delete(object);
    keep(wasm_instance_as_ref(made));
  }

  void takeExport() {
    wasm_extern_vec_t exports;
    wasm_instance_exports(wasm_ref_as_instance(ref()), &exports);
    if (exports.size != 0) {
      const wasm_extern_t* taken = exports.data[input_.byte() % exports.size];
      keep(wasm_extern_as_ref(wasm_extern_copy(taken)));
    }
    wasm_extern_vec_delete(&exports);
  }

  void call() {
    wasm_val_t args[kValues] = {WASM_I32_VAL(input_.byte()), WASM_REF_VAL(ref()),
                                WASM_REF_VAL(ref())};
    // The function may delete what the references are.
    for (wasm_val_t& value : args) wasm_val_copy(&value, &value);
    wasm_val_t results[kValues] = {};
    wasm_val_vec_t argVec = WASM_ARRAY_VEC(args), resultVec = WASM_ARRAY_VEC(results);
    wasm_func_t* function = wasm_func_copy(wasm_ref_as_func(ref()));
    wasm_trap_t* trap = wasm_func_call(function, &argVec, &resultVec);
    wasm_func_delete(function);
    for (wasm_val_t& value : args) wasm_val_delete(&value);
    if (trap == nullptr) keep(wasm_ref_copy(results[1].of.ref));
    for (wasm_val_t& value : results) wasm_val_delete(&value);
    if (trap != nullptr) keep(wasm_trap_as_ref(trap));
  }

  void useGlobal() {
    wasm_global_t* global = wasm_ref_as_global(ref());
    wasm_val_t value = WASM_REF_VAL(ref());
    wasm_global_set(global, &value);
    wasm_global_get(global, &value);
    if (wasm_valkind_is_ref(value.kind)) keep(value.of.ref);
  }

  void useTable() {
    wasm_table_t* table = wasm_ref_as_table(ref());
    uint32_t index = input_.byte() % 4;
    if (input_.byte() % 4 == 0) wasm_table_grow(table, index, ref());
    wasm_table_set(table, index, ref());
    keep(wasm_table_get(table, index));
    wasm_memory_grow(wasm_ref_as_memory(ref()), index);
  }

  void setInfo() {
    wasm_ref_t* of = ref();
    if (of == nullptr) return;
    ++liveInfos;
    wasm_ref_set_host_info_with_finalizer(of, new int(1), &endInfo);
  }

  // Reads what a reference has, whatever its kind is.
  void inspect() {
    const wasm_ref_t* of = ref();
    wasm_ref_same(of, ref());
    wasm_externtype_delete(wasm_extern_type(wasm_ref_as_extern_const(of)));
    wasm_importtype_vec_t imports;
    wasm_module_imports(wasm_ref_as_module_const(of), &imports);
    wasm_importtype_vec_delete(&imports);
    wasm_frame_vec_t frames;
    wasm_trap_trace(wasm_ref_as_trap_const(of), &frames);
    // This may delete the reference.
    if (frames.size != 0) {
      keep(wasm_instance_as_ref(wasm_instance_copy(wasm_frame_instance(frames.data[0]))));
    }
    wasm_frame_vec_delete(&frames);
  }

  void remove() {
    if (input_.byte() % 8 != 0) {
      wasm_ref_t*& place = refs_[input_.byte() % kRefs];
      wasm_ref_t* old = place;
      place = nullptr;
      return wasm_ref_delete(old);
    }
    wasm_store_t*& place = store();
    wasm_store_t* old = place;
    place = wasm_store_new(engine_);
    wasm_store_delete(old);
  }

  fuzz::Input& input_;
  int depth_ = 0;
  wasm_engine_t* engine_;
  wasm_store_t* stores_[kStores] = {};
  wasm_ref_t* refs_[kRefs] = {};
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  constexpr int kMostSteps = 64;
  fuzz::Input input(data, size);
  Session session(input);
  for (int i = 0; i < kMostSteps && !input.isAtEnd(); ++i) session.step();
  return 0;
}
