// Fuzzes the C interface (wasm2obj.h) with sequences of calls that respect its rules, and guests
// that return, trap, exit and use WASI. Nothing may crash, hang or leak, and every failure must be
// reported as an error with a message.
#include <fcntl.h>
#include <unistd.h>

#include <cstring>
#include <iterator>
#include <string>

#include "loader/embed/wasm2obj.h"
#include "runtime/base/check.h"
#include "test/fuzz/artifact_of.h"
#include "test/fuzz/input.h"

namespace {

// A guest with functions of several types, which end in all possible ways.
constexpr char kCommand[] = R"((module
  (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_read" (func $read (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
  (import "wasi_snapshot_preview1" "path_open"
    (func $open (param i32 i32 i32 i32 i32 i64 i64 i32 i32) (result i32)))
  (memory (export "memory") 1 4)
  (data (i32.const 0) "\10\00\00\00\08\00\00\00")
  (data (i32.const 16) "written\0a")
  (func (export "_start")
    (drop (call $write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8)))
    (if (i32.eqz (call $read (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 8)))
      (then (call $exit (i32.load (i32.const 8))))))
  (func (export "write") (param i32) (result i32)
    (call $write (local.get 0) (i32.const 0) (i32.const 1) (i32.const 8)))
  (func (export "read") (param i32) (result i32)
    (call $read (local.get 0) (i32.const 0) (i32.const 1) (i32.const 8)))
  (func (export "open") (param i32) (result i32)
    (call $open (local.get 0) (i32.const 0) (i32.const 16) (i32.const 4) (i32.const 9)
                (i64.const -1) (i64.const -1) (i32.const 0) (i32.const 8)))
  (func (export "exit") (param i32) (call $exit (local.get 0)))
  (func (export "trap") (unreachable))
  (func (export "load") (param i32) (result i32) (i32.load (local.get 0)))
  (func (export "grow") (param i32) (result i32) (memory.grow (local.get 0)))
  (func $recurse (export "recurse") (param i32) (result i32)
    (i32.add (i32.const 1) (call $recurse (local.get 0))))
  (func (export "several") (param i32 i64 f32 f64) (result f64 f32 i64 i32)
    (local.get 3) (local.get 2) (local.get 1) (local.get 0))
  (func (export "vector") (result v128) (v128.const i64x2 1 2))
  (func (export "nothing"))))";

// A guest without _start, whose _initialize is called by the instantiation.
constexpr char kReactor[] = R"((module
  (import "wasi_snapshot_preview1" "random_get" (func $random (param i32 i32) (result i32)))
  (memory (export "memory") 1)
  (func (export "_initialize") (drop (call $random (i32.const 0) (i32.const 64))))
  (func (export "load") (param i32) (result i32) (i32.load (local.get 0)))))";

constexpr char kTrapsAtStart[] = "(module (func $start (unreachable)) (start $start))";
constexpr char kUnknownImport[] = "(module (import \"env\" \"f\" (func)))";

constexpr const char* kFunctions[] = {"_start", "write",   "read",   "open",    "exit",
                                      "trap",   "load",    "grow",   "recurse", "several",
                                      "vector", "nothing", "memory", "",        "missing"};
constexpr const char* kPaths[] = {"/tmp", "/", "/nowhere", "/dev/null", ".", ""};
constexpr size_t kSlots = 3;  // the number of objects of each type

// A callback for standard input: fails with EIO, is at the end, or fills the buffer.
ptrdiff_t readCall(void* env, void* into, size_t size) {
  auto* input = static_cast<uint8_t*>(env);
  if (*input % 3 == 0) return -5;
  if (*input % 3 == 1) return 0;
  std::memset(into, 'r', size);
  return static_cast<ptrdiff_t>(size);
}

// A callback for output: fails with ENOSPC, or accepts everything.
ptrdiff_t writeCall(void* env, const void*, size_t size) {
  return *static_cast<uint8_t*>(env) % 2 == 0 ? -28 : static_cast<ptrdiff_t>(size);
}

// Holds some objects of each type and makes the calls that the input selects.
class Session {
 public:
  explicit Session(fuzz::Input& input) : input_(input), answer_(input.byte()) {}
  // Deletes all objects. Instances keep what they need of modules and WASI, so any order is right.
  ~Session() {
    for (auto* instance : instances_) wasm2obj_instance_delete(instance);
    for (auto* module : modules_) wasm2obj_module_delete(module);
    for (auto* wasi : wasis_) wasm2obj_wasi_delete(wasi);
    for (auto* buffer : buffers_) wasm2obj_buffer_delete(buffer);
  }
  Session(const Session&) = delete;

  void step() {
    switch (input_.byte() % 12) {
      case 0:
        return openModule();
      case 1:
      case 2:
        return makeInstance();
      case 3:
        return run();
      case 4:
      case 5:
      case 6:
        return call();
      case 7:
        return changeWasi();
      case 8:
        return changeStreams();
      case 9:
        return useMemory();
      case 10:
        return useBuffer();
      default:
        return remove();
    }
  }

 private:
  size_t slot() { return input_.byte() % kSlots; }

  // Checks all properties of the error, which may be null, and deletes it.
  static void take(wasm2obj_error_t* error) {
    if (error == nullptr) return;
    CHECK(std::strlen(wasm2obj_error_text(error)) > 0);
    CHECK(wasm2obj_error_kind(error) == WASM2OBJ_ERROR_EXIT ||
          wasm2obj_error_exit_status(error) == 0);
    wasm2obj_error_delete(error);
  }

  // Opens an artifact that is intact, cut off or damaged, or a file that is no artifact.
  void openModule() {
    static const base::Bytes kArtifacts[] = {fuzz::artifactOf(kCommand), fuzz::artifactOf(kReactor),
                                             fuzz::artifactOf(kTrapsAtStart),
                                             fuzz::artifactOf(kUnknownImport)};
    base::Bytes bytes = kArtifacts[input_.byte() % std::size(kArtifacts)];
    uint8_t damage = input_.byte();
    if (damage < 16) bytes.resize(bytes.size() * damage / 16);
    if (damage >= 16 && damage < 32) bytes[input_.word() % bytes.size()] ^= damage;
    wasm2obj_module_t* module = nullptr;
    wasm2obj_error_t* error =
        damage == 255 ? wasm2obj_module_open(kPaths[input_.byte() % std::size(kPaths)], &module)
                      : wasm2obj_module_open_bytes(bytes.data(), bytes.size(), &module);
    CHECK((error == nullptr) == (module != nullptr));
    take(error);
    if (module == nullptr) return;
    wasm2obj_module_t*& place = modules_[slot()];
    wasm2obj_module_delete(place);
    place = module;
  }

  // Returns a WASI configuration, which is created if the slot is empty.
  wasm2obj_wasi_t* wasi() {
    wasm2obj_wasi_t*& place = wasis_[slot()];
    if (place == nullptr) place = wasm2obj_wasi_new();
    return place;
  }

  void makeInstance() {
    if (modules_[0] == nullptr) openModule();
    wasm2obj_module_t* module = modules_[slot()];
    if (module == nullptr) return;
    wasm2obj_instance_t* instance = nullptr;
    wasm2obj_error_t* error = wasm2obj_instance_new(module, wasi(), &instance);
    CHECK((error == nullptr) == (instance != nullptr));
    take(error);
    if (instance == nullptr) return;
    wasm2obj_instance_t*& place = instances_[slot()];
    wasm2obj_instance_delete(place);
    place = instance;
  }

  void run() {
    wasm2obj_instance_t* instance = instances_[slot()];
    int32_t status = 0;
    if (instance != nullptr) take(wasm2obj_instance_run(instance, &status));
  }

  void call() {
    constexpr wasm2obj_type_t kTypes[] = {WASM2OBJ_I32, WASM2OBJ_I64, WASM2OBJ_F32, WASM2OBJ_F64};
    wasm2obj_instance_t* instance = instances_[slot()];
    if (instance == nullptr) return;
    const char* name = kFunctions[input_.byte() % std::size(kFunctions)];
    // Often what the functions expect: one i32, or one number of each type.
    size_t count = input_.byte() % 6;
    wasm2obj_value_t arguments[5] = {}, results[5] = {};
    for (size_t i = 0; i < count && i < 5; ++i) {
      arguments[i].type = kTypes[i % 4];
      arguments[i].of.i64 =
          input_.byte() < 128 ? input_.byte() : static_cast<int64_t>(input_.word());
    }
    take(wasm2obj_instance_call(instance, name, arguments, std::min<size_t>(count, 5), results,
                                input_.byte() % 6));
  }

  void changeWasi() {
    wasm2obj_wasi_t* it = wasi();
    switch (input_.byte() % 6) {
      case 0:
        return wasm2obj_wasi_argument(it, kFunctions[input_.byte() % std::size(kFunctions)]);
      case 1:
        return wasm2obj_wasi_variable(it, "NAME", kPaths[input_.byte() % std::size(kPaths)]);
      case 2:
        return wasm2obj_wasi_directory(it, kPaths[input_.byte() % std::size(kPaths)],
                                       kPaths[input_.byte() % std::size(kPaths)], true);
      case 3:
        return wasm2obj_wasi_pin_clocks(it, input_.word(), input_.byte());
      case 4:
        return wasm2obj_wasi_pin_random(it, input_.word());
      default:
        return wasm2obj_wasi_trace(it, null());
    }
  }

  void changeStreams() {
    wasm2obj_wasi_t* it = wasi();
    auto which = static_cast<wasm2obj_stream_t>(input_.byte() % 3);
    bool isInput = which == WASM2OBJ_STDIN;
    switch (input_.byte() % 5) {
      case 0:
        return wasm2obj_wasi_stream_fd(it, which, null());
      case 1:
        return wasm2obj_wasi_stream_file(it, which,
                                         isInput ? kPaths[input_.byte() % 6] : "/dev/null");
      case 2:
        return wasm2obj_wasi_stdin_bytes(it, "some input", input_.byte() % 11u);
      case 3:
        if (isInput) return wasm2obj_wasi_stdin_calls(it, readCall, &answer_, nullptr);
        return wasm2obj_wasi_stream_calls(it, which, writeCall, &answer_, nullptr);
      default:
        if (!isInput) wasm2obj_wasi_stream_buffer(it, which, buffer());
    }
  }

  wasm2obj_buffer_t* buffer() {
    wasm2obj_buffer_t*& place = buffers_[slot()];
    if (place == nullptr) place = wasm2obj_buffer_new(input_.byte());
    return place;
  }

  void useBuffer() {
    const wasm2obj_buffer_t* it = buffer();
    size_t size = wasm2obj_buffer_size(it);
    const char* bytes = wasm2obj_buffer_bytes(it);
    for (size_t i = 0; i < size; ++i) answer_ = static_cast<uint8_t>(answer_ + bytes[i]);
  }

  // Writes to the guest's memory. Instances without a memory have size 0.
  void useMemory() {
    wasm2obj_instance_t* instance = instances_[slot()];
    if (instance == nullptr) return;
    size_t size = 0;
    auto* bytes = static_cast<uint8_t*>(wasm2obj_instance_memory(instance, &size));
    CHECK((bytes == nullptr) == (size == 0));
    if (size > 0) bytes[input_.word() % size] = input_.byte();
  }

  // Deletes an object, even if others were made from it.
  void remove() {
    size_t at = slot();
    switch (input_.byte() % 4) {
      case 0:
        wasm2obj_instance_delete(instances_[at]);
        instances_[at] = nullptr;
        break;
      case 1:
        wasm2obj_module_delete(modules_[at]);
        modules_[at] = nullptr;
        break;
      case 2:
        wasm2obj_wasi_delete(wasis_[at]);
        wasis_[at] = nullptr;
        break;
      default:
        wasm2obj_buffer_delete(buffers_[at]);
        buffers_[at] = nullptr;
    }
  }

  static int null() {
    static const int kNull = ::open("/dev/null", O_RDWR | O_CLOEXEC);
    return kNull;
  }

  fuzz::Input& input_;
  uint8_t answer_;  // the result of the stream callbacks
  wasm2obj_module_t* modules_[kSlots] = {};
  wasm2obj_instance_t* instances_[kSlots] = {};
  wasm2obj_wasi_t* wasis_[kSlots] = {};
  wasm2obj_buffer_t* buffers_[kSlots] = {};
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  constexpr int kMostSteps = 64;
  fuzz::Input input(data, size);
  Session session(input);
  for (int i = 0; i < kMostSteps && !input.isAtEnd(); ++i) session.step();
  return 0;
}
