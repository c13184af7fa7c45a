"""Functions of Python that guests import, and what modules tell of themselves."""

import gc
import threading
import unittest
import weakref

import wasm2obj
from guests import instance_of, module_of
from wasm2obj import Exit, ExternKind, GuestException, Linker, Trap, UseError, Wasi


def linker_with(act=lambda what: what, log=lambda *_: None):
    linker = Linker()
    linker.define("host", "add", lambda a, b: a + b, type="(iI)I")
    linker.define("host", "swap", lambda number, ref: (ref, number))
    linker.define("host", "log", log, with_caller=True)
    linker.define("host", "act", act)
    return linker


def guest_with(**functions):
    return linker_with(**functions).instantiate(module_of("functions"))


class Functions(unittest.TestCase):
    def test_values_of_all_types(self):
        exports = guest_with().exports
        self.assertEqual(exports.add(-1, 1 << 40), (1 << 40) - 1)
        instance = guest_with()
        ref = instance.reference("object")
        self.assertEqual(instance.call("swap", 1.5, ref), (ref, 1.5))
        self.assertEqual(instance.call("swap", 1.5, None), (None, 1.5))

    def test_a_caller_has_the_memory(self):
        def log(caller, at, size):
            self.assertEqual(caller.read(at, size), b"hello")
            caller.write(at, b"HELLO")
            callers.append(caller)
            for at, size in ((caller.memory_size, 1), (-1, 1), (0, 1 << 40), (5, -1)):
                with self.assertRaisesRegex(IndexError, "not in a memory of 65536"):
                    caller.read(at, size)
            self.assertEqual(caller.read(caller.memory_size, 0), b"")
            self.assertEqual(caller.reference(7).object, 7)
            self.assertEqual(str(caller.string("text")), "text")

        callers = []
        instance = guest_with(log=log)
        instance.exports.greet()
        self.assertEqual(bytes(instance.memory[16:21]), b"HELLO")
        with self.assertRaisesRegex(UseError, "has returned"):
            callers[0].read(0, 1)

    def test_an_exception_ends_the_call_and_comes_back(self):
        def act(what):
            raise KeyError(what) if what else RecursionError

        instance = guest_with(act=act)
        with self.assertRaises(KeyError) as caught:
            instance.exports.act(3)
        self.assertEqual(caught.exception.args, (3,))
        with self.assertRaises(RecursionError):
            instance.exports.act(0)
        self.assertEqual(instance.exports.add(1, 2), 3)

    def test_a_deep_recursion_of_python_is_no_crash(self):
        def act(depth):
            return 0 if depth == 0 else max([depth], key=lambda _: act(depth - 1))

        with self.assertRaises(RecursionError):
            guest_with(act=act).exports.act(100000)

    def test_exits_and_exceptions_of_guests_are_passed_on(self):
        def act(what):
            if what == 0:
                raise Exit("exit", 5)
            raise GuestException("thrown", instance.tags["tag"].exception(what))

        instance = guest_with(act=act)
        with self.assertRaises(Exit) as caught:
            instance.exports.act(0)
        self.assertEqual(caught.exception.status, 5)
        with self.assertRaises(GuestException) as caught:
            instance.exports.act(7)
        self.assertEqual(list(caught.exception.exception), [7])
        self.assertIn(caught.exception.exception, instance.tags["tag"])
        self.assertEqual(instance.exports["catch"](7), 7)

    def test_results_that_do_not_fit_are_refused(self):
        for wrong, error in (("text", TypeError), (1 << 32, OverflowError), ((1, 2), TypeError)):
            with self.assertRaises(error):
                guest_with(act=lambda _, wrong=wrong: wrong).exports.act(1)
        with self.assertRaisesRegex(TypeError, "instead of 0 results"):
            guest_with(log=lambda *_: 1).exports.greet()

    def test_a_function_uses_the_instance(self):
        def act(what):
            if what == 0:
                return instance.globals["counter"].value
            if what == 1000:
                raise ZeroDivisionError
            return instance.exports.act(what - 1) + instance.memory[16]

        instance = guest_with(act=act)
        self.assertEqual(instance.exports.act(10), 7 + 10 * ord("h"))
        with self.assertRaises(ZeroDivisionError):
            instance.exports.act(1003)
        with self.assertRaises(Trap):
            guest_with(act=lambda _: instance_of("values").exports.trap()).exports.act(0)

    def test_other_threads_do_not_use_the_instance_meanwhile(self):
        def act(_):
            thread = threading.Thread(target=use)
            thread.start()
            thread.join()
            return len(failures)

        def use():
            try:
                instance.call("count")
            except UseError as error:
                failures.append(error)

        failures = []
        instance = guest_with(act=act)
        self.assertEqual(instance.exports.act(0), 1)
        use()
        self.assertEqual(len(failures), 1)

    def test_a_function_lives_as_long_as_it_is_needed(self):
        class Function:
            def __call__(self, what):
                return what

        linker, function = linker_with(act=lambda _: 0), Function()
        alive = weakref.ref(function)
        linker.define("host", "act", function)
        prepared = linker.prepare(module_of("functions"))
        instance = prepared.instantiate()
        del function, linker, prepared
        gc.collect()
        self.assertEqual(instance.exports.act(5), 5)
        instance.close()
        wasm2obj.Instance(module_of("values")).close()
        self.assertIsNone(alive())


class Linkers(unittest.TestCase):
    def test_imports_are_checked(self):
        linker = Linker()
        with self.assertRaisesRegex(UseError, r"unknown import host.add \(function"):
            linker.prepare(module_of("functions"))
        linker = linker_with()
        linker.define("host", "add", print, type="(i)")
        with self.assertRaisesRegex(
            UseError, r"host.add: expected .* found function \[i32\] -> \[\]"
        ):
            linker.instantiate(module_of("functions"))
        with self.assertRaisesRegex(UseError, "has the letter 'y'"):
            linker.define("host", "add", print, type="(y)")
        with self.assertRaises(TypeError):
            linker.define("host", "add", 1)

    def test_unknown_functions_may_trap(self):
        linker = Linker()
        linker.trap_unknown()
        with self.assertRaisesRegex(Trap, "unknown import host.add was called"):
            linker.instantiate(module_of("functions")).exports.add(1, 2)

    def test_prepared_modules_make_instances_in_threads(self):
        prepared = linker_with().prepare(module_of("functions"))
        sums = []

        def work():
            for i in range(20):
                with prepared.instantiate() as instance:
                    sums.append(instance.exports.add(i, 1))

        threads = [threading.Thread(target=work) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(sorted(sums), sorted(4 * list(range(1, 21))))

    def test_wasi_is_given_too(self):
        out = wasm2obj.Buffer()
        prepared = Linker().prepare(module_of("wasi"), Wasi(args=["a", "b"], stdout=out))
        for _ in range(2):
            prepared.instantiate().exports.arguments()
        self.assertEqual(out.text(), "a\0b\0a\0b\0")


class Objects(unittest.TestCase):
    def test_globals(self):
        instance = guest_with()
        self.assertEqual(sorted(instance.globals), ["constant", "counter"])
        counter = instance.globals["counter"]
        counter.value = 41
        self.assertEqual(instance.exports.count(), 42)
        self.assertEqual((counter.value, counter.type.value), (42, "i"))
        with self.assertRaisesRegex(UseError, "immutable"):
            instance.globals["constant"].value = 1.0
        with self.assertRaises(TypeError):
            counter.value = "text"
        with self.assertRaises(KeyError):
            instance.globals["table"]

    def test_tables(self):
        instance = guest_with()
        table = instance.tables["table"]
        self.assertEqual(list(table), [None, None])
        ref = instance.reference([1])
        table[1] = ref
        self.assertEqual(table[1].object, [1])
        self.assertEqual(table.grow(2, ref), 2)
        self.assertEqual((len(table), table.type.minimum, table.type.maximum), (4, 4, 5))
        with self.assertRaisesRegex(UseError, "cannot grow"):
            table.grow(2)
        with self.assertRaises(IndexError):
            table[4] = None

    def test_memories(self):
        instance = guest_with()
        self.assertEqual(list(instance.memories), ["memory", "other"])
        memory = instance.memories["memory"]
        memory.data[16:21] = b"HELLO"
        self.assertEqual(bytes(instance.memory[16:21]), b"HELLO")
        self.assertEqual(memory.grow(1), 1)
        self.assertEqual(len(memory.data), 2 << 16)
        self.assertTrue(instance.memories["other"].type.is_64)
        data = memory.data
        instance.close()
        self.assertEqual(bytes(data[16:21]), b"HELLO")
        with self.assertRaisesRegex(UseError, "has been closed"):
            memory.grow(1)

    def test_a_module_tells_its_types(self):
        module = module_of("functions")
        add, swap = module.imports[:2]
        self.assertEqual((add.module, add.name, add.type.function), ("host", "add", "(iI)I"))
        self.assertEqual(swap.type.function, "(fx)xf")
        exports = {export.name: export.type for export in module.exports}
        self.assertEqual(exports["memory"].maximum, 3)
        self.assertEqual(
            exports["constant"],
            (ExternKind.GLOBAL, "global f64", None, "F") + (False,) * 3 + (None,) * 3,
        )
        self.assertEqual(exports["tag"].function, "(i)")
        self.assertEqual(module.facts.name, "functions")
        self.assertEqual(len(module.facts.source_sha256), 64)
        self.assertEqual(len(module.facts.compiler_version), 3)


if __name__ == "__main__":
    unittest.main()
