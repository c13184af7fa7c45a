"""Views of memories, which cannot dangle."""

import gc
import unittest

import wasm2obj
from guests import instance_of
from wasm2obj.handles import delete_ended


class OfGarbage:
    """Reads a view when it is garbage, in a cycle with the instance. It is younger than that, whose
    objects the garbage collector therefore visits first."""

    def __init__(self, seen, instance, view):
        self.seen = seen
        self.view = view
        self.instance = instance
        instance.owner = self

    def __del__(self):
        self.seen.append(bytes(self.view[16:20]))


class Ended:
    """Stands for an instance that cannot be deleted at first. Garbage is collected when it is."""

    def __init__(self):
        self.has_view = True
        self.deletions = 0

    def try_delete(self):
        if self.has_view:
            return False
        self.deletions += 1
        delete_ended()
        return True


class Memory(unittest.TestCase):
    def setUp(self):
        self.instance = instance_of("wasi")

    def test_a_view_is_the_memory(self):
        view = self.instance.memory
        self.assertEqual((view.nbytes, view.format, view.readonly), (2 << 16, "B", False))
        self.assertEqual(view[16:20], b"made")
        view[16:20] = b"MADE"
        self.assertEqual(self.instance.memory[16:20], b"MADE")

    def test_a_view_remains_when_the_memory_grows(self):
        before = self.instance.memory
        self.instance.exports.grow(1)
        after = self.instance.memory
        self.assertEqual((before.nbytes, after.nbytes), (2 << 16, 3 << 16))
        before[0] = 7
        self.assertEqual(after[0], 7)

    def test_a_view_keeps_the_memory_of_a_closed_instance(self):
        view = self.instance.memory
        part = view[16:20]
        self.instance.close()
        del self.instance
        view.release()
        gc.collect()
        instance_of("wasi").memory[16:20] = b"----"
        self.assertEqual(part, b"made")

    def test_a_view_keeps_the_memory_of_garbage(self):
        seen = []
        for _ in range(20):
            instance = instance_of("wasi")
            OfGarbage(seen, instance, instance.memory)
        del instance
        gc.collect()
        self.assertEqual(seen, [b"made"] * 20)

    def test_an_instance_is_deleted_once(self):
        ended = [Ended(), Ended()]
        delete_ended(*ended)
        for each in ended:
            each.has_view = False
        delete_ended()
        self.assertEqual([each.deletions for each in ended], [1, 1])

    def test_a_module_without_memory(self):
        with self.assertRaisesRegex(wasm2obj.UseError, "no memory is exported"):
            instance_of("values").memory


if __name__ == "__main__":
    unittest.main()
