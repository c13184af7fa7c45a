#include "compiler/driver/sign.h"

#include "compiler/driver/output_file.h"
#include "loader/signature/key_file.h"
#include "loader/signature/signed_file.h"
#include "loader/verify/verify.h"
#include "runtime/base/file_content.h"
#include "runtime/base/file_kind.h"

namespace driver {
namespace {

using base::Result;

Result<base::Bytes> addSignature(base::ByteView file, const loader::PrivateKey& key) {
  if (base::fileKind(file) != base::FileKind::Elf)
    return base::Error{"",
                       "is not an artifact, which is what can be signed: compile it first, with "
                       "wasm2obj FILE -o FILE.so"};
  TRY_ASSIGN(loader::SignedFile parts, loader::SignedFile::split(file));
  // What the loader would refuse is not signed.
  TRY(loader::verifyArtifact(parts.content, loader::Host::Any));
  TRY(parts.sign(key));
  return parts.join();
}

}  // namespace

Result<void> signFile(const SignRequest& request) {
  TRY_ASSIGN(loader::PrivateKey key, loader::readPrivateKey(request.key));
  TRY_ASSIGN(base::FileContent content, base::FileContent::readRegular(request.file));
  auto made = addSignature(content.bytes(), key);
  if (!made) return base::Error{request.file, made.error().message};
  TRY_ASSIGN(OutputFile output, OutputFile::create(request.output));
  std::string_view text = base::asText(*made);
  TRY(output.write({text.data(), text.size()}));
  return output.commit(true);
}

}  // namespace driver
