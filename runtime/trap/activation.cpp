#include "runtime/trap/activation.h"

namespace runtime {

constinit thread_local Activation* currentActivation = nullptr;

}  // namespace runtime
