# Toolchain file to build for AArch64 on Debian of another architecture, with the package
# g++-aarch64-linux-gnu. Only headers of other packages are used, so those of the host will do; they
# are searched after the target's own.
set(CMAKE_SYSTEM_NAME Linux)
set(CMAKE_SYSTEM_PROCESSOR aarch64)
set(CMAKE_C_COMPILER aarch64-linux-gnu-gcc)
set(CMAKE_CXX_COMPILER aarch64-linux-gnu-g++)
set(CMAKE_CXX_FLAGS_INIT "-idirafter /usr/include")

# Where the host's CMake files of such packages are.
cmake_host_system_information(RESULT host QUERY OS_PLATFORM)
list(APPEND CMAKE_PREFIX_PATH "/usr/lib/${host}-linux-gnu/cmake")
