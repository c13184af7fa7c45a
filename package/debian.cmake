# The packages of Debian's that CPack makes of the components.
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME wasm2obj)
set(CPACK_PACKAGE_VENDOR wasm2obj)
set(CPACK_PACKAGE_CONTACT "wasm2obj maintainers <maintainers@wasm2obj.invalid>" CACHE STRING
    "The maintainer of the packages")
set(CPACK_PACKAGE_VERSION "${PROJECT_VERSION}")
set(CPACK_DEBIAN_PACKAGE_RELEASE 1 CACHE STRING "Counts the packages of the same version")
set(CPACK_STRIP_FILES ON)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_COMPRESSION_TYPE xz)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
set(CPACK_DEBIAN_PACKAGE_SOURCE wasm2obj)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_POST_BUILD_SCRIPTS "${CMAKE_CURRENT_SOURCE_DIR}/debian/finish.cmake")
set(CPACK_COMPONENTS_ALL "")
set(full_version "${CPACK_PACKAGE_VERSION}-${CPACK_DEBIAN_PACKAGE_RELEASE}")

# The files that every package has. string(TIMESTAMP) takes the time from SOURCE_DATE_EPOCH.
find_program(GZIP gzip REQUIRED)
string(TIMESTAMP now "%a, %d %b %Y %H:%M:%S +0000" UTC)
string(TIMESTAMP year "%Y" UTC)
configure_file(debian/changelog.in debian/changelog.Debian @ONLY)
configure_file(debian/copyright.in debian/copyright @ONLY)
execute_process(COMMAND "${GZIP}" -9nf "${CMAKE_CURRENT_BINARY_DIR}/debian/changelog.Debian"
                COMMAND_ERROR_IS_FATAL ANY)

# debian_package(COMPONENT NAME SECTION [DEPENDS text] [RECOMMENDS text] [SUGGESTS text]
#                DESCRIPTION text...): a package of the files of a component. The words of the
# description are lines, of which the first is the summary. The package depends on the libraries
# that its programs are linked with, too.
macro(debian_package component package section)
  cmake_parse_arguments(ARG "" "DEPENDS;RECOMMENDS;SUGGESTS" "DESCRIPTION" ${ARGN})
  list(APPEND CPACK_COMPONENTS_ALL ${component})
  string(TOUPPER "CPACK_DEBIAN_${component}" prefix)
  set(${prefix}_PACKAGE_NAME ${package})
  set(${prefix}_PACKAGE_SECTION ${section})
  list(JOIN ARG_DESCRIPTION "\n" ${prefix}_DESCRIPTION)
  foreach(relation DEPENDS RECOMMENDS SUGGESTS)
    if(ARG_${relation})
      set(${prefix}_PACKAGE_${relation} "${ARG_${relation}}")
    endif()
  endforeach()
  install(FILES "${CMAKE_CURRENT_BINARY_DIR}/debian/changelog.Debian.gz"
                "${CMAKE_CURRENT_BINARY_DIR}/debian/copyright"
          DESTINATION "${CMAKE_INSTALL_DATADIR}/doc/${package}" COMPONENT ${component})
  # What lintian should not object to, with the reasons.
  install(FILES "${CMAKE_CURRENT_SOURCE_DIR}/debian/${package}.lintian-overrides"
          DESTINATION "${CMAKE_INSTALL_DATADIR}/lintian/overrides" RENAME ${package}
          COMPONENT ${component})
endmacro()

# Gives the package of a component what those of shared libraries have.
macro(add_shared_library component name)
  set(name ${name})
  configure_file(debian/shlibs.in debian/${name}/shlibs @ONLY)
  set(CPACK_DEBIAN_${component}_PACKAGE_CONTROL_EXTRA
      "${CMAKE_CURRENT_SOURCE_DIR}/debian/triggers"
      "${CMAKE_CURRENT_BINARY_DIR}/debian/${name}/shlibs")
endmacro()

if(WASM2OBJ_COMPILER)
  debian_package(
    compiler wasm2obj devel RECOMMENDS "wasmrun (= ${full_version})"
    SUGGESTS "libwasmrt-dev (= ${full_version})"
    DESCRIPTION "ahead-of-time compiler for WebAssembly"
                "wasm2obj compiles a WebAssembly module, in the binary or the text format,"
                "to native code by LLVM: to an artifact that wasmrun and programs with"
                "libwasmrt load, to a static executable, or to an object file for programs"
                "in C and C++."
                "."
                "It supports WebAssembly 3.0, among others garbage collection, exceptions"
                "and vectors, and WASI preview 1.")
endif()

debian_package(
  wasmrun wasmrun utils RECOMMENDS "wasm2obj (= ${full_version})"
  DESCRIPTION "runs WebAssembly modules as native code"
              "wasmrun loads modules that wasm2obj has compiled and runs them like"
              "programs, with WASI preview 1. A guest has access only to what the command"
              "line grants: the standard streams, and directories, variables and sockets"
              "that it names."
              "."
              "It contains no compiler. If wasm2obj is installed, wasmrun also runs"
              "modules that have not been compiled, and keeps their code in a cache.")

set(library "libwasmrt${WASMRT_INTERFACE}")
debian_package(
  library ${library} libs
  DESCRIPTION "runs WebAssembly modules inside of programs"
              "libwasmrt has a C interface to load modules that wasm2obj has compiled,"
              "and to run them in the process of a program, with WASI preview 1. A guest"
              "has access only to what the program grants."
              "."
              "This package has the shared library.")
add_shared_library(LIBRARY libwasmrt)

debian_package(
  development libwasmrt-dev libdevel DEPENDS "${library} (= ${full_version}), libc6-dev"
  SUGGESTS "wasm2obj (= ${full_version}), pkg-config, cmake"
  DESCRIPTION "runs WebAssembly modules inside of programs - development files"
              "libwasmrt has a C interface to load modules that wasm2obj has compiled,"
              "and to run them in the process of a program, with WASI preview 1. A guest"
              "has access only to what the program grants."
              "."
              "This package has the header, the static library, and files for pkg-config"
              "and CMake.")

if(WASM2OBJ_COMPILER)
  set(compiler_library "libwasm2obj${WASMRT_INTERFACE}")
  debian_package(
    compiler_library ${compiler_library} libs
    DESCRIPTION "compiles and runs WebAssembly modules inside of programs"
                "libwasm2obj has the C interfaces of libwasmrt, among them the standard C API"
                "wasm.h, and the compiler, so that programs run modules that have not been"
                "compiled."
                "."
                "This package has the shared library.")
  add_shared_library(COMPILER_LIBRARY libwasm2obj)
  debian_package(
    compiler_development libwasm2obj-dev libdevel
    DEPENDS "${compiler_library} (= ${full_version}), libwasmrt-dev (= ${full_version})"
    DESCRIPTION "compiles and runs WebAssembly modules inside of programs - development"
                "libwasm2obj has the C interfaces of libwasmrt, among them the standard C API"
                "wasm.h, and the compiler, so that programs run modules that have not been"
                "compiled."
                "."
                "This package has what links with it. The headers are in libwasmrt-dev.")
endif()

if(TARGET wasm2obj_crun)
  debian_package(
    crun wasm2obj-crun utils DEPENDS "crun (>= 1.8.1)" SUGGESTS "wasm2obj (= ${full_version})"
    DESCRIPTION "runs WebAssembly modules in containers of crun"
                "A handler for crun, the program with which podman, containerd and"
                "Kubernetes start containers. Containers whose entry point is a WebAssembly"
                "module, or one that wasm2obj has compiled, run as native code, isolated"
                "like all others."
                "."
                "The handler contains the runtime, but no compiler. If wasm2obj is"
                "installed, modules that have not been compiled are, once on each machine.")
endif()

include(CPack)
