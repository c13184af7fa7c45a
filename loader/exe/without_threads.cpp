#include "loader/exe/threads.h"

program::RunThreads* const exe::kRunThreads = nullptr;
