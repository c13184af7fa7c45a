"""Calls, values, traps and what else ends a call."""

import math
import subprocess
import tempfile
import unittest
from pathlib import Path

import wasm2obj
from guests import compiler, instance_of, path_of
from wasm2obj import ValueType


class Calls(unittest.TestCase):
    def setUp(self):
        self.instance = instance_of("values")
        self.exports = self.instance.exports

    def test_integers_may_be_signed_or_unsigned(self):
        self.assertEqual(self.exports.add(1, 2), 3)
        self.assertEqual(self.exports.add(0xFFFFFFFF, -1), -2)
        self.assertEqual(self.exports.same_i64((1 << 64) - 1), -1)
        for wrong in (1 << 32, -(1 << 31) - 1):
            with self.assertRaises(OverflowError):
                self.exports.add(wrong, 0)

    def test_floats(self):
        self.assertEqual(self.exports.same_f32(0.1), 0.10000000149011612)
        self.assertEqual(self.exports.same_f64(0.1), 0.1)
        self.assertEqual(self.exports.same_f64(3), 3.0)
        self.assertTrue(math.isnan(self.exports.same_f64(math.nan)))

    def test_vectors(self):
        self.assertEqual(self.exports.same_v128(bytearray(range(16))), bytes(range(16)))
        with self.assertRaisesRegex(ValueError, "16 bytes, not 15"):
            self.exports.same_v128(bytes(15))

    def test_several_results_are_a_tuple(self):
        self.assertEqual(self.exports.swap(1, 2), (2, 1))
        self.assertIsNone(self.exports["with space"]())

    def test_a_function_tells_its_type(self):
        swap = self.instance.function("swap")
        self.assertEqual(swap.parameters, (ValueType.I32, ValueType.I64))
        self.assertEqual(swap.results, (ValueType.I64, ValueType.I32))
        self.assertEqual(self.exports.trap.results, ())

    def test_wrong_arguments_are_refused(self):
        with self.assertRaisesRegex(TypeError, "add takes 2 arguments, not 1"):
            self.exports.add(1)
        with self.assertRaises(TypeError):
            self.exports.add("1", 2)
        with self.assertRaises(TypeError):
            self.exports.add(1.0, 2)

    def test_unknown_names_are_refused(self):
        with self.assertRaisesRegex(AttributeError, "no function 'nothing' is exported"):
            self.exports.nothing()
        with self.assertRaisesRegex(wasm2obj.UseError, "no function"):
            self.instance.call("nothing")
        with self.assertRaisesRegex(ValueError, "NUL"):
            self.instance.call("add\0", 1, 2)
        with self.assertRaisesRegex(wasm2obj.UseError, "_start"):
            self.instance.run()

    def test_a_trap_has_a_backtrace(self):
        with self.assertRaises(wasm2obj.Trap) as caught:
            self.exports.trap()
        self.assertIn("unreachable", caught.exception.message)
        inner, outer = caught.exception.backtrace
        self.assertIn("$inner", inner)
        self.assertIn("$trap", outer)
        self.assertEqual(self.exports.add(1, 2), 3)

    def test_an_exit_has_a_status(self):
        with self.assertRaises(wasm2obj.Exit) as caught:
            instance_of("wasi").exports.exit(7)
        self.assertEqual(caught.exception.status, 7)

    def test_a_closed_instance_is_refused(self):
        add = self.exports.add
        with self.instance:
            pass
        self.instance.close()
        for use in (lambda: add(1, 2), lambda: self.instance.call("add", 1, 2)):
            with self.assertRaisesRegex(wasm2obj.UseError, "has been closed"):
                use()
        self.instance.interrupt()


class Modules(unittest.TestCase):
    def test_from_bytes(self):
        module = wasm2obj.Module.from_bytes(path_of("values").read_bytes())
        self.assertEqual(wasm2obj.Instance(module).call("add", 40, 2), 42)

    def test_what_is_no_module_is_refused(self):
        with self.assertRaisesRegex(wasm2obj.UseError, "/nonexistent"):
            wasm2obj.Module.open("/nonexistent")
        with self.assertRaises(wasm2obj.UseError):
            wasm2obj.Module.from_bytes(b"\0asm")

    def test_an_unsigned_module_is_refused_if_it_must_be_signed(self):
        with self.assertRaisesRegex(wasm2obj.UseError, "no keys"):
            wasm2obj.Module.open(path_of("values"), keys=[])
        with self.assertRaises(wasm2obj.UseError):
            wasm2obj.Module.open(path_of("values"), keys=["not a key"])

    def test_a_signed_module_is_loaded(self):
        with tempfile.TemporaryDirectory() as folder:
            private, public, signed = (Path(folder) / name for name in ("key", "key.pub", "m.so"))
            for command in (
                ["openssl", "genpkey", "-algorithm", "ed25519", "-out", private],
                ["openssl", "pkey", "-in", private, "-pubout", "-out", public],
                [compiler(), "sign", "--key", private, path_of("values"), "-o", signed],
            ):
                subprocess.run(command, check=True)
            for module in (
                wasm2obj.Module.open(signed, keys=[public]),
                wasm2obj.Module.from_bytes(signed.read_bytes(), keys=[public.read_text()]),
            ):
                self.assertEqual(wasm2obj.Instance(module).exports.add(40, 2), 42)

    def test_a_pool_gives_new_memories(self):
        module = wasm2obj.Module.open(path_of("wasi"))
        module.pool(1)
        for _ in range(3):
            with wasm2obj.Instance(module) as instance:
                self.assertEqual(instance.memory[100], 0)
                instance.memory[100] = 1

    def test_limits(self):
        limits = wasm2obj.Limits(memory_bytes=3 << 16)
        instance = instance_of("wasi", limits=limits)
        self.assertEqual(instance.exports.grow(1), 2)
        self.assertEqual(instance.exports.grow(1), -1)
        with self.assertRaisesRegex(wasm2obj.UseError, "memor"):
            instance_of("wasi", limits=wasm2obj.Limits(memory_bytes=1))
        with self.assertRaises(OverflowError):
            wasm2obj.Limits(heap_bytes=-1).handle()


if __name__ == "__main__":
    unittest.main()
