"""Memories that guests in several threads share."""

import time
import unittest
from concurrent.futures import ThreadPoolExecutor

import wasm2obj
from guests import instance_of, module_of
from wasm2obj import Linker, SharedMemory, UseError, Wait

LOCK, COUNTER, READY = 0, 4, 8
THREADS, ROUNDS = 4, 1000


def counter_with(memory):
    linker = Linker()
    linker.define_shared_memory("env", "memory", memory)
    return linker.instantiate(module_of("counter"))


class SharedMemories(unittest.TestCase):
    def test_guests_count_in_parallel(self):
        memory = SharedMemory(1, 3)
        with ThreadPoolExecutor(THREADS) as pool:
            counts = pool.map(lambda _: counter_with(memory).exports.count(ROUNDS), range(THREADS))
            self.assertEqual(sum(counts), THREADS * ROUNDS)
        counted = int.from_bytes(memory.read(COUNTER, 4), "little")
        self.assertEqual(counted, THREADS * ROUNDS)
        self.assertEqual(memory.read(LOCK, 4), bytes(4))

    def test_a_guest_is_woken(self):
        memory = SharedMemory(1, 3)
        with ThreadPoolExecutor(1) as pool:
            waiting = pool.submit(lambda: counter_with(memory).exports.wait(READY))
            while memory.notify(READY) == 0:
                time.sleep(0.001)
            self.assertEqual(waiting.result(), Wait.WOKEN)

    def test_the_program_is_woken(self):
        memory = SharedMemory(1, 1)
        with ThreadPoolExecutor(1) as pool:
            waiting = pool.submit(memory.wait, READY, 0)
            while memory.notify(READY) == 0:
                time.sleep(0.001)
            self.assertEqual(waiting.result(), Wait.WOKEN)
        self.assertEqual(memory.wait(READY, 1), Wait.NOT_EQUAL)
        self.assertEqual(memory.wait(READY, 0, seconds=0.001), Wait.TIMED_OUT)
        for wrong in (READY + 1, 65536):
            self.assertRaises(UseError, memory.wait, wrong, 0)
            self.assertRaises(UseError, memory.notify, wrong)
        self.assertRaises(OverflowError, memory.wait, READY, -1)
        self.assertRaises(ValueError, memory.wait, READY, 0, 0)

    def test_bytes_are_checked(self):
        memory = SharedMemory(1, 2)
        memory.write(65532, b"last")
        self.assertEqual(memory.read(65532, 4), b"last")
        for at, size in ((65533, 4), (-1, 1), (0, 1 << 40)):
            self.assertRaises(IndexError, memory.read, at, size)
        self.assertRaises(IndexError, memory.write, 65533, b"last")
        self.assertEqual((memory.grow(1), memory.size), (1, 2 << 16))
        self.assertRaises(UseError, memory.grow, 1)
        self.assertRaises(UseError, SharedMemory, 2, 1)
        limits = wasm2obj.Limits(memory_bytes=1 << 16)
        self.assertRaises(UseError, SharedMemory, 2, 2, limits)

    def test_an_exported_one_outlives_its_instance(self):
        with instance_of("owner") as owner:
            self.assertRaises(UseError, owner.shared_memory, "plain")
            memory = owner.shared_memory("shared")
        other = counter_with(memory)
        self.assertEqual((other.exports.grow(1), memory.size), (1, 2 << 16))
        del memory
        self.assertEqual(other.exports.count(3), 3)


if __name__ == "__main__":
    unittest.main()
