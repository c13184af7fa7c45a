"""Programs of other projects, for which no pass was made. They show whether a pass is useful
outside of the suite. A row has the program's description, its source and its output."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from debian_module import FromDebian, from_debian
from go_module import GoProgram
from linked_module import Linked
from packages import Packages
from real import ED25519, ED25519_SOURCES


@dataclass(frozen=True)
class Other:
    """One row."""

    name: str
    kind: str  # language and toolchain; what it does
    expected: str  # suite.digest() of its output
    module: Linked | FromDebian | GoProgram
    invoke: str = ""  # an exported function; else it is a command
    arguments: tuple[str, ...] = ()
    files: tuple[str, ...] = ()  # in its current directory: NAME=FILE, as packages.py names files
    stdin: str = ""

    @property
    def source(self) -> str:
        return self.module.source


def linked(name: str, kind: str, expected: str, module: str, driver: str, **more: object) -> Other:
    return Other(name, kind, expected, Linked(module, driver, **more), invoke="run")


SIGHTGLASS = "git:bytecodealliance/sightglass@08180eba9354b1c46a366ef522e9fbdf711512ce:benchmarks/"


def sightglass(
    name: str,
    kind: str,
    expected: str,
    module: str,
    files: str = "",
    arguments: tuple[str, ...] = (),
) -> Other:
    """A benchmark of Sightglass, which calls imports when its work starts and ends.
    `files` are in its folder."""
    found = tuple(f"{file}={SIGHTGLASS}{module.partition('/')[0]}/{file}" for file in files.split())
    return Other(
        name,
        kind,
        expected,
        Linked(f"{SIGHTGLASS}{module}.wasm", keeps_wasi=True),
        arguments=arguments,
        files=found,
    )


def markdown() -> bytes:
    """A text with all that dprint-plugin-markdown changes."""
    lines = []
    for number in range(400):
        lines += [
            f"Title {number}",
            "=====" if number % 3 else "-----",
            "",
            f"* one *{number}*",
            "* two",
            f"  1) nested `code {number}`",
            "",
            "| a | b|",
            "|---|:--:|",
            f"| {number} | long cell |",
            "",
            "A paragraph with __strong__ words and [a link](http://example.com 'x').  ",
            "",
        ]
    return "\n".join(lines).encode()


def xml_text() -> bytes:
    lines = (
        f"<item id=\"{number}\" name='n{number}'><!-- c -->text &amp; {number}<br/>"
        f'<a href="#x">{number}'
        f"</a><![CDATA[<{number}>]]></item>"
        for number in range(300)
    )
    return ("<?xml version='1.0'?>\n<root>" + "\n".join(lines) + "</root>").encode()


def json_text() -> bytes:
    entries = (
        f'{{"id":{number},"name": "n{number}",'
        f'"values":[{number},{number * 7 % 13}.5e3 , true,null],'
        f'/* c */ "nested":{{"a":[],"b" :{{}}}}}}'
        for number in range(900)
    )
    return ("[" + ",\n".join(entries) + "]").encode()


REQUEST = b"\r\n".join(
    (
        b"POST /path/to/a/resource?query=%20value&other=1 HTTP/1.1",
        b"Host: www.example.com",
        b"User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0",
        b"Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
        b"Accept-Language: en-US,en;q=0.5",
        b"Accept-Encoding: gzip, deflate, br",
        b"Connection: keep-alive",
        b"Cookie: a=0123456789abcdef; b=fedcba9876543210; session=YWJjZGVmZ2hpamtsbW5vcA==",
        b"Content-Type: application/x-www-form-urlencoded",
        b"Content-Length: 19",
        b"",
        b"field=value&other=1",
    )
)
LLHTTP_CALLBACKS = tuple(
    f"env.wasm_on_{name}=data" for name in ("url", "status", "header_field", "header_value", "body")
)

HASHES = [
    linked(
        "bcrypt",
        "C, Emscripten; password hash",
        "sha256:519e8cebad9b671f",
        "npm:hash-wasm@4.13.0:dist/bcrypt.umd.min.js",
        "bcrypt.c",
    ),
    linked(
        "sha3",
        "C, Emscripten; hash",
        "sha256:8b3a57768b5c8271",
        "npm:hash-wasm@4.13.0:dist/sha3.umd.min.js",
        "sha3.c",
    ),
    linked(
        "as-sha256",
        "AssemblyScript, SIMD; hash",
        "sha256:43a0b26ca2c1f89b",
        "npm:@chainsafe/as-sha256@1.2.5:build/optimized.simd.wasm",
        "as_sha256.c",
        globals=("mut input", "mut output"),
    ),
    linked(
        "argon2",
        "C, Emscripten, SIMD; password hash",
        "sha256:e8b32d46a2f7a3c0",
        "npm:argon2-browser@1.18.0:dist/argon2-simd.wasm",
        "argon2.c",
        memory="c",
        copies=("a.a",),
    ),
    linked(
        "blake2b",
        "WebAssembly by hand; hash",
        "sha256:b722498dc67c8031",
        "npm:blake2b-wasm@2.4.0:blake2b.js",
        "blake2b.c",
    ),
    linked(
        "secp256k1",
        "Rust and C; elliptic curves",
        "sha256:804f39f62b00c7a4",
        "npm:tiny-secp256k1@2.2.4:lib/secp256k1.wasm",
        "secp256k1.c",
        globals=("PRIVATE_INPUT", "HASH_INPUT", "SIGNATURE_INPUT"),
    ),
]

PARSERS = [
    linked(
        "source-map",
        "Rust; parses and sorts mappings",
        "sha256:e59d78e990b67399",
        "npm:source-map@0.8.0:lib/mappings.wasm",
        "source_map.c",
        callbacks=("env.mapping_callback=mapping_callback",),
        input="npm:rxjs@7.8.1:dist/bundles/rxjs.umd.js.map",
    ),
    linked(
        "sax-wasm",
        "Rust; parser of XML",
        "sha256:6348b181ae6e5c03",
        "npm:sax-wasm@3.1.4:lib/sax-wasm.wasm",
        "sax.c",
        callbacks=("env.event_listener=event_listener",),
        input=xml_text(),
    ),
    linked(
        "es-module-lexer",
        "C; lexer of JavaScript",
        "sha256:34fc6ed82ad2b695",
        "npm:es-module-lexer@3.0.5:dist/lexer.js",
        "es_module_lexer.c",
        input="npm:three@0.170.0:build/three.module.js",
    ),
    linked(
        "llhttp",
        "C from a parser generator, SIMD; HTTP",
        "sha256:5ba9c19e084ae63e",
        "npm:undici@6.29.1:lib/llhttp/llhttp_simd-wasm.js",
        "llhttp.c",
        input=REQUEST,
        callbacks=LLHTTP_CALLBACKS,
    ),
    linked(
        "gofmt",
        "Go, TinyGo; formatter",
        "sha256:15021af053dc8dca",
        "npm:@wasm-fmt/gofmt@0.7.3:gofmt.wasm",
        "gofmt.c",
        input="go:golang.org/x/tools@v0.30.0:go/ssa/builder.go",
    ),
    linked(
        "dprint-json",
        "Rust; formatter",
        "sha256:342167b5d38b89b0",
        "npm:@dprint/json@0.24.0:plugin.wasm",
        "dprint.c",
        defines=("ROUNDS=4",),
        input=b'{"plugin":{},"global":{}}\nfile.json\n' + json_text(),
    ),
    linked(
        "dprint-markdown",
        "Rust; formatter",
        "",
        "npm:@dprint/markdown@0.28.1:plugin.wasm",
        "dprint.c",
        defines=("ROUNDS=2",),
        input=b'{"plugin":{},"global":{}}\nfile.md\n' + markdown(),
    ),
]

PICTURES = [
    linked(
        "jsquash-resize",
        "Rust; scales a picture",
        "sha256:2aea564283254d12",
        "npm:@jsquash/resize@2.1.1:lib/resize/pkg/squoosh_resize_bg.wasm",
        "resize.c",
    ),
    linked(
        "jsquash-hqx",
        "Rust; scales pixel art",
        "sha256:bed7cffc865916fb",
        "npm:@jsquash/resize@2.1.1:lib/hqx/pkg/squooshhqx_bg.wasm",
        "hqx.c",
    ),
    linked(
        "oxipng",
        "Rust; compresses a picture",
        "sha256:7f4e75d4c9340327",
        "npm:@jsquash/oxipng@2.3.0:codec/pkg/squoosh_oxipng_bg.wasm",
        "oxipng.c",
    ),
    linked(
        "zbar",
        "C, Emscripten; barcodes",
        "sha256:c19bac0170eee0d9",
        "npm:@undecaf/zbar-wasm@0.11.0:dist/zbar.wasm",
        "zbar.c",
        memory="g",
    ),
    linked(
        "harfbuzz",
        "C++, Emscripten; text shaping",
        "sha256:07ba12744bd57b1e",
        "npm:harfbuzzjs@1.6.4:dist/harfbuzz.wasm",
        "harfbuzz.c",
        grows=("env.emscripten_resize_heap",),
        input="npm:dejavu-fonts-ttf@2.37.3:ttf/DejaVuSerif.ttf",
    ),
]

SIGNALS = [
    linked(
        "tfjs",
        "C++, Emscripten; neural network",
        "sha256:64429e76dcb12e47",
        "npm:@tensorflow/tfjs-backend-wasm@4.22.0:dist/tfjs-backend-wasm.wasm",
        "tfjs.c",
        copies=("env.emscripten_memcpy_big",),
    ),
    linked(
        "tfjs-simd",
        "C++, Emscripten, SIMD; neural network",
        "sha256:1ad61154262005d5",
        "npm:@tensorflow/tfjs-backend-wasm@4.22.0:dist/tfjs-backend-wasm-simd.wasm",
        "tfjs.c",
        copies=("env.emscripten_memcpy_big",),
    ),
    linked(
        "pffft",
        "C, Emscripten, SIMD; Fourier transforms",
        "sha256:10492e18161d1563",
        "npm:@echogarden/pffft-wasm@0.4.2:dist/simd/pffft.wasm",
        "pffft.c",
        memory="d",
        copies=("a.c",),
    ),
    linked(
        "lame",
        "C, Emscripten; MP3 encoder",
        "sha256:ec97b84cd3086466",
        "npm:wasm-media-encoders@0.7.0:wasm/mp3.wasm",
        "encoder.c",
        defines=(
            "FORMAT_PARAMETERS=(parameters[2]=128,((float*)parameters)[3]=-1.0f,"
            "parameters[4]=RATE)",
        ),
    ),
    linked(
        "vorbis",
        "C, Emscripten; Ogg encoder",
        "sha256:3ce37f875909f73c",
        "npm:wasm-media-encoders@0.7.0:wasm/ogg.wasm",
        "encoder.c",
        defines=("FORMAT_PARAMETERS=(((float*)parameters)[2]=3.0f,parameters[3]=1)",),
    ),
]

COLLECTIONS = [
    sightglass(
        "richards",
        "C; simulates an operating system",
        "sha256:e3b0c44298fc1c14",
        "richards/benchmark",
        "default.input",
    ),
    sightglass(
        "switch", "C; large switches", "sha256:89d5a1068f6163c2", "shootout/shootout-switch"
    ),
    sightglass(
        "intgemm",
        "C++, SIMD; products of matrices of bytes",
        "sha256:f8cabee6d59c4a11",
        "intgemm-simd/benchmark",
        "default.input",
    ),
    sightglass(
        "rust-json", "Rust; JSON", "sha256:aaf624ba4ca823d7", "rust-json/benchmark", "default.input"
    ),
    sightglass(
        "html-rewriter", "Rust; streaming HTML", "", "rust-html-rewriter/benchmark", "default.input"
    ),
    sightglass(
        "rust-compression",
        "Rust; deflate and Brotli",
        "sha256:32bd103cff26f35e",
        "rust-compression/benchmark",
        "default.input",
    ),
    sightglass(
        "rust-regex",
        "Rust; regular expressions",
        "sha256:97bfb96eff400e25",
        "regex/benchmark",
        "default.input",
    ),
    sightglass(
        "blake3",
        "Rust; hash",
        "sha256:900e22dca255dfc9",
        "blake3-scalar/benchmark",
        "default.input",
    ),
]

DIVSUFSORT_HEADER = (
    "sed 's/@W64BIT@//g; s/@INCFILE@/#include <inttypes.h>/; s/@SAUCHAR_TYPE@/uint8_t/; "
    "s/@SAINT32_TYPE@/int32_t/; s/@SAINDEX_TYPE@/int32_t/g; s/@SAINT_PRId@/PRId32/; "
    "s/@SAINDEX_PRId@/PRId32/; s/@DIVSUFSORT_[A-Z]*@//' include/divsufsort.h.cmake "
    "> include/divsufsort.h"
)
DIVSUFSORT_CONFIG = (
    "#define HAVE_STRING_H 1\n#define HAVE_STDLIB_H 1\n#define HAVE_INTTYPES_H 1\n"
    '#define INLINE inline\n#define PROJECT_VERSION_FULL "2.0.1"\n'
)
# An assignment to a constant member, which clang has refused since version 18.
RAPIDJSON_ASSIGNMENT = (
    "sed -i '/GenericStringRef& operator=(const GenericStringRef& rhs) {/d' "
    "include/rapidjson/document.h"
)
NO_ERRORS = ("-fignore-exceptions",)
LIBRARIES = [
    Other(
        "gsm",
        "C; speech codec",
        "sha256:25934789e6617629",
        from_debian(
            "gsm.c",
            "libgsm",
            ("libgsm/src/*.c",),
            "-DSASR",
            "-DNeedFunctionPrototypes=1",
            without=("libgsm/src/toast*.c",),
            includes=("libgsm/inc",),
        ),
    ),
    Other(
        "clipper",
        "C++; polygons",
        "sha256:55e718ad1664867d",
        from_debian(
            "clipper.cpp",
            "libpolyclipping",
            ("libpolyclipping/cpp/clipper.cpp",),
            *NO_ERRORS,
            includes=("libpolyclipping/cpp",),
        ),
    ),
    Other(
        "eigen",
        "C++ templates, SIMD; linear algebra",
        "sha256:fdf429cec747d66f",
        from_debian(
            "eigen.cpp",
            "eigen3",
            (),
            "-fno-exceptions",
            "-DNDEBUG",
            "-DEIGEN_STACK_ALLOCATION_LIMIT=8192",
            simd=True,
            includes=("eigen3",),
        ),
    ),
    Other(
        "rapidjson",
        "C++ templates; JSON of floating-point numbers",
        "sha256:e16e9bcb9b927b37",
        from_debian(
            "rapidjson.cpp",
            "rapidjson",
            (),
            "-fno-exceptions",
            includes=("rapidjson/include",),
            commands=(RAPIDJSON_ASSIGNMENT,),
        ),
    ),
    Other(
        "sodium",
        "C; signatures, with 128-bit products",
        "sha256:279d803269ea6e27",
        from_debian(
            "../real/ed25519.c",
            "libsodium",
            ED25519_SOURCES,
            "-DNATIVE_LITTLE_ENDIAN",
            "-DHAVE_TI_MODE",
            "-DROUNDS=60",
            **ED25519,
        ),
    ),
    Other(
        "divsufsort",
        "C; suffix arrays",
        "sha256:28294ac050240e25",
        from_debian(
            "divsufsort.c",
            "libdivsufsort",
            tuple(f"libdivsufsort/lib/{name}.c" for name in ("divsufsort", "sssort", "trsort")),
            "-DHAVE_CONFIG_H=1",
            includes=("libdivsufsort/include",),
            commands=(DIVSUFSORT_HEADER,),
            headers={"config.h": DIVSUFSORT_CONFIG},
        ),
    ),
    Other(
        "yajl",
        "C; JSON",
        "sha256:7967b06cb7ac3c82",
        from_debian(
            "yajl.c",
            "yajl",
            ("yajl/src/yajl*.c",),
            includes=("yajl/src", "yajl/include"),
            commands=("mkdir -p include/yajl && cp src/api/*.h include/yajl",),
            without=("yajl/src/yajl_version.c", "yajl/src/yajl_tree.c"),
        ),
    ),
    Other(
        "libyaml",
        "C; YAML",
        "sha256:3c6eb55deacbbc75",
        from_debian(
            "libyaml.c",
            "libyaml",
            ("libyaml/src/*.c",),
            "-DYAML_VERSION_MAJOR=0",
            "-DYAML_VERSION_MINOR=2",
            "-DYAML_VERSION_PATCH=5",
            '-DYAML_VERSION_STRING="0.2.5"',
            includes=("libyaml/include", "libyaml/src"),
        ),
    ),
    Other(
        "tinyxml2",
        "C++; XML",
        "sha256:d19289f64181b17e",
        from_debian(
            "tinyxml2.cpp",
            "tinyxml2",
            ("tinyxml2/tinyxml2.cpp",),
            "-fno-exceptions",
            includes=("tinyxml2",),
        ),
    ),
]

GO = [
    Other(
        "go-std",
        "Go; compression, JSON, regular expressions",
        "sha256:fbca10d7cebc6296",
        GoProgram("go_standard"),
    ),
]

ROWS: list[Other] = [*LIBRARIES, *GO, *HASHES, *PARSERS, *PICTURES, *SIGNALS, *COLLECTIONS]
