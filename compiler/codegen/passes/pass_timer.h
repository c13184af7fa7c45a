// The processor time of each pass, for --time-passes.
#pragma once

#include <llvm/ADT/SmallVector.h>
#include <llvm/IR/PassInstrumentation.h>

#include <string>

#include "runtime/base/phase_timer.h"

namespace codegen {

// Reports the time that each pass and each analysis of a pipeline takes, without that of others
// which it runs. Belongs to one thread.
class PassTimer {
 public:
  // `report`, which must outlive the object, is called with each name as often as it runs.
  explicit PassTimer(const base::TimeCallback& report) : report_(report) {}
  // The object must outlive the callbacks.
  void observe(llvm::PassInstrumentationCallbacks& callbacks);

 private:
  void begin(llvm::StringRef name);
  void end();
  // Reports the time since the last call as that of the innermost pass.
  void charge();

  const base::TimeCallback& report_;
  llvm::SmallVector<std::string, 8> running_;  // the innermost is the last
  double last_ = 0;
};

// Makes LLVM measure the passes of code emission, in all of the process, from now on.
void measureEmission();
// Reports what has been measured since the last call; user time of the process.
void reportEmission(const base::TimeCallback& report);

}  // namespace codegen
