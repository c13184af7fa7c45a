"""What guests do to the process: its end, and its handlers of signals."""

import subprocess
import sys
import unittest

from guests import path_of

# Objects that are alive when Python ends are destroyed without a word, in whatever order.
ALIVE_AT_THE_END = """
import sys, wasm2obj
out = []
instance = wasm2obj.Instance(wasm2obj.Module.open(sys.argv[1]))
point = instance.exports.new_point(1, instance.reference(object()))
instance.exports.keep(instance.reference(instance))
other = wasm2obj.Instance(wasm2obj.Module.open(sys.argv[2]), wasm2obj.Wasi(stdout=out.append))
other.exports.put(1, 16, 4)
view = other.memory
print(out)
"""

# A trap is a signal, which handlers that were there before do not get.
WITH_FAULTHANDLER = """
import faulthandler, sys, threading
faulthandler.enable()
import wasm2obj
def trap():
    for _ in range(3):
        try:
            wasm2obj.Instance(wasm2obj.Module.open(sys.argv[1])).call("trap")
        except wasm2obj.Trap as trap:
            print(trap.message)
trap()
thread = threading.Thread(target=trap)
thread.start()
thread.join()
"""


class Process(unittest.TestCase):
    def run_script(self, script, *modules):
        """Runs a script with modules, and returns its output."""
        run = subprocess.run(
            [sys.executable, "-c", script, *map(path_of, modules)],
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        self.assertEqual((run.returncode, run.stderr), (0, ""))
        return run.stdout

    def test_objects_may_be_alive_at_the_end(self):
        output = self.run_script(ALIVE_AT_THE_END, "references", "wasi")
        self.assertEqual(output, "[b'made']\n")

    def test_traps_with_a_faulthandler(self):
        output = self.run_script(WITH_FAULTHANDLER, "values")
        self.assertEqual(output.count("unreachable"), 6)


if __name__ == "__main__":
    unittest.main()
