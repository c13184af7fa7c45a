"""What guests are granted by WASI: arguments, variables, directories, sockets and streams."""

from __future__ import annotations

import ctypes
import errno
import os
from typing import Any, Callable, Mapping, NamedTuple, Optional, Sequence, Union

from .errors import UseError, c_path, c_string
from .guest import Lock, add_object, fail, finalize, object_of
from .handles import BufferHandle, Descriptor, WasiHandle
from .native import READ, WRITE, lib
from .workers import run


class Directory(NamedTuple):
    """A directory of the host and everything below it, and its name in the guest."""

    host: Union[str, "os.PathLike[str]"]
    guest: str
    read_only: bool = False


class Buffer:
    """Collects what guests write, at most `limit` bytes; beyond it their writes fail. Instances
    that share one do not run in parallel, and it is not read while one of them runs."""

    def __init__(self, limit: int = 1 << 30) -> None:
        if limit < 0:
            raise ValueError("a limit is not negative")
        self.lock = Lock()
        self.handle = BufferHandle(lib.buffer_new(limit))

    def bytes(self) -> bytes:
        """Returns what has been written so far."""
        if not self.lock.acquire():
            raise UseError("the buffer is in use by a guest")
        try:
            handle = self.handle.value
            return ctypes.string_at(lib.buffer_bytes(handle), lib.buffer_size(handle))
        finally:
            self.lock.release()

    def text(self) -> str:
        """Returns that as text; ill-formed parts become U+FFFD."""
        return self.bytes().decode("utf-8", "replace")


Reader = Callable[[int], bytes]
Writer = Callable[[bytes], Any]
# A descriptor or an object with one, which is duplicated; a path; a function. None: the stream is
# empty, or what is written is discarded.
StreamIn = Union[None, int, bytes, str, "os.PathLike[str]", Reader, Any]
StreamOut = Union[None, int, Buffer, str, "os.PathLike[str]", Writer, Any]


class Wasi:
    """The capabilities of guests, which cannot be changed; for any number of instances.

    A stream is connected with a file descriptor or an object that has one; a path (each instance
    opens the file anew, and truncates it for output); bytes, in which all instances share one
    position, so that they do not run in parallel; a Buffer; or a function.
    A function for input is called with a number and returns at most that many bytes, none at the
    end; one for output is called with bytes. It runs in a thread of its own, while the thread of
    the guest waits. If it raises an exception, the guest's call fails with the errno `io`, and once
    the guest returns, the exception is raised.

    `clocks`: (start, step) in nanoseconds instead of the host's clocks; the real-time clock begins
    at `start`, and each reading advances all of them by `step`. `random_seed`: random numbers that
    depend only on it. `trace`: a descriptor to which all calls are printed.
    """

    def __init__(
        self,
        args: Sequence[str] = (),
        env: Optional[Mapping[str, str]] = None,
        directories: Sequence[Directory] = (),
        stdin: StreamIn = None,
        stdout: StreamOut = None,
        stderr: StreamOut = None,
        sockets: Sequence[Any] = (),
        max_files: Optional[int] = None,
        clocks: Optional[tuple[int, int]] = None,
        random_seed: Optional[int] = None,
        trace: Any = None,
    ) -> None:
        self.handle = WasiHandle(lib.wasi_new())
        self.locks: list[Lock] = []
        self.descriptors: tuple[Descriptor, ...] = ()
        for argument in args:
            lib.wasi_argument(self.handle.value, c_string(argument))
        for name, value in (env or {}).items():
            lib.wasi_variable(self.handle.value, c_string(name), c_string(value))
        for host, guest, read_only in map(lambda given: Directory(*given), directories):
            lib.wasi_directory(self.handle.value, c_path(host), c_string(guest), read_only)
        for socket in sockets:
            lib.wasi_socket(self.handle.value, self._duplicate(socket))
        for which, stream in enumerate((stdin, stdout, stderr)):
            self._connect(which, stream)
        if max_files is not None:
            lib.wasi_max_files(self.handle.value, _unsigned(max_files, 32))
        if clocks is not None:
            lib.wasi_pin_clocks(self.handle.value, *(_unsigned(number, 64) for number in clocks))
        if random_seed is not None:
            lib.wasi_pin_random(self.handle.value, _unsigned(random_seed, 64))
        if trace is not None:
            lib.wasi_trace(self.handle.value, self._duplicate(trace))

    def _duplicate(self, file: Any) -> int:
        """Returns a descriptor of our own: a guest must not reach a file that another part of the
        program opens after it has closed this one."""
        fd = file if isinstance(file, int) else file.fileno()
        self.descriptors += (Descriptor(os.dup(fd)),)
        return self.descriptors[-1].fd

    def _connect(self, which: int, stream: Any) -> None:
        if stream is None:
            return
        if isinstance(stream, Buffer) and which != 0:
            self._share(stream.lock)
            lib.wasi_stream_buffer(self.handle.value, which, stream.handle.value)
        elif isinstance(stream, bytes) and which == 0:
            self._share(Lock())
            lib.wasi_stdin_bytes(self.handle.value, stream, len(stream))
        elif isinstance(stream, (str, os.PathLike)):
            lib.wasi_stream_file(self.handle.value, which, c_path(stream))
        elif isinstance(stream, int) or hasattr(stream, "fileno"):
            if hasattr(stream, "flush"):
                stream.flush()
            lib.wasi_stream_fd(self.handle.value, which, self._duplicate(stream))
        elif callable(stream):
            key = add_object(stream)
            if which == 0:
                lib.wasi_stdin_calls(self.handle.value, _read, key, finalize)
            else:
                lib.wasi_stream_calls(self.handle.value, which, _write, key, finalize)
        else:
            raise TypeError(f"a {type(stream).__name__} cannot be connected with a stream")

    def _share(self, lock: Lock) -> None:
        if lock not in self.locks:
            self.locks.append(lock)


def _unsigned(number: int, bits: int) -> int:
    if not 0 <= number < 1 << bits:
        raise OverflowError(f"{number} does not fit into {bits} bits")
    return number


@READ  # type: ignore[untyped-decorator]
def _read(key: int, into: int, size: int) -> int:
    try:
        contents = bytes(run(object_of(key), size))
        if len(contents) > size:
            raise ValueError(f"the function for input returned more than {size} bytes")
        ctypes.memmove(into, contents, len(contents))
        return len(contents)
    except BaseException as exception:  # nothing may leave a function that a guest calls
        fail(exception)
        return -errno.EIO


@WRITE  # type: ignore[untyped-decorator]
def _write(key: int, source: int, size: int) -> int:
    try:
        run(object_of(key), ctypes.string_at(source, size))
        return size
    except BaseException as exception:
        fail(exception)
        return -errno.EIO
