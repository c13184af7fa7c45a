#include "loader/host/root_user.h"

#include <sys/stat.h>

namespace loader {

uid_t rootUser() {
  struct stat status;
  return ::stat("/", &status) == 0 ? status.st_uid : 0;
}

}  // namespace loader
