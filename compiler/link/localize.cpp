#include "compiler/link/localize.h"

#include <llvm/ObjCopy/ConfigManager.h>
#include <llvm/ObjCopy/ObjCopy.h>
#include <llvm/Object/ObjectFile.h>
#include <llvm/Support/raw_ostream.h>

namespace linker {

using base::Error;

base::Result<base::Bytes> localizeHidden(base::ByteView object) {
  llvm::StringRef bytes(reinterpret_cast<const char*>(object.data()), object.size());
  auto binary = llvm::object::ObjectFile::createObjectFile({bytes, "object"});
  if (!binary) return Error{"lld", llvm::toString(binary.takeError())};
  llvm::objcopy::ConfigManager config;
  config.ELF.LocalizeHidden = true;
  llvm::SmallVector<char, 0> changed;
  llvm::raw_svector_ostream out(changed);
  if (llvm::Error error = llvm::objcopy::executeObjcopyOnBinary(config, **binary, out)) {
    return Error{"objcopy", llvm::toString(std::move(error))};
  }
  return base::Bytes(changed.begin(), changed.end());
}

}  // namespace linker
