#include "loader/embed/typed/caller.h"

#include "loader/embed/instance.h"
#include "runtime/instance/context.h"
#include "runtime/instance/instance.h"

using embed::callerOf;

wasm2obj_instance_t& embed::instanceOf(const runtime::Caller& caller) {
  return *static_cast<wasm2obj_instance_t*>(runtime::instanceOf(caller.caller).env());
}

void* wasm2obj_caller_env(const wasm2obj_caller_t* caller) { return callerOf(caller).env; }

wasm2obj_instance_t* wasm2obj_caller_instance(const wasm2obj_caller_t* caller) {
  return &embed::instanceOf(callerOf(caller));
}

void* wasm2obj_caller_memory(const wasm2obj_caller_t* caller, size_t* size) {
  runtime::MemoryView memory = runtime::callerMemory(callerOf(caller));
  *size = memory.size;
  return memory.base;
}

wasm2obj_slot_t* wasm2obj_caller_results(const wasm2obj_caller_t* caller) {
  return reinterpret_cast<wasm2obj_slot_t*>(callerOf(caller).state->results);
}

void wasm2obj_caller_trap(wasm2obj_caller_t* caller, const char* message) {
  requestTrap(callerOf(caller), message);
}

void wasm2obj_caller_exit(wasm2obj_caller_t* caller, int32_t status) {
  requestExit(callerOf(caller), status);
}
