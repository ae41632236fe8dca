"""Two launchers do not disturb each other."""

import pathlib
import subprocess
import sys
import tempfile
import unittest
from unittest import mock

import support
from launcher import locks
from launcher.fault import Fault

HOLDER = """
import pathlib, sys
sys.path.insert(0, sys.argv[1])
from launcher import locks
locks.STATE = pathlib.Path(sys.argv[2])
with locks.only_one("demo", "taken"):
    print("held", flush=True)
    sys.stdin.read()
"""


class Locks(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.state = pathlib.Path(folder.name)
        patched = mock.patch.object(locks, "STATE", self.state)
        patched.start()
        self.addCleanup(patched.stop)
        self.holder = subprocess.Popen(
            [sys.executable, "-c", HOLDER, str(support.HERE.parents[2] / "deploy"), folder.name],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.addCleanup(self.holder.communicate)
        self.assertEqual(self.holder.stdout.readline(), b"held\n")

    def test_a_second_one_is_refused_and_free_again_after_the_end_of_the_first(self):
        with self.assertRaisesRegex(Fault, "^taken$"), locks.only_one("demo", "taken"):
            pass
        self.holder.kill()
        self.holder.wait()
        with locks.only_one("demo", "taken"):
            pass

    def test_another_name_is_another_lock(self):
        with locks.only_one("up", "taken"):
            pass

    def test_the_one_that_waits_says_so_and_gets_its_turn(self):
        def report(text):
            said.append(text)
            self.holder.kill()

        said = []
        with locks.in_turn("demo", report, "waiting"):
            self.assertEqual(said, ["waiting"])


if __name__ == "__main__":
    unittest.main()
