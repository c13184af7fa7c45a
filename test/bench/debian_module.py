"""Programs made from Debian's sources and a driver of ours, as those of the suite."""

from dataclasses import dataclass
from pathlib import Path

from build import Builder
from packages import Packages
from real_program import RealProgram, real
from suite import HERE


@dataclass(frozen=True)
class FromDebian:
    program: RealProgram
    simd: bool

    @property
    def source(self) -> str:
        return f"debian:{' '.join(self.program.packages)}"

    def make(self, packages: Packages, folder: Path) -> Path:
        where = packages.folder.parent / "debian"
        builder = Builder(where, folder)  # it builds no executables
        return builder.wasm(self.program.prepared(where), self.simd)


def from_debian(
    driver: str,
    packages: str,
    patterns: tuple[str, ...],
    *flags: str,
    simd: bool = False,
    **more: object,
) -> FromDebian:
    program = real(
        Path(driver).stem,
        "",
        packages,
        patterns,
        *flags,
        driver=str(HERE / "others" / driver),
        **more,
    )
    return FromDebian(program, simd)
