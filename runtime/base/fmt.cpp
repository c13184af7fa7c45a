// The implementation of the fmt library, as its own source file format.cc has it, but without
// locales, long double and integers of 128 bits. The project does not use them, and locales would
// link large parts of the C++ library.
#define FMT_STATIC_THOUSANDS_SEPARATOR ','
#define FMT_USE_LONG_DOUBLE 0
#define FMT_USE_INT128 0
#include <fmt/format-inl.h>

FMT_BEGIN_NAMESPACE
namespace detail {

template FMT_API auto thousands_sep_impl(locale_ref) -> thousands_sep_result<char>;
template FMT_API auto decimal_point_impl(locale_ref) -> char;

}  // namespace detail
FMT_END_NAMESPACE
