"""Several threads: one at a time uses an instance, and any may interrupt it."""

import gc
import os
import random
import threading
import unittest
from collections import deque
from concurrent.futures import ThreadPoolExecutor

import wasm2obj
from guests import instance_of, module_of
from wasm2obj import Buffer, Wasi


class Cycle:
    """Garbage that has an instance, and uses it when it is collected."""

    def __init__(self, viewed, instance, collect):
        self.viewed, self.view = viewed, viewed.memory
        self.instance = instance
        self.points = [instance.exports.new_point(i, instance.reference(self)) for i in range(5)]
        self.points.append(self)
        instance.owner = viewed.owner = self
        if collect:
            instance.collect()

    def __del__(self):
        try:
            self.instance.exports.new_point(1, None)
        except wasm2obj.UseError:
            pass  # its handles may have been collected before


def make_garbage(seed):
    """Makes instances, references, views and streams that are garbage at random places."""
    numbers = random.Random(seed)
    kept = deque(maxlen=3)
    for _ in range(100):
        viewed = instance_of(
            "wasi", wasi=Wasi(stdout=lambda _: numbers.random() < 0.1 and gc.collect())
        )
        kept.append(Cycle(viewed, instance_of("references"), numbers.random() < 0.3))
        viewed.exports.put(1, 16, 4)
        if numbers.random() < 0.5:
            viewed.close()
        for cycle in kept:
            assert cycle.view[16:20] == b"made"


class Threads(unittest.TestCase):
    def test_waiting_is_interrupted(self):
        reader, writer = os.pipe()
        try:
            instance = instance_of("wasi", wasi=Wasi(stdin=reader))
            other = threading.Thread(target=instance.interrupt)
            other.start()
            with self.assertRaisesRegex(wasm2obj.Interrupted, "interrupt"):
                instance.exports.get()
            other.join()
        finally:
            os.close(reader)
            os.close(writer)

    def test_computing_is_interrupted(self):
        instance = instance_of("values")
        timer = threading.Timer(0.05, instance.interrupt)
        timer.start()
        with self.assertRaises(wasm2obj.Interrupted):
            instance.exports.loop()
        timer.join()
        with self.assertRaises(wasm2obj.Interrupted):
            instance.exports.add(1, 2)

    def test_a_call_reaches_its_time_limit(self):
        instance = instance_of("values")
        for wrong in (0, -1, 1e10):
            with self.assertRaises(ValueError):
                instance.limit_time(wrong)
        instance.limit_time(0.02)
        instance.limit_time(None)
        instance.limit_time(0.5)
        self.assertEqual(instance.exports.add(1, 2), 3)
        with self.assertRaises(wasm2obj.Interrupted):
            instance.exports.loop()

    def test_a_call_consumes_its_fuel(self):
        instance = instance_of("values")
        self.assertEqual(instance.fuel, 2**63 - 1)
        for wrong in (-1, 2**64):
            with self.assertRaises(ValueError):
                instance.fuel = wrong
        instance.fuel = 1000
        self.assertEqual(instance.exports.add(1, 2), 3)
        self.assertEqual(instance.fuel, 1000 - 4)
        with self.assertRaisesRegex(wasm2obj.OutOfFuel, "all fuel consumed"):
            instance.exports.loop()
        self.assertEqual(instance.fuel, 0)
        instance.fuel = 4
        self.assertEqual(instance.exports.add(1, 2), 3)

    def test_instantiation_has_a_time_limit(self):
        limits = wasm2obj.Limits(call_seconds=0.02)
        for name in ("endless_start", "endless_initialize"):
            with self.assertRaises(wasm2obj.Interrupted):
                instance_of(name, limits=limits)
            prepared = wasm2obj.Linker().prepare(module_of(name), limits=limits)
            with self.assertRaises(wasm2obj.Interrupted):
                prepared.instantiate()
        with self.assertRaises(wasm2obj.Interrupted):
            instance_of("values", limits=limits).exports.loop()
        with self.assertRaises(ValueError):
            wasm2obj.Limits(call_seconds=0).handle()

    def test_an_instance_in_use_is_refused(self):
        refused = []

        def write(_):
            for use in (
                instance.exports.nothing,
                lambda: instance.memory,
                instance.close,
                out.bytes,
            ):
                try:
                    use()
                except wasm2obj.UseError as error:
                    refused.append(str(error))

        out = Buffer()
        instance = instance_of("wasi", wasi=Wasi(stdout=write, stderr=out))
        instance.function("nothing")
        self.assertEqual(instance.exports.put(1, 16, 4), 0)
        self.assertEqual(len(refused), 4)
        self.assertTrue(all("in use" in text for text in refused))
        instance.exports.nothing()
        instance.close()

    def test_guests_that_share_a_buffer_do_not_run_in_parallel(self):
        refused = []

        def write(_):
            try:
                other.exports.nothing()
            except wasm2obj.UseError as error:
                refused.append(str(error))

        out = Buffer()
        other = instance_of("wasi", wasi=Wasi(stdout=out))
        other.function("nothing")
        instance = instance_of("wasi", wasi=Wasi(stdout=write, stderr=out))
        self.assertEqual(instance.exports.put(1, 16, 4), 0)
        self.assertEqual(len(refused), 1)
        other.exports.nothing()

    def test_instances_of_one_module_run_in_parallel(self):
        failures = []
        barrier = threading.Barrier(4)

        def use():
            barrier.wait()
            for i in range(50):
                with instance_of("references") as instance:
                    point = instance.exports.new_point(i, instance.reference(barrier))
                    if (point[0], point[8].object) != (i, barrier):
                        failures.append(i)

        instance_of("references")
        threads = [threading.Thread(target=use) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(failures, [])

    def test_garbage_of_many_threads(self):
        with ThreadPoolExecutor(4) as threads:
            list(threads.map(make_garbage, range(4)))

    def test_references_are_dropped_by_any_thread(self):
        dropped = []

        def drop(_):
            dropped.append(len(points))
            points.clear()

        instance = instance_of("references")
        points = [instance.exports.new_point(i, None) for i in range(100)]
        other = instance_of("wasi", wasi=Wasi(stdout=drop))
        other.exports.put(1, 16, 4)
        instance.collect()
        self.assertEqual(dropped, [100])
        self.assertEqual(instance.exports.new_point(1, None)[0], 1)


if __name__ == "__main__":
    unittest.main()
