# Functions to build a part of the project: a library for each directory and a test executable for
# each library.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/bin")

find_package(Threads REQUIRED)
find_package(fmt REQUIRED)

if(WASM2OBJ_TESTS)
  if(CMAKE_CROSSCOMPILING)
    # Debian has GoogleTest as a library for the host, and as sources.
    add_subdirectory(/usr/src/googletest "${CMAKE_BINARY_DIR}/googletest" EXCLUDE_FROM_ALL)
  else()
    find_package(GTest REQUIRED)
  endif()
  include(GoogleTest)
  enable_testing()
endif()

add_library(wasm2obj_flags INTERFACE)
target_include_directories(wasm2obj_flags INTERFACE "${CMAKE_SOURCE_DIR}")
target_compile_options(wasm2obj_flags INTERFACE -Wall -Wextra -Wno-missing-field-initializers)
# Each function has a section of its own, so that linkers leave out those that a program has no use
# for.
target_compile_options(wasm2obj_flags INTERFACE -ffunction-sections -fdata-sections)
if(WASM2OBJ_SANITIZE)
  target_compile_options(wasm2obj_flags INTERFACE -fsanitize=${WASM2OBJ_SANITIZE}
                         -fno-omit-frame-pointer -fno-sanitize-recover=all)
  target_link_options(wasm2obj_flags INTERFACE -fsanitize=${WASM2OBJ_SANITIZE})
endif()

if(WASM2OBJ_FUZZERS)
  # Everything counts coverage; only the fuzzers link libFuzzer's main.
  target_compile_options(wasm2obj_flags INTERFACE -fsanitize=fuzzer-no-link)
endif()

# sources_in(VARIABLE FOLDERS folder... [TESTS] [EXCEPT file...]): sets VARIABLE to the .cpp and .S
# files of these folders that are not tests or, with TESTS, to the *_test.cpp. The next build finds
# files that are added to a folder.
function(sources_in variable)
  cmake_parse_arguments(ARG "TESTS" "" "FOLDERS;EXCEPT" ${ARGN})
  set(patterns "")
  foreach(folder ${ARG_FOLDERS})
    list(APPEND patterns "${folder}/*.cpp" "${folder}/*.S")
  endforeach()
  file(GLOB files CONFIGURE_DEPENDS LIST_DIRECTORIES false RELATIVE "${CMAKE_CURRENT_SOURCE_DIR}"
       ${patterns})
  if(ARG_TESTS)
    list(FILTER files INCLUDE REGEX "_test\\.cpp$")
  else()
    list(FILTER files EXCLUDE REGEX "_test\\.cpp$")
  endif()
  if(ARG_EXCEPT)
    list(REMOVE_ITEM files ${ARG_EXCEPT})
  endif()
  set(${variable} ${files} PARENT_SCOPE)
endfunction()

# wasm2obj_library(NAME [FOLDERS folder...] [EXCEPT file...] DEPS ...): a static library of the
# sources in these folders, by default of the current one. It may include only from DEPS.
function(wasm2obj_library name)
  cmake_parse_arguments(ARG "" "" "FOLDERS;EXCEPT;DEPS" ${ARGN})
  if(NOT ARG_FOLDERS)
    set(ARG_FOLDERS .)
  endif()
  sources_in(sources FOLDERS ${ARG_FOLDERS} EXCEPT ${ARG_EXCEPT})
  add_library(${name} STATIC ${sources})
  target_link_libraries(${name} PUBLIC wasm2obj_flags ${ARG_DEPS})
endfunction()

# optimize_for_size(TARGET [EXCEPT file...]): for code that runs a few times in a process, whose
# size counts more than its time. The files EXCEPT run often.
function(optimize_for_size target)
  cmake_parse_arguments(ARG "" "" "EXCEPT" ${ARGN})
  target_compile_options(${target} PRIVATE $<$<CONFIG:Release>:-Os> -fno-exceptions)
  set_property(SOURCE ${ARG_EXCEPT} APPEND
               PROPERTY COMPILE_OPTIONS $<$<CONFIG:Release>:-O2>)
endfunction()

# The executables for users, without tests.
add_custom_target(products)

# wasm2obj_executable(NAME SOURCES ... DEPS ...): an executable for users, in bin/.
function(wasm2obj_executable name)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPS" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE wasm2obj_flags ${ARG_DEPS})
  add_dependencies(products ${name})
endfunction()

# wasm2obj_test(NAME [FOLDERS folder...] [EXCEPT file...] [SOURCES file...] DEPS ...): a GoogleTest
# executable of the tests in these folders, or of the SOURCES, registered with ctest.
function(wasm2obj_test name)
  if(NOT WASM2OBJ_TESTS)
    return()
  endif()
  cmake_parse_arguments(ARG "" "" "FOLDERS;EXCEPT;SOURCES;DEPS" ${ARGN})
  if(NOT ARG_SOURCES AND NOT ARG_FOLDERS)
    set(ARG_FOLDERS .)
  endif()
  if(ARG_FOLDERS)
    sources_in(tests TESTS FOLDERS ${ARG_FOLDERS} EXCEPT ${ARG_EXCEPT})
  endif()
  add_executable(${name} ${tests} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE wasm2obj_flags ${ARG_DEPS} GTest::gtest_main)
  if(CMAKE_CROSSCOMPILING)
    # The emulator needs no folder for libraries then, in which it would look for all files first.
    target_link_options(${name} PRIVATE -static-pie)
  endif()
  # <cxxabi.h> declares a namespace `abi` as well, and GoogleTest would include it.
  target_compile_definitions(${name} PRIVATE GTEST_HAS_CXXABI_H_=0)
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/unit")
  gtest_discover_tests(${name} DISCOVERY_TIMEOUT 60)
endfunction()

add_custom_target(fuzzers)

# wasm2obj_fuzzer(NAME SOURCES ... DEPS ...): a libFuzzer executable of the `fuzz` preset, in
# fuzzers/, where `./dev fuzz` finds it.
function(wasm2obj_fuzzer name)
  if(NOT WASM2OBJ_FUZZERS)
    return()
  endif()
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPS" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE wasm2obj_flags ${ARG_DEPS})
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/fuzzers")
  target_link_options(${name} PRIVATE -fsanitize=fuzzer)
  add_dependencies(fuzzers ${name})
endfunction()
