"""Instances that import from each other, and accounts."""

import gc
import threading
import unittest
import weakref

import wasm2obj
from guests import instance_of, module_of
from wasm2obj import Account, Limits, Linker, Store, UseError, Wasi


def linked(store=None):
    """Returns an instance, and one that imports from it, by a linker."""
    linker = Linker(store)
    provider = linker.instantiate(module_of("provider"))
    linker.define_instance("provider", provider)
    return provider, linker.instantiate(module_of("consumer"))


class Linked(unittest.TestCase):
    def test_all_kinds_of_objects_are_shared(self):
        for provider, consumer in (linked(), linked(Store())):
            self.assertEqual(consumer.exports.count(), 2)
            self.assertEqual(provider.exports.count(), 2)
            provider.globals["counter"].value = 20
            self.assertEqual(consumer.exports.counter(), 20)
            provider.memory[4:8] = b"\1\2\0\0"
            self.assertEqual(consumer.exports.load(4), 0x201)
            self.assertEqual(consumer.exports.grow(), 1)
            self.assertEqual(len(provider.memory), 2 << 16)
            self.assertEqual(consumer.exports.catch(7), 7)
            text = consumer.reference("text")
            provider.tables["table"][1] = text
            self.assertEqual(consumer.exports.get(1), text)
            self.assertEqual(consumer.exports.get(1).object, "text")
            provider.tables["functions"][0] = provider.function("count")
            self.assertEqual(consumer.exports.callFirst(), 21)

    def test_errors_pass_instances(self):
        provider, consumer = linked()
        with self.assertRaises(wasm2obj.GuestException) as caught:
            consumer.exports.throw(5)
        self.assertIn(caught.exception.exception, provider.tags["tag"])
        with self.assertRaises(wasm2obj.Trap) as caught:
            consumer.exports.trap()
        self.assertEqual(len(caught.exception.backtrace), 2)
        consumer.limit_time(0.05)
        with self.assertRaises(wasm2obj.Interrupted):
            provider.exports.spin()
        with self.assertRaises(wasm2obj.Interrupted):
            consumer.exports.counter()

    def test_single_items_are_defined(self):
        store = Store()
        linker = Linker(store)
        provider = linker.instantiate(module_of("provider"))
        for name in ("trap", "spin", "throw"):
            linker.define_item("provider", name, provider.function(name))
        linker.define_item("provider", "tag", provider.tags["tag"])
        memory = store.memory(1, 3)
        table = store.table(1, type="x")
        functions = store.table(1, 1, initial=provider.function("count"))
        counter = store.global_("i", 5, is_mutable=True)
        for name, item in (("memory", memory), ("table", table), ("functions", functions)):
            linker.define_item("provider", name, item)
        linker.define_item("provider", "counter", counter)
        linker.define("provider", "count", lambda: 50, type="()i")
        consumer = linker.instantiate(module_of("consumer"))
        self.assertEqual(consumer.exports.count(), 100)
        self.assertEqual(consumer.exports.callFirst(), 1)
        self.assertEqual(consumer.exports.counter(), 5)
        self.assertEqual(consumer.exports.catch(3), 3)
        memory.data[8] = 9
        self.assertEqual(consumer.exports.load(8), 9)
        table[0] = provider.string("text")
        self.assertEqual(str(consumer.exports.get(0)), "text")
        self.assertEqual(memory.type.text, "memory (min 1, max 3)")
        with self.assertRaisesRegex(UseError, "immutable"):
            store.global_("F", 1.5).value = 2.5
        exception = store.tag("(iI)").exception(1, 2)
        self.assertEqual(list(exception), [1, 2])
        data = memory.data
        del store, linker, provider, consumer, memory, table, functions, counter, exception
        gc.collect()
        instance_of("values").close()
        self.assertEqual(data[8], 9)

    def test_stores_are_separate(self):
        linker = Linker()
        linker.define_instance("provider", instance_of("provider"))
        with self.assertRaisesRegex(UseError, "of another store"):
            linker.define_instance("other", instance_of("provider"))
        with self.assertRaisesRegex(UseError, "of another store"):
            linker.define_item("a", "b", Store().memory(1))
        with self.assertRaisesRegex(UseError, "limits are those of the linker's store"):
            linker.instantiate(module_of("consumer"), limits=Limits())
        _, consumer = linked()
        with self.assertRaisesRegex(UseError, "not of the same store"):
            linked()[0].tables["table"][0] = consumer.string("text")
        closed = instance_of("provider")
        closed.close()
        with self.assertRaisesRegex(UseError, "has been closed"):
            Linker().define_instance("provider", closed)

    def test_a_closed_instance_goes_on_for_others(self):
        provider, consumer = linked()
        data = provider.memory
        provider.close()
        data[0] = 3
        self.assertEqual((consumer.exports.count(), consumer.exports.load(0)), (2, 3))
        with self.assertRaisesRegex(UseError, "has been closed"):
            provider.memory
        consumer.close()
        self.assertEqual(data[0], 3)

    def test_nothing_leaks(self):
        class Value:
            pass

        account = Account(Limits(memory_bytes=4 << 16))
        for is_closed in (False, True) * 20:
            value = Value()
            alive = weakref.ref(value)
            provider, consumer = linked(Store(Limits(account=account)))
            provider.tables["table"][0] = consumer.reference(value)
            consumer.cycle = provider.cycle = [provider, consumer, provider.memory]
            if is_closed:
                provider.close()
            del provider, consumer, value
            gc.collect()
            instance_of("values").close()  # deletes what has had views
            self.assertIsNone(alive())

    def test_an_instance_is_closed_by_a_function_that_it_calls(self):
        def act(_):
            instance.close()
            with self.assertRaisesRegex(UseError, "closed"):
                instance.exports.count()
            return 5

        for store in (None, Store()):
            linker = Linker(store)
            linker.define("host", "act", act)
            linker.trap_unknown()
            instance = linker.instantiate(module_of("functions"))
            self.assertEqual(instance.exports.act(1), 5)
            with self.assertRaisesRegex(UseError, "closed"):
                instance.memory


class Threads(unittest.TestCase):
    def test_one_thread_at_a_time_is_in_a_store(self):
        def act(_):
            thread = threading.Thread(target=use)
            thread.start()
            thread.join()
            return other.exports.add(1, 2)

        def use():
            for function in (lambda *_: other.exports.add, instantiate, store.memory):
                try:
                    function(1, 2)
                except UseError as error:
                    refused.append(error)

        def instantiate(*_):
            Linker(store).instantiate(module_of("values"))

        refused = []
        store = Store()
        linker = Linker(store)
        linker.define("host", "act", act)
        linker.trap_unknown()
        other = linker.instantiate(module_of("values"))
        instance = linker.instantiate(module_of("functions"))
        self.assertEqual(instance.exports.act(0), 3)
        self.assertEqual(len(refused), 3)

    def test_garbage_of_other_threads_is_deleted_in_the_store(self):
        store = Store()
        linker = Linker(store)
        provider = linker.instantiate(module_of("provider"))
        linker.define_instance("provider", provider)
        running = threading.Event()

        def make():
            consumer = linker.instantiate(module_of("consumer"))
            consumer.cycle = [consumer, consumer.reference(5), consumer.memory]
            return consumer

        kept = [make() for _ in range(200)]
        thread = threading.Thread(target=drop_all, args=(kept, running))
        thread.start()
        for i in range(2000):
            self.assertEqual(provider.exports.count(), i + 1)
        running.set()
        thread.join()

    def test_a_store_is_interrupted(self):
        store = Store()
        provider, consumer = linked(store)
        timer = threading.Timer(0.05, store.interrupt)
        timer.start()
        with self.assertRaises(wasm2obj.Interrupted):
            consumer.exports.spin()
        timer.join()
        with self.assertRaises(wasm2obj.Interrupted):
            provider.exports.count()

    def test_a_guest_that_runs_makes_no_instance_with_streams_in_its_store(self):
        def act(what):
            out = wasm2obj.Buffer() if what else None
            made = Linker(store).instantiate(module_of("wasi"), Wasi(stdout=out))
            return made.exports.grow(1)

        store = Store()
        linker = Linker(store)
        linker.define("host", "act", act)
        linker.trap_unknown()
        instance = linker.instantiate(module_of("functions"))
        self.assertEqual(instance.exports.act(0), 2)
        with self.assertRaisesRegex(UseError, "makes no instance with streams"):
            instance.exports.act(1)


def drop_all(kept, running):
    """Drops what is kept, until the other thread has run."""
    while kept and not running.is_set():
        kept.pop()
        gc.collect()


class Accounts(unittest.TestCase):
    def test_instances_have_a_limit_together(self):
        account = Account(Limits(memory_bytes=3 << 16))
        limits = Limits(memory_bytes=2 << 16, account=account)
        first = instance_of("provider", limits=limits)
        second = instance_of("provider", limits=limits)
        with self.assertRaisesRegex(UseError, "exceed the limit of 196608"):
            instance_of("wasi", limits=limits)  # which has two pages
        first.memories["memory"].grow(1)
        with self.assertRaises(UseError):
            first.memories["memory"].grow(1)  # its own limit
        with self.assertRaises(UseError):
            second.memories["memory"].grow(1)
        first.close()
        second.memories["memory"].grow(1)

    def test_accounts_belong_to_accounts(self):
        process = Account(Limits(memory_bytes=2 << 16))
        customers = [Account(Limits(memory_bytes=2 << 16, account=process)) for _ in range(2)]
        stores = [Store(Limits(account=customer)) for customer in customers]
        del process, customers
        memories = [store.memory(1) for store in stores]
        with self.assertRaises(UseError):
            memories[0].grow(1)
        with self.assertRaises(UseError):
            wasm2obj.SharedMemory(1, 3, Limits(memory_bytes=1))


if __name__ == "__main__":
    unittest.main()
