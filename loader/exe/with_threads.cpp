#include "loader/exe/threads.h"
#include "loader/program/threaded_run.h"

program::RunThreads* const exe::kRunThreads = program::runThreads;
