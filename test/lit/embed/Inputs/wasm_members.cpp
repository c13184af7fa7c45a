// Has all functions of wasm.hh if it is compiled with -fkeep-inline-functions.
#include "loader/standard/wasm.hh"
#include "test/embed/standard/cpp/element.h"

template class wasm::vec<Element>;
