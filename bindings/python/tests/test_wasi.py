"""What guests are granted."""

import os
import tempfile
import threading
import unittest
from pathlib import Path

import wasm2obj
from guests import instance_of
from wasm2obj import Buffer, Directory, Wasi


class Grants(unittest.TestCase):
    def print_of(self, function, *arguments, **options):
        """Returns what a function of the guest prints."""
        out = Buffer()
        instance = instance_of("wasi", wasi=Wasi(stdout=out, **options))
        self.assertEqual(instance.call(function, *arguments), 0)
        return out.text()

    def test_arguments_and_variables(self):
        self.assertEqual(self.print_of("arguments", args=["a", "ä"]), "a\0ä\0")
        self.assertEqual(self.print_of("variables", env={"N": "1", "M": ""}), "N=1\0M=\0")
        with self.assertRaisesRegex(ValueError, "NUL"):
            Wasi(args=["a\0"])

    def test_directories(self):
        with tempfile.TemporaryDirectory() as folder:
            granted = [Directory(folder, "/w"), (Path(folder), "/r", True)]
            self.assertEqual(self.print_of("directory", 4, 2, directories=granted), "/r")
            instance = instance_of("wasi", wasi=Wasi(directories=granted))
            self.assertNotEqual(instance.exports.make_directory(4), 0)
            self.assertEqual(os.listdir(folder), [])
            self.assertEqual(instance.exports.make_directory(3), 0)
            self.assertEqual(os.listdir(folder), ["made"])
        with self.assertRaisesRegex(wasm2obj.UseError, "/nonexistent"):
            instance_of("wasi", wasi=Wasi(directories=[("/nonexistent", "/")]))

    def test_clocks_and_random_numbers(self):
        wasi = Wasi(clocks=(1000, 1), random_seed=5)
        first, second = instance_of("guest", wasi=wasi), instance_of("guest", wasi=wasi)
        self.assertIn(first.exports.now(), (1000, 1001))
        self.assertEqual(first.exports.random(), second.exports.random())
        with self.assertRaises(OverflowError):
            Wasi(random_seed=-1)

    def test_a_command(self):
        out, error = Buffer(), Buffer()
        wasi = Wasi(args=["x", "y"], stdin=b"ab" * 100, stdout=out, stderr=error)
        self.assertEqual(instance_of("guest", wasi=wasi).run(), 7)
        self.assertEqual((out.bytes(), error.bytes()), (b"ab" * 100, b"2"))

    def test_calls_are_traced(self):
        with tempfile.TemporaryFile() as file:
            instance_of("wasi", wasi=Wasi(trace=file)).exports.put(2, 16, 4)
            file.seek(0)
            self.assertIn(b"fd_write", file.read())


class Streams(unittest.TestCase):
    def test_files(self):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "out"
            with open(path, "w") as file:
                file.write("before ")
                instance = instance_of("wasi", wasi=Wasi(stdout=file))
            # The guest has a descriptor of its own.
            self.assertEqual(instance.exports.put(1, 16, 4), 0)
            self.assertEqual(path.read_text(), "before made")
            wasi = Wasi(stdin=path, stdout=str(path) + "2")
            instance = instance_of("wasi", wasi=wasi)
            self.assertEqual(instance.exports.get(), 11)
            self.assertEqual(instance.exports.put(1, 65536, 11), 0)
            self.assertEqual(Path(str(path) + "2").read_text(), "before made")

    def test_a_buffer_has_a_limit(self):
        out = Buffer(limit=6)
        instance = instance_of("wasi", wasi=Wasi(stdout=out, stderr=out))
        self.assertEqual(instance.exports.put(1, 16, 4), 0)
        self.assertEqual(instance.exports.put(2, 16, 2), 0)
        self.assertEqual(instance.exports.put(1, 16, 4), 51)  # the errno `nospc`
        self.assertEqual(out.text(), "madema")

    def test_functions(self):
        written, asked = [], []

        def read(size):
            asked.append(size)
            return b"input"[:size]

        instance = instance_of("wasi", wasi=Wasi(stdin=read, stdout=written.append))
        self.assertEqual(instance.exports.put(1, 16, 4), 0)
        self.assertEqual(instance.exports.get(), 5)
        self.assertEqual((written, asked), ([b"made"], [1000]))
        self.assertEqual(instance.memory[65536:65541], b"input")

    def test_an_exception_of_a_function_is_raised_when_the_guest_returns(self):
        def fail(_):
            raise ZeroDivisionError("in a stream")

        instance = instance_of("wasi", wasi=Wasi(stdin=fail, stdout=fail))
        for call in (lambda: instance.exports.put(1, 16, 4), instance.exports.get):
            with self.assertRaisesRegex(ZeroDivisionError, "in a stream"):
                call()
        instance.exports.nothing()

    def test_a_function_must_not_return_too_much(self):
        instance = instance_of("wasi", wasi=Wasi(stdin=lambda size: bytes(size + 1)))
        with self.assertRaisesRegex(ValueError, "more than 1000 bytes"):
            instance.exports.get()

    def test_a_function_has_a_stack_of_its_own(self):
        threads = []
        wasi = Wasi(stdout=lambda _: threads.append(threading.get_ident()))
        self.assertEqual(instance_of("wasi", wasi=wasi).exports.put(1, 16, 4), 0)
        self.assertEqual(len(threads), 1)
        self.assertNotIn(threading.get_ident(), threads)

    def test_functions_of_nested_guests(self):
        def nest(depth):
            def write(_):
                if depth:
                    nest(depth - 1)

            instance = instance_of("wasi", wasi=Wasi(stdout=write))
            self.assertEqual(instance.exports.put(1, 16, 4), 0)
            depths.append(depth)

        depths = []
        nest(20)
        self.assertEqual(depths, list(range(21)))

    def test_what_is_no_stream_is_refused(self):
        for options in ({"stdin": Buffer()}, {"stdout": b""}, {"stdout": 1.5}):
            with self.assertRaisesRegex(TypeError, "cannot be connected"):
                Wasi(**options)


if __name__ == "__main__":
    unittest.main()
