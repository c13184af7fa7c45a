// Names of members, which have no prefix, among macros.
#include <cassert>
#include <cerrno>
#include <cstdio>
#include <names.hpp>

int use(names_guest& names) {
  return names.__(0) + names.errno_(0) + names.stdin_(0) + names.EOF_(0) + names.unix_(0) +
         names.assert_(0) + names.NULL_(0) + names.int_(0) + names.class_(0) + names.new_2(0) +
         names.get_(0) + names.get__(0) + names._2nd(0) + names.get_x(0) +
         static_cast<int>(names.get_x_2() + names.get__x2A__x2F_());
}
