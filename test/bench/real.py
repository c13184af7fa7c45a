"""The real programs. Libraries are taken as a portable build has them: without assembly and
without the vector instructions of one machine, so that all columns compile the same source. Yet
some of them ask how wide a pointer is, and do with 32 bits what they do with 64 natively; the rows
that say so below are at a disadvantage in WebAssembly that no compiler can make up for."""

from real_program import RealProgram, defines, real

ZLIB = ("zlib/*.c",)
NO_CXX_ERRORS = ("-fno-exceptions",)
SODIUM = ("libsodium/src/libsodium/include", "libsodium/src/libsodium/include/sodium")
SODIUM_SOURCES = tuple(
    f"libsodium/src/libsodium/{name}.c"
    for name in (
        "sodium/utils",
        "sodium/core",
        "sodium/runtime",
        "randombytes/randombytes",
        "randombytes/sysrandom/randombytes_sysrandom",
        "crypto_verify/sodium/verify",
    )
)
ED25519_SOURCES = (
    "libsodium/src/libsodium/crypto_sign/ed25519/ref10/*.c",
    "libsodium/src/libsodium/crypto_core/ed25519/ref10/*.c",
    "libsodium/src/libsodium/crypto_scalarmult/curve25519/*.c",
    "libsodium/src/libsodium/crypto_scalarmult/curve25519/ref10/*.c",
    "libsodium/src/libsodium/crypto_hash/sha512/*/*.c",
    *SODIUM_SOURCES,
)
ED25519 = {
    "includes": (*SODIUM, "libsodium/src/libsodium/include/sodium/private"),
    "headers": {"version.h": "\n", "sodium/version.h": "\n"},
}

COMPRESSORS = [
    # 32-bit: reads its bit streams by 32 bits instead of 64.
    real(
        "zstd",
        "sha256:ea339c3fb6482fe0",
        "libzstd",
        ("libzstd/lib/common/*.c", "libzstd/lib/compress/*.c", "libzstd/lib/decompress/*.c"),
        "-DZSTD_DISABLE_ASM",
        "-DZSTD_NO_INTRINSICS",
        "-DDYNAMIC_BMI2=0",
        includes=("libzstd/lib",),
    ),
    # 32-bit: another kind of hash table, and matches are compared by 4 bytes instead of 8.
    real("lz4", "f44f212a", "lz4", ("lz4/lib/lz4.c", "lz4/lib/lz4hc.c"), includes=("lz4/lib",)),
    real(
        "bzip2",
        "316564 dbdf81dc",
        "bzip2",
        tuple(
            f"bzip2/{name}.c"
            for name in (
                "blocksort",
                "bzlib",
                "compress",
                "crctable",
                "decompress",
                "huffman",
                "randtable",
            )
        ),
        "-DBZ_NO_STDIO",
        includes=("bzip2",),
    ),
    real(
        "zlib", "sha256:28c4637a9ea39a09", "zlib", ZLIB, includes=("zlib",), without=("zlib/gz*.c",)
    ),
    # 32-bit: reads its bit stream by 32 bits instead of 64.
    real(
        "brotli",
        "e0515e51",
        "brotli",
        ("brotli/c/common/*.c", "brotli/c/dec/*.c", "brotli/c/enc/*.c"),
        includes=("brotli/c/include",),
    ),
    # Without carry-less multiplication natively: the sources drop their tables where it is there.
    real(
        "xz",
        "193172 c642a28c",
        "xz-utils",
        tuple(
            f"xz-utils/src/liblzma/{name}/*.c"
            for name in ("check", "common", "lz", "lzma", "rangecoder")
        ),
        *(
            "-DHAVE_STDBOOL_H",
            "-DHAVE_STDINT_H",
            "-DHAVE_INTTYPES_H",
            "-DHAVE_STRING_H",
            "-DHAVE_LIMITS_H",
            "-DHAVE_MEMORY_H",
            "-DHAVE_CHECK_CRC32",
            "-DHAVE_CHECK_CRC64",
            "-DHAVE_CHECK_SHA256",
            "-DHAVE_ENCODER_LZMA1",
            "-DHAVE_ENCODER_LZMA2",
            "-DHAVE_DECODER_LZMA1",
            "-DHAVE_DECODER_LZMA2",
            "-DHAVE_MF_HC3",
            "-DHAVE_MF_HC4",
            "-DHAVE_MF_BT2",
            "-DHAVE_MF_BT3",
            "-DHAVE_MF_BT4",
            "-DTUKLIB_SYMBOL_PREFIX=lzma_",
            "-DTUKLIB_FAST_UNALIGNED_ACCESS",
            "-DMYTHREAD_H",
            '-DPACKAGE_NAME="xz"',
        ),
        native_flags=("-mno-pclmul",),
        without=(
            "xz-utils/src/liblzma/*/*_small.c",
            "xz-utils/src/liblzma/*/*tablegen.c",
            "xz-utils/src/liblzma/*/*_mt.c",
            "xz-utils/src/liblzma/*/hardware*.c",
            "xz-utils/src/liblzma/common/outqueue.c",
        ),
        includes=(
            "xz-utils/src/liblzma/api",
            "xz-utils/src/common",
            *(
                f"xz-utils/src/liblzma/{name}"
                for name in ("check", "common", "delta", "lz", "lzma", "rangecoder", "simple")
            ),
        ),
    ),
    # 32-bit: copies and compares by narrower pieces in places.
    real(
        "snappy",
        "3507bbf0",
        "snappy",
        ("snappy/snappy.cc", "snappy/snappy-sinksource.cc", "snappy/snappy-stubs-internal.cc"),
        *NO_CXX_ERRORS,
        "-fno-rtti",
        "-DHAVE_BUILTIN_CTZ",
        "-DHAVE_BUILTIN_EXPECT",
        driver="snappy.cpp",
        includes=("snappy",),
        headers={
            "snappy-stubs-public.h": "#include <stddef.h>\n#include <sys/uio.h>\n"
            + defines(SNAPPY_MAJOR=1, SNAPPY_MINOR=1, SNAPPY_PATCHLEVEL=9)
        },
    ),
]

CRYPTOGRAPHY = [
    # 32-bit: its products of 64 by 64 bits are made of four.
    real("xxhash", "bcc68c0f812f0210", "xxhash", (), "-DXXH_VECTOR=0", includes=("xxhash",)),
    real(
        "blake2",
        "eacb9970",
        "libb2",
        ("libb2/src/blake2b-ref.c", "libb2/src/blake2s-ref.c"),
        "-DNATIVE_LITTLE_ENDIAN",
        "-DSUFFIX=",
        includes=("libb2/src",),
        headers={"config.h": "\n"},
    ),
    real(
        "sha2",
        "8ce13b73",
        "libsodium",
        ("libsodium/src/libsodium/crypto_hash/sha*/*/*.c", *SODIUM_SOURCES),
        "-DNATIVE_LITTLE_ENDIAN",
        includes=SODIUM,
        headers={"version.h": "\n", "sodium/version.h": "\n"},
    ),
    real(
        "chacha",
        "b6857877",
        "libsodium",
        (
            "libsodium/src/libsodium/crypto_aead/chacha20poly1305/*/*.c",
            "libsodium/src/libsodium/crypto_stream/chacha20/*.c",
            "libsodium/src/libsodium/crypto_stream/chacha20/ref/*.c",
            "libsodium/src/libsodium/crypto_onetimeauth/poly1305/*.c",
            "libsodium/src/libsodium/crypto_onetimeauth/poly1305/donna/*.c",
            *SODIUM_SOURCES,
        ),
        "-DNATIVE_LITTLE_ENDIAN",
        includes=SODIUM,
        headers={"version.h": "\n", "sodium/version.h": "\n"},
    ),
    real(
        "ed25519",
        "486b4173",
        "libsodium",
        ED25519_SOURCES,
        "-DNATIVE_LITTLE_ENDIAN",
        **ED25519,
    ),
]

DATABASES = [
    # Half the size of a pointer makes for smaller structures.
    real(
        "sqlite",
        "sha256:98f8f5168519f486",
        "sqlite3",
        ("sqlite3/sqlite3.c",),
        "-DSQLITE_OS_OTHER",
        "-DSQLITE_THREADSAFE=0",
        "-DSQLITE_OMIT_LOAD_EXTENSION",
        "-DSQLITE_OMIT_WAL",
        "-DSQLITE_DEFAULT_MEMSTATUS=0",
        includes=("sqlite3",),
        commands=("./configure --quiet --disable-tcl", "make sqlite3.c"),
    ),
]

INTERPRETERS = [
    real(
        "lua",
        "sha256:95dff717bd9887c2",
        "lua5.4",
        ("lua5.4/src/*.c",),
        without=(
            "lua5.4/src/lua.c",
            "lua5.4/src/luac.c",
            "lua5.4/src/linit.c",
            "lua5.4/src/loslib.c",
            "lua5.4/src/liolib.c",
            "lua5.4/src/loadlib.c",
        ),
        includes=("lua5.4/src",),
        headers={"lua5.4-deb-multiarch.h": "\n"},
        jumps=True,
    ),
    real(
        "mujs",
        "sha256:4c6bb6b4274b2fba",
        "mujs",
        ("mujs/one.c",),
        includes=("mujs",),
        jumps=True,
    ),
    # 32-bit: values have 8 bytes instead of 16.
    real(
        "duktape",
        "sha256:4c6bb6b4274b2fba",
        "duktape",
        ("duktape/src/duktape.c",),
        includes=("duktape/src",),
        jumps=True,
    ),
    real(
        "tinyscheme",
        "sha256:7d6bc6a19f311bb6",
        "tinyscheme",
        ("tinyscheme/scheme.c",),
        "-DSTANDALONE=0",
        "-DUSE_DL=0",
        "-DUSE_STRLWR=1",
        includes=("tinyscheme",),
    ),
]

PICTURES = [
    real(
        "libpng",
        "354631 0a6dfa7f",
        "libpng1.6 zlib",
        ("libpng1.6/png*.c", *ZLIB),
        "-DPNG_INTEL_SSE_OPT=0",
        without=("libpng1.6/pngtest.c", "zlib/gz*.c"),
        includes=("libpng1.6", "zlib"),
        headers={"pnglibconf.h": "libpng1.6/scripts/pnglibconf.h.prebuilt"},
        jumps=True,
    ),
    real(
        "lodepng",
        "292420 640297bf",
        "lodepng",
        ("lodepng/lodepng.cpp",),
        *NO_CXX_ERRORS,
        driver="lodepng.cpp",
        includes=("lodepng",),
    ),
    real("stb_image", "sha256:b4ef6cbe78673159", "libstb", (), includes=("libstb",)),
]

TEXTS = [
    real("cjson", "527401 652c1940", "cjson", ("cjson/cJSON.c",), includes=("cjson",)),
    real(
        "expat",
        "sha256:0337e7401ec0ad71",
        "expat",
        ("expat/expat/lib/xml*.c",),
        "-DXML_NS",
        "-DXML_DTD",
        "-DXML_CONTEXT_BYTES=1024",
        "-DXML_POOR_ENTROPY",
        "-DBYTEORDER=1234",
        "-DHAVE_MEMMOVE",
        includes=("expat/expat/lib",),
        without=("expat/expat/lib/xmltok_*.c",),
        headers={"expat_config.h": "\n"},
    ),
    real(
        "pugixml",
        "689 1042055 05147363",
        "pugixml",
        ("pugixml/src/pugixml.cpp",),
        "-DPUGIXML_NO_EXCEPTIONS",
        *NO_CXX_ERRORS,
        driver="pugixml.cpp",
        includes=("pugixml/src",),
    ),
    real(
        "cmark",
        "937330 38cba687",
        "cmark",
        ("cmark/src/*.c",),
        "-DCMARK_STATIC_DEFINE",
        includes=("cmark/src",),
        without=("cmark/src/main.c",),
        headers={
            "config.h": "#include <stdbool.h>\n#define HAVE_STDBOOL_H\n"
            "#define CMARK_INLINE inline\n"
            "#define CMARK_ATTRIBUTE(list) __attribute__(list)\n",
            "cmark_version.h": defines(CMARK_VERSION=0x1E02, CMARK_VERSION_STRING='"0.30.2"'),
            "cmark_export.h": defines(CMARK_EXPORT="", CMARK_NO_EXPORT=""),
        },
    ),
    real(
        "onig",
        "sha256:7ed75a7930bbb316",
        "libonig",
        tuple(
            f"libonig/src/{name}.c"
            for name in (
                "reg*",
                "onig_init",
                "st",
                "ascii",
                "utf8",
                "unicode",
                "unicode_fold*_key",
                "unicode_unfold_key",
            )
        ),
        "-DONIG_STATIC",
        includes=("libonig/src",),
        without=("libonig/src/reggnu.c", "libonig/src/regposix.c", "libonig/src/regposerr.c"),
        headers={
            "config.h": defines(
                HAVE_STDINT_H=1,
                HAVE_INTTYPES_H=1,
                HAVE_SYS_TYPES_H=1,
                HAVE_ALLOCA_H=1,
                SIZEOF_INT=4,
                SIZEOF_LONG="__SIZEOF_LONG__",
                SIZEOF_LONG_LONG=8,
                SIZEOF_VOIDP="__SIZEOF_POINTER__",
                PACKAGE='"onig"',
                VERSION='"6.9.8"',
            )
        },
    ),
]

SOLVERS = [
    real(
        "picosat",
        "sha256:062b99139afb9ed7",
        "picosat",
        ("picosat/picosat.c",),
        "-DNDEBUG",
        "-DNGETRUSAGE",
        includes=("picosat",),
    ),
    real(
        "minisat",
        "sha256:5102b429a0a85647",
        "minisat2",
        ("minisat2/minisat/[cs]*/*Solver.cc", "minisat2/minisat/utils/*.cc"),
        "-DNDEBUG",
        "-Wno-reserved-user-defined-literal",
        "-fignore-exceptions",
        driver="minisat.cpp",
        includes=("minisat2",),
    ),
]

GEOMETRY = [
    real(
        "freetype",
        "4.19e+08",
        "freetype fonts-urw-base35",
        tuple(
            f"freetype/src/{name}.c"
            for name in (
                "base/ftbase",
                "base/ftinit",
                "base/ftsystem",
                "base/ftdebug",
                "base/ftbitmap",
                "base/ftmm",
                "gzip/ftgzip",
                "truetype/truetype",
                "sfnt/sfnt",
                "smooth/smooth",
                "autofit/autofit",
                "psnames/psnames",
            )
        ),
        "-DFT2_BUILD_LIBRARY",
        includes=("freetype/include", "fonts-urw-base35/fonts"),
        headers={
            "freetype/config/ftmodule.h": "".join(
                f"FT_USE_MODULE({kind}, {name})\n"
                for kind, name in (
                    ("FT_Module_Class", "autofit_module_class"),
                    ("FT_Driver_ClassRec", "tt_driver_class"),
                    ("FT_Module_Class", "psnames_module_class"),
                    ("FT_Module_Class", "sfnt_module_class"),
                    ("FT_Renderer_Class", "ft_smooth_renderer_class"),
                )
            )
        },
        jumps=True,
    ),
    real(
        "box2d",
        "211 1",
        "box2d",
        ("box2d/src/*/*.cpp",),
        *NO_CXX_ERRORS,
        driver="box2d.cpp",
        includes=("box2d/include", "box2d/src"),
    ),
    real(
        "chipmunk",
        "1 1",
        "chipmunk",
        ("chipmunk/src/*.c",),
        "-DNDEBUG",
        includes=("chipmunk/include",),
        without=("chipmunk/src/cpHastySpace.c",),
    ),
    real(
        "qhull",
        "sha256:16b054ea55a4a9f8",
        "qhull",
        ("qhull/src/libqhull_r/*.c",),
        includes=("qhull/src",),
        jumps=True,
    ),
    real(
        "kissfft",
        "sha256:b681257a8445bb45",
        "kissfft",
        ("kissfft/kiss_fft.c",),
        includes=("kissfft",),
    ),
    real(
        "meshoptimizer",
        "1",
        "meshoptimizer",
        ("meshoptimizer/src/*.cpp",),
        *NO_CXX_ERRORS,
        "-DMESHOPTIMIZER_NO_SIMD",
        driver="meshoptimizer.cpp",
        includes=("meshoptimizer/src",),
    ),
]

SOUND = [
    real(
        "flac",
        "3a46065c",
        "flac",
        ("flac/src/libFLAC/*.c",),
        "-DFLAC__NO_ASM",
        "-DFLAC__NO_DLL",
        "-DFLAC__HAS_OGG=0",
        "-DHAVE_LROUND",
        "-DHAVE_STDINT_H",
        "-DHAVE_INTTYPES_H",
        '-DPACKAGE_VERSION="1.4.2"',
        includes=("flac/include", "flac/src/libFLAC/include"),
        without=(
            "flac/src/libFLAC/ogg_*.c",
            "flac/src/libFLAC/*intrin*.c",
            "flac/src/libFLAC/metadata_iterators.c",
        ),
    ),
]

REAL: list[RealProgram] = [
    *COMPRESSORS,
    *CRYPTOGRAPHY,
    *DATABASES,
    *INTERPRETERS,
    *PICTURES,
    *TEXTS,
    *SOLVERS,
    *GEOMETRY,
    *SOUND,
]
