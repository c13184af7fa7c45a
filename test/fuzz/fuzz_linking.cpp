// Fuzzes linkers, prepared modules and objects of the C interface (wasm2obj_linker.h and
// wasm2obj_objects.h) with sequences of calls that respect their rules, also from functions that
// guests call. Nothing may crash, hang or leak, and each environment ends once.
#include <cstring>
#include <iterator>
#include <span>
#include <vector>

#include "loader/embed/wasm2obj_linker.h"
#include "loader/embed/wasm2obj_objects.h"
#include "runtime/base/check.h"
#include "test/fuzz/artifact_of.h"
#include "test/fuzz/input.h"

namespace {

// A guest that imports something of each kind, and exports it again.
constexpr char kImporter[] = R"((module
  (type $point (struct (field (mut i32))))
  (import "m" "memory" (memory $memory 1 4))
  (import "m" "table" (table $table 1 8 externref))
  (import "m" "global" (global $global (mut i64)))
  (import "m" "tag" (tag $tag (param i32)))
  (import "m" "act" (func $act (param i32 externref) (result externref)))
  (import "m" "point" (func $point (param (ref null $point)) (result i32)))
  (export "memory" (memory $memory)) (export "table" (table $table))
  (export "global" (global $global)) (export "tag" (tag $tag)) (export "act" (func $act))
  (export "point" (func $point))
  (func (export "use") (param i32) (result i32)
    (i32.store (i32.const 0) (local.get 0))
    (global.set $global (i64.const 7))
    (table.set $table (i32.const 0) (call $act (local.get 0) (table.get $table (i32.const 0))))
    (call $point (struct.new $point (local.get 0))))
  (func (export "catch") (param i32) (result i32)
    (block $caught (result i32)
      (try_table (result externref) (catch $tag $caught)
        (call $act (local.get 0) (ref.null extern)))
      (return (i32.const -1))))))";

// A guest that defines the same, and calls one function of the program, also at its start.
constexpr char kExporter[] = R"((module
  (type $point (struct (field (mut i32))))
  (import "m" "start" (func $start (param i32) (result i32)))
  (import "'" "text" (global $text externref))
  (memory (export "memory") 1 4)
  (table (export "table") 1 8 externref)
  (global (export "global") (mut i64) (i64.const 1))
  (tag $tag (export "tag") (param i32))
  (func (export "act") (param i32 externref) (result externref)
    (if (i32.eqz (local.get 0)) (then (throw $tag (i32.const 5))))
    (global.get $text))
  (func (export "point") (param (ref null $point)) (result i32)
    (call $start (struct.get $point 0 (local.get 0))))
  (func $run (drop (call $start (i32.const 3))))
  (start $run)
  (func (export "use") (param i32) (result i32) (call $start (local.get 0)))))";

constexpr const char* kNames[] = {"memory", "table", "global", "tag", "act", "point", "start"};
constexpr const char* kTypes[] = {"(ix)x", "(i)i", "(I)I", "(", nullptr, nullptr, nullptr};
constexpr size_t kSlots = 3;  // the number of objects of each type

size_t environments = 0;  // that have not ended

void finish(void*) { --environments; }

// A store, and what the program has made in it.
struct Owned {
  wasm2obj_store_t* store = nullptr;
  wasm2obj_memory_t* memory = nullptr;
  wasm2obj_table_t* table = nullptr;
  wasm2obj_global_t* global = nullptr;
  wasm2obj_tag_t* tag = nullptr;
};

// Holds some objects of each type and makes the calls that the input selects.
class Session {
 public:
  explicit Session(fuzz::Input& input) : input_(input) {
    for (const char* text : {kImporter, kExporter}) {
      const base::Bytes& bytes = text == kImporter ? importer() : exporter();
      wasm2obj_module_t* module = nullptr;
      CHECK(wasm2obj_module_open_bytes(bytes.data(), bytes.size(), &module) == nullptr);
      modules_.push_back(module);
    }
  }
  ~Session() {
    for (auto* module : modules_) wasm2obj_module_delete(module);
    keepWaiting();
    for (auto* instance : instances_) wasm2obj_instance_delete(instance);
    for (auto* prepared : prepareds_) wasm2obj_prepared_delete(prepared);
    for (auto* linker : linkers_) wasm2obj_linker_delete(linker);
    for (const Owned& owned : owned_) wasm2obj_store_delete(owned.store);
    CHECK(environments == 0);
  }
  Session(const Session&) = delete;

  void step() {
    switch (input_.byte() % 12) {
      case 0:
      case 1:
        return makeObjects();
      case 2:
      case 3:
      case 4:
        return define();
      case 5:
        return prepare();
      case 6:
      case 7:
        return instantiate();
      case 8:
      case 9:
        return call();
      case 10:
        return use();
      default:
        return remove();
    }
  }

 private:
  static const base::Bytes& importer() {
    static const base::Bytes bytes = fuzz::artifactOf(kImporter);
    return bytes;
  }
  static const base::Bytes& exporter() {
    static const base::Bytes bytes = fuzz::artifactOf(kExporter);
    return bytes;
  }

  size_t slot() { return input_.byte() % kSlots; }
  const char* name() { return kNames[input_.byte() % std::size(kNames)]; }
  wasm2obj_module_t* module() { return modules_[input_.byte() % modules_.size()]; }

  // Checks the error, which may be null, and deletes it. Returns whether there was none.
  static bool take(wasm2obj_error_t* error) {
    if (error == nullptr) return true;
    CHECK(std::strlen(wasm2obj_error_text(error)) > 0);
    wasm2obj_error_delete(error);
    return false;
  }

  Owned& owned() {
    Owned& chosen = owned_[slot()];
    if (chosen.store == nullptr) chosen.store = wasm2obj_store_new(nullptr);
    return chosen;
  }

  wasm2obj_linker_t* linker() {
    wasm2obj_linker_t*& chosen = linkers_[slot()];
    if (chosen == nullptr) chosen = wasm2obj_linker_new();
    return chosen;
  }

  // Makes an object of any type, which may be malformed.
  void makeObjects() {
    Owned& in = owned();
    wasm2obj_extern_type_t type{};
    type.value = "xIic\0r"[input_.byte() % 6];
    type.is_mutable = input_.byte() % 4 != 0;
    type.min = input_.byte() % 3;
    type.max = input_.byte() % 5;
    type.has_max = input_.byte() % 2 != 0;
    type.is_64 = input_.byte() % 8 == 0;
    type.page_size = input_.byte() % 16 == 0 ? 1 : 0;
    wasm2obj_value_t initial{};
    initial.type = static_cast<wasm2obj_type_t>(input_.byte() % 6);
    switch (input_.byte() % 4) {
      case 0:
        take(wasm2obj_memory_make(in.store, &type, &in.memory));
        break;
      case 1:
        take(wasm2obj_table_make(in.store, &type, nullptr, &in.table));
        break;
      case 2:
        take(wasm2obj_global_make(in.store, &type, &initial, &in.global));
        break;
      default:
        take(wasm2obj_tag_make(in.store, input_.byte() % 2 == 0 ? "(i)" : "(Ix)", &in.tag));
    }
  }

  void define() {
    wasm2obj_linker_t* in = linker();
    wasm2obj_instance_t* instance = instances_[slot()];
    switch (input_.byte() % 10) {
      case 0:
        return wasm2obj_linker_trap_unknown(in);
      case 1:
        take(wasm2obj_linker_store(in, owned().store));
        return;
      case 2:
        if (instance != nullptr) take(wasm2obj_linker_instance(in, "m", instance));
        return;
      case 3:
        return defineExport(in, instance);
      case 4:
        return defineCallback(in);
      default:
        return defineOwned(in);
    }
  }

  void defineOwned(wasm2obj_linker_t* in) {
    const Owned& from = owned_[slot()];
    take(wasm2obj_linker_memory(in, "m", "memory", from.memory));
    take(wasm2obj_linker_table(in, "m", "table", from.table));
    take(wasm2obj_linker_global(in, "m", "global", from.global));
    take(wasm2obj_linker_tag(in, "m", "tag", from.tag));
    defineCallback(in);
  }

  // Defines one export of an instance under any name.
  void defineExport(wasm2obj_linker_t* in, wasm2obj_instance_t* instance) {
    if (instance == nullptr) return;
    wasm2obj_memory_t* memory = nullptr;
    wasm2obj_ref_t* function = nullptr;
    if (take(wasm2obj_instance_find_memory(instance, name(), &memory))) {
      take(wasm2obj_linker_memory(in, "m", name(), memory));
    }
    if (take(wasm2obj_instance_function(instance, name(), &function))) {
      take(wasm2obj_linker_ref(in, "m", name(), function));
      wasm2obj_ref_delete(function);
    }
  }

  void defineCallback(wasm2obj_linker_t* in) {
    for (const char* each : {"act", "point", "start"}) {
      const char* type = kTypes[input_.byte() % std::size(kTypes)];
      ++environments;
      if (!take(wasm2obj_linker_callback(in, "m", each, type, &callBack, this, &finish))) {
        --environments;
      }
    }
  }

  void prepare() {
    wasm2obj_prepared_t* made = nullptr;
    if (!take(wasm2obj_linker_prepare(linker(), module(), nullptr, nullptr, &made))) return;
    wasm2obj_prepared_t*& place = prepareds_[slot()];
    wasm2obj_prepared_delete(place);
    place = made;
  }

  void instantiate() {
    wasm2obj_prepared_t* prepared = prepareds_[slot()];
    wasm2obj_instance_t* made = nullptr;
    bool isMade =
        prepared != nullptr && input_.byte() % 2 != 0
            ? take(instantiatePrepared(prepared, &made))
            : take(wasm2obj_linker_instantiate(linker(), module(), nullptr, nullptr, &made));
    CHECK(isMade == (made != nullptr));
    if (!isMade) return;
    // An instance that is running cannot be deleted.
    if (depth_ != 0) return waiting_.push_back(made);
    wasm2obj_instance_t*& place = instances_[slot()];
    wasm2obj_instance_delete(place);
    place = made;
    keepWaiting();
  }

  // Functions that the guest's start calls may remove the linker, not what is being used.
  wasm2obj_error_t* instantiatePrepared(wasm2obj_prepared_t* prepared, wasm2obj_instance_t** made) {
    ++used_;
    wasm2obj_error_t* error = wasm2obj_prepared_instantiate(prepared, made);
    --used_;
    return error;
  }

  void call() {
    wasm2obj_instance_t* instance = instances_[slot()];
    if (instance == nullptr) return;
    wasm2obj_value_t argument{}, result{};
    argument.of.i32 = input_.byte() % 8;
    const char* function = input_.byte() % 4 == 0 ? "catch" : "use";
    take(wasm2obj_instance_call(instance, function, &argument, 1, &result, 1));
    if (depth_ == 0) keepWaiting();
  }

  // Puts the instances that were made by functions that guests called where they may be deleted.
  void keepWaiting() {
    for (wasm2obj_instance_t* instance : waiting_) {
      wasm2obj_instance_t*& place = instances_[slot()];
      wasm2obj_instance_delete(place);
      place = instance;
    }
    waiting_.clear();
  }

  // Uses the objects of a store, or those that an instance exports.
  void use() {
    Owned objects = owned_[slot()];
    wasm2obj_instance_t* instance = instances_[slot()];
    if (instance != nullptr && input_.byte() % 2 != 0) {
      take(wasm2obj_instance_find_memory(instance, "memory", &objects.memory));
      take(wasm2obj_instance_find_table(instance, "table", &objects.table));
      take(wasm2obj_instance_find_global(instance, "global", &objects.global));
      take(wasm2obj_instance_find_tag(instance, "tag", &objects.tag));
    }
    wasm2obj_extern_type_t type;
    size_t size = 0;
    void* data = wasm2obj_memory_data(objects.memory, &size);
    if (size > 0) std::memset(data, input_.byte(), size < 100 ? size : 100);
    take(wasm2obj_memory_grow(objects.memory, input_.byte() % 3, nullptr));
    if (take(wasm2obj_memory_type(objects.memory, &type))) CHECK(type.text != nullptr);
    take(wasm2obj_table_grow(objects.table, input_.byte() % 3, nullptr, nullptr));
    take(wasm2obj_table_type(objects.table, &type));
    wasm2obj_value_t value{};
    value.type = static_cast<wasm2obj_type_t>(input_.byte() % 6);
    take(wasm2obj_global_set(objects.global, &value));
    if (take(wasm2obj_global_get(objects.global, &value)) && value.type == WASM2OBJ_REF) {
      wasm2obj_ref_delete(value.of.ref);
    }
    take(wasm2obj_global_type(objects.global, &type));
    if (take(wasm2obj_tag_type(objects.tag, &type))) CHECK(type.function != nullptr);
  }

  // Deletes an object, even if others were made from it.
  void remove() {
    size_t at = slot();
    switch (input_.byte() % 4) {
      case 0:
        if (depth_ != 0) return;
        wasm2obj_instance_delete(instances_[at]);
        instances_[at] = nullptr;
        break;
      case 1:
        if (used_ != 0) return;
        wasm2obj_prepared_delete(prepareds_[at]);
        prepareds_[at] = nullptr;
        break;
      case 2:
        if (depth_ != 0) return;
        wasm2obj_linker_delete(linkers_[at]);
        linkers_[at] = nullptr;
        break;
      default:
        wasm2obj_store_delete(owned_[at].store);
        owned_[at] = {};
    }
  }

  // A function of the program, which makes some calls itself.
  static wasm2obj_error_t* callBack(wasm2obj_caller_t* caller, const wasm2obj_value_t* arguments,
                                    size_t argumentCount, wasm2obj_value_t* results,
                                    size_t resultCount) {
    auto& session = *static_cast<Session*>(wasm2obj_caller_env(caller));
    return session.answer(caller, {arguments, argumentCount}, {results, resultCount});
  }

  wasm2obj_error_t* answer(wasm2obj_caller_t* caller, std::span<const wasm2obj_value_t> arguments,
                           std::span<wasm2obj_value_t> results) {
    constexpr int kDeepest = 3;
    CHECK(wasm2obj_caller_instance(caller) != nullptr);
    if (++depth_ <= kDeepest) {
      for (int i = input_.byte() % 4; i > 0 && !input_.isAtEnd(); --i) step();
    }
    --depth_;
    for (wasm2obj_value_t& result : results) {
      if (input_.byte() % 8 == 0) result.type = WASM2OBJ_F32;
      if (result.type != WASM2OBJ_REF || arguments.empty()) continue;
      const wasm2obj_value_t& last = arguments.back();
      if (last.type == WASM2OBJ_REF) result.of.ref = wasm2obj_ref_new_copy(last.of.ref);
    }
    return end(caller);
  }

  // Ends the call of the guest in some way.
  wasm2obj_error_t* end(wasm2obj_caller_t* caller) {
    wasm2obj_instance_t* instance = wasm2obj_caller_instance(caller);
    wasm2obj_tag_t* tag = nullptr;
    wasm2obj_ref_t* exception = nullptr;
    wasm2obj_value_t argument{}, result{};
    switch (input_.byte() % 8) {
      case 0:
        return wasm2obj_error_new("the program ends the call");
      case 1:
        wasm2obj_caller_exit(caller, input_.byte());
        return nullptr;
      case 2:
        if (!take(wasm2obj_instance_find_tag(instance, "tag", &tag))) return nullptr;
        if (!take(wasm2obj_exception_new(tag, &argument, 1, &exception))) return nullptr;
        take(wasm2obj_instance_throw(instance, exception));
        wasm2obj_ref_delete(exception);
        return nullptr;
      case 3:
        return depth_ != 0 ? nullptr
                           : wasm2obj_instance_call(instance, "catch", &argument, 1, &result, 1);
      case 4:
        take(wasm2obj_instance_collect(instance));
        return nullptr;
      default:
        return nullptr;
    }
  }

  fuzz::Input& input_;
  int depth_ = 0;  // of functions that guests call
  int used_ = 0;   // instantiations of prepared modules that are running
  std::vector<wasm2obj_module_t*> modules_;
  wasm2obj_linker_t* linkers_[kSlots] = {};
  wasm2obj_prepared_t* prepareds_[kSlots] = {};
  wasm2obj_instance_t* instances_[kSlots] = {};
  std::vector<wasm2obj_instance_t*> waiting_;
  Owned owned_[kSlots] = {};
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  constexpr int kMostSteps = 64;
  fuzz::Input input(data, size);
  Session session(input);
  for (int i = 0; i < kMostSteps && !input.isAtEnd(); ++i) session.step();
  return 0;
}
