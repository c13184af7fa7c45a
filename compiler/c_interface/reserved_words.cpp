// The words that cannot be names of functions in C or C++.
#include <algorithm>
#include <string_view>

#include "compiler/c_interface/names.h"

namespace c_interface {
namespace {

// clang-format off

// The keywords of C up to C23 and of C++ up to C++26. Sorted.
constexpr std::string_view kKeywords[] = {
    "_Alignas", "_Alignof", "_Atomic", "_BitInt", "_Bool", "_Complex", "_Decimal128", "_Decimal32",
    "_Decimal64", "_Generic", "_Imaginary", "_Noreturn", "_Static_assert", "_Thread_local",
    "alignas", "alignof", "and", "and_eq", "asm", "auto", "bitand", "bitor", "bool", "break",
    "case", "catch", "char", "char16_t", "char32_t", "char8_t", "class", "co_await", "co_return",
    "co_yield", "compl", "concept", "const", "const_cast", "consteval", "constexpr", "constinit",
    "continue", "contract_assert", "decltype", "default", "delete", "do", "double", "dynamic_cast",
    "else", "enum", "explicit", "export", "extern", "false", "float", "for", "friend", "goto", "if",
    "inline", "int", "long", "mutable", "namespace", "new", "noexcept", "not", "not_eq", "nullptr",
    "operator", "or", "or_eq", "private", "protected", "public", "register", "reinterpret_cast",
    "requires", "restrict", "return", "short", "signed", "sizeof", "static", "static_assert",
    "static_cast", "struct", "switch", "template", "this", "thread_local", "throw", "true", "try",
    "typedef", "typeid", "typename", "typeof", "typeof_unqual", "union", "unsigned", "using",
    "virtual", "void", "volatile", "wchar_t", "while", "xor", "xor_eq",
};

// Macros with small letters: of the C library's headers in C++, where the functions of a class are
// not prefixed; of those in C the names with an underscore, which could also be a prefix and a
// name; and of compilers for the machine and the system. Sorted.
constexpr std::string_view kMacros[] = {
    "L_ctermid", "L_cuserid", "L_tmpnam", "P_tmpdir", "alloca", "arm", "assert", "assert_perror",
    "atomic_compare_exchange_strong", "atomic_compare_exchange_strong_explicit",
    "atomic_compare_exchange_weak", "atomic_compare_exchange_weak_explicit", "atomic_exchange",
    "atomic_exchange_explicit", "atomic_fetch_add", "atomic_fetch_add_explicit", "atomic_fetch_and",
    "atomic_fetch_and_explicit", "atomic_fetch_or", "atomic_fetch_or_explicit", "atomic_fetch_sub",
    "atomic_fetch_sub_explicit", "atomic_fetch_xor", "atomic_fetch_xor_explicit",
    "atomic_flag_clear", "atomic_flag_clear_explicit", "atomic_flag_test_and_set",
    "atomic_flag_test_and_set_explicit", "atomic_init", "atomic_is_lock_free", "atomic_load",
    "atomic_load_explicit", "atomic_signal_fence", "atomic_store", "atomic_store_explicit",
    "atomic_thread_fence", "b64_ntop", "b64_pton", "be16toh", "be32toh", "be64toh", "clrbit",
    "d_fileno", "dn_count_labels", "errno", "fmaximum_mag", "fmaximum_mag_num", "fmaximum_num",
    "fminimum_mag", "fminimum_mag_num", "fminimum_num", "fp_nquery", "fp_query", "fp_resstat",
    "h_addr", "h_errno", "hostalias", "howmany", "htobe16", "htobe32", "htobe64", "htole16",
    "htole32", "htole64", "i386", "isalnum_l", "isalpha_l", "isascii_l", "isblank_l", "isclr",
    "iscntrl_l", "isdigit_l", "isgraph_l", "islower_l", "isprint_l", "ispunct_l", "isset",
    "isspace_l", "issubnormal", "isupper_l", "isxdigit_l", "kill_dependency", "le16toh", "le32toh",
    "le64toh", "linux", "loc_aton", "loc_ntoa", "major", "makedev", "math_errhandling", "minor",
    "mips", "noreturn", "ns_msg_base", "ns_msg_count", "ns_msg_end", "ns_msg_id", "ns_msg_size",
    "ns_rr_class", "ns_rr_name", "ns_rr_rdata", "ns_rr_rdlen", "ns_rr_ttl", "ns_rr_type", "nsaddr",
    "p_cdname", "p_cdnname", "p_class", "p_fqname", "p_fqnname", "p_option", "p_query", "p_rcode",
    "p_time", "p_type", "powerof2", "pthread_cleanup_pop", "pthread_cleanup_pop_restore_np",
    "pthread_cleanup_push", "pthread_cleanup_push_defer_np", "putlong", "putshort", "res_close",
    "res_hostalias", "res_init", "res_isourserver", "res_nameinquery", "res_nclose", "res_ninit",
    "res_queriesmatch", "res_randomid", "roundup", "s6_addr", "s6_addr16", "s6_addr32",
    "sa_handler", "sa_sigaction", "sched_priority", "setbit", "setjmp", "si_addr", "si_addr_lsb",
    "si_arch", "si_band", "si_call_addr", "si_fd", "si_int", "si_lower", "si_overrun", "si_pid",
    "si_pkey", "si_ptr", "si_status", "si_stime", "si_syscall", "si_timerid", "si_uid", "si_upper",
    "si_utime", "si_value", "sigev_notify_attributes", "sigev_notify_function", "sigmask",
    "sigsetjmp", "sparc", "st_atime", "st_ctime", "st_mtime", "stderr", "stdin", "stdout",
    "strdupa", "strndupa", "sym_ntop", "sym_ntos", "sym_ston", "timeradd", "timerclear", "timercmp",
    "timerisset", "timersub", "toascii_l", "unix", "va_arg", "va_copy", "va_end", "va_start", "vax",
};

// clang-format on

// Returns whether it is a macro of <stdint.h>, which the headers include, as INT8_MAX and SIZE_MAX.
bool isIntegerMacro(std::string_view word) {
  size_t underscore = word.rfind('_');
  if (underscore == word.npos) return false;
  constexpr std::string_view kSuffixes[] = {"C", "MAX", "MIN", "WIDTH"};
  constexpr std::string_view kTypes[] = {"INT",  "UINT",  "PTRDIFF", "SIG_ATOMIC",
                                         "SIZE", "WCHAR", "WINT"};
  std::string_view type = word.substr(0, underscore);
  bool isOfType = std::ranges::any_of(kTypes, [&](auto name) { return type.starts_with(name); });
  return isOfType &&
         std::ranges::find(kSuffixes, word.substr(underscore + 1)) != std::end(kSuffixes);
}

}  // namespace

bool isReserved(std::string_view word) {
  return std::ranges::binary_search(kKeywords, word) || std::ranges::binary_search(kMacros, word) ||
         isIntegerMacro(word);
}

}  // namespace c_interface
