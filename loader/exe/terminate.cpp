// What std::terminate() calls in executables and wasmrun. That of the C++ library prints the name
// of the exception's type; its parser of names would be a thirtieth of the executable. No code of
// the runtime throws, but the library does if there is no memory.
#include <cstdlib>

namespace __gnu_cxx {

void __verbose_terminate_handler() { std::abort(); }

}  // namespace __gnu_cxx
