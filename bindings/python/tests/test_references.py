"""References to objects of guests and of Python, and exceptions of guests."""

import gc
import unittest
import weakref

import wasm2obj
from guests import instance_of
from wasm2obj import I31, ValueType


class Thing:
    """An object that weak references can refer to."""


class References(unittest.TestCase):
    def setUp(self):
        self.instance = instance_of("references")
        self.exports = self.instance.exports

    def test_integers_and_null(self):
        self.assertIsNone(self.exports.same_any(None))
        result = self.exports.same_any(I31(-5))
        self.assertIsInstance(result, I31)
        self.assertEqual(result, -5)
        self.assertEqual(self.exports.several(), (1, I31(-2), None, 3))
        with self.assertRaises(OverflowError):
            I31(1 << 30)
        with self.assertRaisesRegex(TypeError, "not int"):
            self.exports.same_any(5)

    def test_structs(self):
        point = self.exports.new_point(42, None)
        self.assertEqual(len(point), 10)
        self.assertEqual(list(point)[:4], [42, -5, 1.5, -2.5])
        self.assertEqual(point.part(6), (ValueType.I32, 2, True))
        point[1] = 1 << 40
        self.assertEqual(point[1], 1 << 40)
        point[7] = point
        self.assertEqual(point[7], point)
        self.assertNotEqual(point, self.exports.new_point(42, None))
        with self.assertRaisesRegex(wasm2obj.UseError, "immutable"):
            point[0] = 1
        for index in (10, -1, 1 << 70):
            with self.assertRaises(IndexError):
                point[index]

    def test_arrays(self):
        array = self.exports.new_bytes(7, 3)
        array[1] = 255
        self.assertEqual(list(array), [7, 255, 7])

    def test_functions(self):
        add = self.exports.add_of()
        self.assertEqual(add.parameters, (ValueType.I32, ValueType.I32))
        self.assertEqual(add(40, 2), 42)
        self.assertEqual(self.exports.same_func(add), add)

    def test_strings(self):
        text = self.exports.concat(self.instance.string("a\0ä"), self.instance.string("😀"))
        self.assertEqual(str(text), "a\0ä😀")
        self.assertEqual(str(self.instance.string("")), "")

    def test_exceptions(self):
        with self.assertRaises(wasm2obj.GuestException) as caught:
            self.exports.throw(-9, I31(3))
        exception = caught.exception.exception
        self.assertEqual(exception.tag, "failure")
        self.assertEqual((len(exception), exception[0], exception[3]), (5, -9, 3))
        self.assertIn("$throw", caught.exception.backtrace[0])
        with self.assertRaises(wasm2obj.GuestException) as caught:
            self.exports.throw_again(exception)
        self.assertEqual(caught.exception.exception, exception)

    def test_an_exception_when_an_instance_is_made(self):
        with self.assertRaises(wasm2obj.GuestException) as caught:
            instance_of("throws_at_start")
        exception = caught.exception.exception
        self.assertIsNone(exception.tag)
        self.assertEqual(len(exception), 0)

    def test_a_reference_of_another_instance_is_refused(self):
        other = instance_of("references")
        with self.assertRaisesRegex(wasm2obj.UseError, "of another instance"):
            self.exports.same_any(other.reference(1))
        self.assertNotEqual(other.reference(1), self.instance.reference(1))

    def test_objects_of_python_come_back(self):
        thing = Thing()
        self.assertIs(self.exports.same_extern(self.instance.reference(thing)).object, thing)

    def test_objects_of_python_live_as_long_as_their_references(self):
        thing = Thing()
        alive = weakref.ref(thing)
        self.exports.keep(self.instance.reference(thing))
        del thing
        self.instance.collect()
        self.assertIsNotNone(alive())
        self.exports.keep(None)
        self.instance.collect()
        self.assertIsNone(alive())

    def test_objects_of_python_do_not_outlive_the_instance(self):
        thing = Thing()
        alive = weakref.ref(thing)
        reference = self.instance.reference(thing)
        del thing
        self.instance.close()
        self.assertIsNone(alive())
        with self.assertRaisesRegex(wasm2obj.UseError, "has been closed"):
            reference.object

    def test_references_in_garbage(self):
        for _ in range(100):
            cycle = [self.exports.new_point(1, self.instance.reference(Thing()))]
            cycle.append(cycle)
        del cycle
        gc.collect()
        self.instance.collect()
        self.assertEqual(self.exports.point_of(self.exports.new_point(5, None)), 5)

    def test_a_heap_has_a_limit(self):
        limits = wasm2obj.Limits(heap_bytes=1 << 20)
        exports = instance_of("references", limits=limits).exports
        with self.assertRaises(wasm2obj.Trap):
            exports.new_bytes(0, 2 << 20)


if __name__ == "__main__":
    unittest.main()
