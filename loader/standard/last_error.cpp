#include "loader/standard/last_error.h"

#include <utility>

#include "loader/embed/wasm2obj.h"

namespace standard {
namespace {

std::string& lastError() {
  thread_local std::string text;
  return text;
}

}  // namespace

void setLastError(std::string text) { lastError() = std::move(text); }

}  // namespace standard

const char* wasm2obj_last_error() { return standard::lastError().c_str(); }
