// The user that has all rights on this machine.
#pragma once

#include <sys/types.h>

namespace loader {

// Returns the id of the owner of the root directory. Outside of user namespaces it is 0. In a user
// namespace that has no id for root, files of root have the id of all users that it has none for.
uid_t rootUser();

}  // namespace loader
