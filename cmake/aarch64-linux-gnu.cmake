# Toolchain file to build for AArch64 on Debian of another architecture, with the package
# g++-aarch64-linux-gnu. Of most other packages only headers are used, so the host's are sufficient;
# they are searched after the target's own.
set(CMAKE_SYSTEM_NAME Linux)
set(CMAKE_SYSTEM_PROCESSOR aarch64)
set(CMAKE_C_COMPILER aarch64-linux-gnu-gcc)
set(CMAKE_CXX_COMPILER aarch64-linux-gnu-g++)
set(CMAKE_CROSSCOMPILING_EMULATOR qemu-aarch64)
set(CMAKE_CXX_FLAGS_INIT "-idirafter /usr/include")

# The directory of the host's CMake files of such packages.
cmake_host_system_information(RESULT host QUERY OS_PLATFORM)
list(APPEND CMAKE_PREFIX_PATH "/usr/lib/${host}-linux-gnu/cmake")
# Where `./dev build aarch64` unpacks the libraries that the target needs.
list(APPEND CMAKE_PREFIX_PATH "${CMAKE_CURRENT_LIST_DIR}/../build/aarch64-packages/usr")
