"""A process is known by pid and start: a pid that was given to someone else is never signalled."""

import signal
import subprocess
import sys
import unittest

import support
from launcher import identity

WAITING = [sys.executable, "-c", "import signal; signal.pause()"]


class Identity(unittest.TestCase):
    def setUp(self):
        self.process = subprocess.Popen(WAITING)
        self.addCleanup(self.process.wait)
        self.addCleanup(self.process.kill)
        self.mark = identity.start_mark(self.process.pid)

    def test_a_running_process_is_alive_under_its_own_mark_only(self):
        self.assertTrue(identity.is_alive(self.process.pid, self.mark))
        self.assertFalse(identity.is_alive(self.process.pid, "1@another-boot"))
        self.assertFalse(identity.is_alive(None, None))

    def test_a_reused_pid_is_not_signalled(self):
        self.assertFalse(identity.send(self.process.pid, "1@another-boot", signal.SIGKILL))
        self.assertIsNone(identity.stop(self.process.pid, "1@another-boot", 1))
        self.assertTrue(identity.is_alive(self.process.pid, self.mark))

    def test_stopping_says_which_signal_it_took(self):
        self.assertEqual(identity.stop(self.process.pid, self.mark, 10), signal.SIGTERM)

    def test_an_unreaped_process_counts_as_gone(self):
        self.process.kill()
        support.wait_until(lambda: identity.start_mark(self.process.pid) is None, "a zombie")
        self.assertFalse(identity.is_alive(self.process.pid, self.mark))

    def test_a_pid_that_never_was_is_gone(self):
        self.assertIsNone(identity.start_mark(2**22 + 1))
        self.assertTrue(identity.wait_gone(2**22 + 1, "x", 0))


if __name__ == "__main__":
    unittest.main()
