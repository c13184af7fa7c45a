// Fuzzes the references of the C interface (wasm2obj.h) with calls that respect its rules: they are
// made, copied, read, changed, passed to guests and kept longer than their instances. Nothing may
// crash, hang or leak; each finalizer runs exactly once, and none while a reference to its pointer
// exists.
#include <algorithm>
#include <array>
#include <iterator>
#include <string>
#include <vector>

#include "loader/embed/wasm2obj.h"
#include "runtime/base/check.h"
#include "test/fuzz/artifact_of.h"
#include "test/fuzz/input.h"

namespace {

// A guest that keeps references in a table and in objects of each kind, throws them, and allocates.
constexpr char kGuest[] = R"((module
  (type $pair (struct (field (mut anyref)) (field (mut externref)) (field (mut i8))
                      (field (mut funcref)) (field f64)))
  (type $list (array (mut anyref)))
  (type $words (array (mut i64)))
  (tag $error (export "error") (param externref i32))
  (table $kept 8 externref)
  (func (export "keep") (param i32 externref) (table.set $kept (local.get 0) (local.get 1)))
  (func (export "kept") (param i32) (result externref) (table.get $kept (local.get 0)))
  (func (export "pair") (param anyref externref i32 funcref) (result anyref)
    (struct.new $pair (local.get 0) (local.get 1) (local.get 2) (local.get 3) (f64.const 0.5)))
  (func (export "list") (param anyref i32) (result anyref)
    (array.new $list (local.get 0) (local.get 1)))
  (func (export "words") (param i64 i32) (result anyref)
    (array.new $words (local.get 0) (local.get 1)))
  (func (export "throw") (param externref i32) (throw $error (local.get 0) (local.get 1)))
  (func (export "caught") (param externref i32) (result exnref)
    (block (result exnref)
      (try_table (catch_all_ref 0) (throw $error (local.get 0) (local.get 1)))
      (ref.null exn)))
  (func (export "rethrow") (param exnref) (throw_ref (local.get 0)))
  (func (export "second") (param anyref) (result externref)
    (struct.get $pair 1 (ref.cast (ref $pair) (local.get 0))))
  (func (export "function") (result funcref) (ref.func $garbage))
  (func $garbage (export "garbage") (param i32) (result i32)
    (local $i i32)
    (loop $more
      (drop (array.new_default $words (i32.const 100)))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br_if $more (i32.lt_u (local.get $i) (i32.and (local.get 0) (i32.const 0xffff)))))
    (local.get $i))))";

struct Signature {
  const char* name;
  const char* parameters;  // 'r' for a reference, 'i' for an i32, 'l' for an i64
  size_t results;
};
constexpr Signature kFunctions[] = {
    {"keep", "ir", 0},  {"kept", "i", 1},    {"pair", "rrir", 1}, {"list", "ri", 1},
    {"words", "li", 1}, {"throw", "ri", 0},  {"caught", "ri", 1}, {"rethrow", "r", 0},
    {"second", "r", 1}, {"function", "", 1}, {"garbage", "i", 1},
};

wasm2obj_module_t* module() {
  static wasm2obj_module_t* const kModule = [] {
    base::Bytes bytes = fuzz::artifactOf(kGuest);
    wasm2obj_module_t* opened = nullptr;
    CHECK(wasm2obj_module_open_bytes(bytes.data(), bytes.size(), &opened) == nullptr);
    return opened;
  }();
  return kModule;
}

// A pointer of the program that references are made to.
struct Pointer {
  int made = 0;  // the references with a finalizer that have been made
  int finalized = 0;
};
void finalize(void* pointer) { ++static_cast<Pointer*>(pointer)->finalized; }

// Makes the calls that the input selects.
class Session {
 public:
  explicit Session(fuzz::Input& input) : input_(input) {}
  ~Session() {
    for (auto* ref : refs_) wasm2obj_ref_delete(ref);
    for (auto* instance : instances_) wasm2obj_instance_delete(instance);
    for (const Pointer& pointer : pointers_) CHECK(pointer.finalized == pointer.made);
  }
  Session(const Session&) = delete;

  void step() {
    switch (input_.byte() % 9) {
      case 0:
        return make();
      case 1:
        return read(ref());
      case 2:
        return change();
      case 3:
      case 4:
        return callFunction();
      case 5:
        return callReference();
      case 6:
        return replace(wasm2obj_ref_new_copy(ref()));
      case 7:
        return replace(nullptr);
      default:
        return useInstance();
    }
  }

 private:
  static constexpr size_t kRefs = 6;

  wasm2obj_instance_t* instance() {
    wasm2obj_instance_t*& place = instances_[input_.byte() % instances_.size()];
    if (place != nullptr) return place;
    wasm2obj_wasi_t* wasi = wasm2obj_wasi_new();
    wasm2obj_limits_t* limits = wasm2obj_limits_new();
    // Small, so that guests fill it.
    wasm2obj_limits_set(limits, WASM2OBJ_LIMIT_HEAP_BYTES, uint64_t{1} << 20);
    CHECK(wasm2obj_instance_new_limited(module(), wasi, limits, &place) == nullptr);
    wasm2obj_limits_delete(limits);
    wasm2obj_wasi_delete(wasi);
    return place;
  }
  wasm2obj_ref_t* ref() { return refs_[input_.byte() % kRefs]; }
  void replace(wasm2obj_ref_t* ref) {
    wasm2obj_ref_t*& place = refs_[input_.byte() % kRefs];
    wasm2obj_ref_delete(place);
    place = ref;
  }

  // Checks the error, which may be null, deletes it, and returns whether there was none.
  bool take(wasm2obj_error_t* error) {
    if (error == nullptr) return true;
    CHECK(*wasm2obj_error_text(error) != '\0');
    const wasm2obj_ref_t* exception = wasm2obj_error_exception(error);
    CHECK((exception != nullptr) == (wasm2obj_error_kind(error) == WASM2OBJ_ERROR_EXCEPTION));
    if (exception != nullptr) {
      CHECK(wasm2obj_ref_tag(exception) == std::string("error"));
      CHECK(wasm2obj_ref_size(exception) == 2);
      replace(wasm2obj_ref_new_copy(exception));
    }
    wasm2obj_error_delete(error);
    return false;
  }

  void make() {
    wasm2obj_ref_t* made = nullptr;
    switch (input_.byte() % 4) {
      case 0:
        made = wasm2obj_ref_new_i31(static_cast<int32_t>(input_.word()));
        break;
      case 1: {
        Pointer& pointer = pointers_[input_.byte() % pointers_.size()];
        if (!take(wasm2obj_ref_new_host(instance(), &pointer, finalize, &made))) return;
        ++pointer.made;
        break;
      }
      case 2: {
        auto* pointer = reinterpret_cast<void*>(input_.word());
        if (!take(wasm2obj_ref_new_host(instance(), pointer, nullptr, &made))) return;
        CHECK(wasm2obj_ref_host(made) == pointer);
        break;
      }
      default: {
        std::string text(input_.byte() % 40u, static_cast<char>(input_.byte()));
        if (!take(wasm2obj_ref_new_string(instance(), text.data(), text.size(), &made))) return;
      }
    }
    CHECK(made != nullptr);
    replace(made);
  }

  // Reads all that there is to read. The reference may be null.
  void read(const wasm2obj_ref_t* ref) {
    wasm2obj_ref_kind_t kind = wasm2obj_ref_kind(ref);
    CHECK((kind == WASM2OBJ_REF_NULL) == (ref == nullptr));
    CHECK(wasm2obj_ref_is_same(ref, ref));
    (void)wasm2obj_ref_i31(ref);
    if (wasm2obj_ref_host(ref) != nullptr) CHECK(kind == WASM2OBJ_REF_HOST);
    if (wasm2obj_ref_tag(ref) != nullptr) CHECK(kind == WASM2OBJ_REF_EXCEPTION);
    char text[16];
    (void)wasm2obj_ref_string(ref, text, sizeof text);
    size_t size = wasm2obj_ref_size(ref);
    for (size_t i = 0; i < std::min<size_t>(size, 5); ++i) {
      wasm2obj_part_t part = {};
      CHECK(take(wasm2obj_ref_part(ref, i, &part)));
      wasm2obj_value_t value = {};
      CHECK(take(wasm2obj_ref_get(ref, i, &value)));
      CHECK(value.type == part.type);
      if (value.type == WASM2OBJ_REF) replace(value.of.ref);
      if (ref != nullptr && std::ranges::find(refs_, ref) == refs_.end()) return;  // replaced
    }
    wasm2obj_part_t part = {};
    CHECK(!take(wasm2obj_ref_part(ref, size, &part)));
  }

  // Returns an argument of the type 'r', 'i' or 'l'.
  wasm2obj_value_t argument(char type) {
    wasm2obj_value_t value = {};
    if (type == 'r') {
      value.type = WASM2OBJ_REF;
      value.of.ref = ref();
    } else {
      value.type = type == 'i' ? WASM2OBJ_I32 : WASM2OBJ_I64;
      value.of.i64 = input_.byte() < 200 ? input_.byte() : static_cast<int64_t>(input_.word());
    }
    return value;
  }

  void change() {
    wasm2obj_value_t value = argument("ril"[input_.byte() % 3]);
    (void)take(wasm2obj_ref_set(ref(), input_.byte() % 6u, &value));
  }

  void callFunction() {
    const Signature& function = kFunctions[input_.byte() % std::size(kFunctions)];
    std::vector<wasm2obj_value_t> arguments;
    for (const char* type = function.parameters; *type != '\0'; ++type) {
      arguments.push_back(argument(*type));
    }
    wasm2obj_value_t result = {};
    if (!take(wasm2obj_instance_call(instance(), function.name, arguments.data(), arguments.size(),
                                     &result, function.results))) {
      return;
    }
    if (function.results != 0 && result.type == WASM2OBJ_REF) replace(result.of.ref);
  }

  void callReference() {
    wasm2obj_value_t value = argument('i');
    wasm2obj_value_t result = {};
    const wasm2obj_ref_t* function = ref();
    wasm2obj_type_t types[2] = {};
    size_t parameters = 0;
    size_t results = 0;
    bool isFunction = take(wasm2obj_ref_function_type(function, types, 2, &parameters, &results));
    CHECK(isFunction || parameters + results == 0);
    if (!take(wasm2obj_ref_call(function, &value, 1, &result, 1))) return;
    CHECK(result.type == WASM2OBJ_I32);
    CHECK(parameters == 1 && results == 1 && types[0] == value.type && types[1] == WASM2OBJ_I32);
  }

  // Collects, so that all is finalized that nothing refers to, or deletes the instance.
  void useInstance() {
    size_t at = input_.byte() % instances_.size();
    if (instances_[at] == nullptr) return;
    if (input_.byte() % 4 != 0) {
      CHECK(take(wasm2obj_instance_collect(instances_[at])));
    } else {
      wasm2obj_instance_delete(instances_[at]);
      instances_[at] = nullptr;
    }
    for (const Pointer& pointer : pointers_) CHECK(pointer.finalized <= pointer.made);
    for (const wasm2obj_ref_t* ref : refs_) checkAlive(ref);
  }
  // A reference with a finalizer has its pointer, unless its instance has been deleted.
  void checkAlive(const wasm2obj_ref_t* ref) const {
    auto* host = static_cast<Pointer*>(wasm2obj_ref_host(ref));
    auto isOurs = [host](const Pointer& pointer) { return &pointer == host; };
    auto found = std::ranges::find_if(pointers_, isOurs);
    if (found != pointers_.end()) CHECK(found->finalized < found->made);
  }

  fuzz::Input& input_;
  std::array<Pointer, 3> pointers_;
  std::array<wasm2obj_instance_t*, 2> instances_ = {};
  std::array<wasm2obj_ref_t*, kRefs> refs_ = {};
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  constexpr int kMostSteps = 64;
  fuzz::Input input(data, size);
  Session session(input);
  for (int i = 0; i < kMostSteps && !input.isAtEnd(); ++i) session.step();
  return 0;
}
