"""Go programs, compiled by Go itself for WASI."""

from dataclasses import dataclass
from pathlib import Path

from build import is_current
from linked_module import DRIVERS, write
from packages import Packages, command


@dataclass(frozen=True)
class GoProgram:
    name: str  # of the source
    requires: str = ""  # a module, MODULE@VERSION

    @property
    def source(self) -> str:
        return f"go:{self.requires or 'std'}"

    def make(self, packages: Packages, folder: Path) -> Path:
        source, output = DRIVERS / f"{self.name}.go", folder / "program.wasm"
        words = ["go", "build", "-trimpath", "-o", str(output), "."]
        if not is_current(output, words, [source]):
            write(folder / "go" / "main.go", source.read_bytes())
            write(folder / "go" / "go.mod", b"module program\n")
            if self.requires:
                command(["go", "get", self.requires], folder / "go", GOFLAGS="-mod=mod")
            command(words, folder / "go", GOFLAGS="", GOOS="wasip1", GOARCH="wasm")
            output.with_name(output.name + ".command").write_text("\n".join(words))
        return output
