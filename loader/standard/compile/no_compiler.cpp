// The implementation of libwasmrt.
#include "loader/standard/compile/compiler.h"

namespace standard {
namespace {

base::Error noCompiler() {
  return {"",
          "the module is not compiled, and libwasmrt has no compiler: compile it with wasm2obj, or "
          "link with libwasm2obj"};
}

}  // namespace

base::Result<base::Bytes> compile(base::ByteView, std::vector<std::string>) { return noCompiler(); }

base::Result<void> validate(base::ByteView) { return noCompiler(); }

}  // namespace standard
