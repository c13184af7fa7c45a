# libsodium for signatures, as a static library: wasmrun depends on no library but the C library.
find_path(SODIUM_INCLUDE_DIR sodium.h)
find_library(SODIUM_LIBRARY libsodium.a)
if(NOT SODIUM_INCLUDE_DIR OR NOT SODIUM_LIBRARY)
  message(FATAL_ERROR
          "libsodium.a for ${CMAKE_SYSTEM_PROCESSOR} is missing, which checks signatures. Debian's "
          "package is libsodium-dev; for another machine than this, `./dev build aarch64` unpacks "
          "it to build/aarch64-packages. Elsewhere give SODIUM_INCLUDE_DIR and SODIUM_LIBRARY.")
endif()

add_library(wasm2obj_sodium INTERFACE)
target_include_directories(wasm2obj_sodium SYSTEM INTERFACE "${SODIUM_INCLUDE_DIR}")
# The C library comes behind it: on AArch64 its dynamic linker has a symbol that this library needs.
target_link_libraries(wasm2obj_sodium INTERFACE "${SODIUM_LIBRARY}" c)
