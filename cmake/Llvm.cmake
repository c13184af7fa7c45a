# LLVM and lld, as shared libraries: the CMake target lldELF pulls in the shared libLLVM, and a
# program with both the shared and the static one aborts at its start.
find_package(LLVM 22.1 REQUIRED CONFIG)
find_package(LLD REQUIRED CONFIG HINTS "${LLVM_INSTALL_PREFIX}/lib/cmake/lld")

add_library(wasm2obj_llvm INTERFACE)
target_include_directories(wasm2obj_llvm SYSTEM INTERFACE ${LLVM_INCLUDE_DIRS})
target_link_libraries(wasm2obj_llvm INTERFACE LLVM)

add_library(wasm2obj_lld INTERFACE)
target_include_directories(wasm2obj_lld SYSTEM INTERFACE ${LLVM_INCLUDE_DIRS})
target_link_libraries(wasm2obj_lld INTERFACE lldELF lldCommon LLVM)

# LLVM's allocators are inline functions that poison memory in programs with AddressSanitizer. The
# libraries have them without, and a program must not have both forms.
if(WASM2OBJ_SANITIZE MATCHES "address" AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  target_compile_options(wasm2obj_llvm INTERFACE -U__SANITIZE_ADDRESS__)
  target_compile_options(wasm2obj_lld INTERFACE -U__SANITIZE_ADDRESS__)
endif()
