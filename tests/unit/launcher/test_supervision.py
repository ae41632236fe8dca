"""The supervisor starts, restarts and stops what it is told to, and leaves nothing running."""

import os
import signal
import subprocess
import sys
import time
import unittest

import support
from launcher import child, control, identity, records
from launcher.fault import Fault
from support import free_port, ready, wait_until


class Supervision(support.DeploymentCase):
    def test_a_dead_service_is_restarted_within_two_seconds_and_counted(self):
        port = free_port()
        self.start(self.process("intake", port=port), ready())
        first = self.entry("intake")
        killed_at = time.monotonic()
        os.kill(first["pid"], signal.SIGKILL)
        wait_until(lambda: self.entry("intake")["pid"] != first["pid"], "a new process")
        self.assertLess(time.monotonic() - killed_at, 2.0)
        self.assertEqual(self.entry("intake")["restarts"], 1)
        wait_until(lambda: control.status(self.layout, time.time())[0]["ready"], "ready again")
        line = (self.layout.run / "restarts.jsonl").read_text()
        self.assertIn('"exit": -9', line)

    def test_status_lists_every_process_with_its_ports(self):
        port = free_port()
        self.start(self.process("views", port=port), self.process("redis"), ready())
        entries = {entry["name"]: entry for entry in control.status(self.layout, time.time())}
        self.assertEqual(set(entries), {"views", "redis"})
        self.assertEqual(entries["views"]["ports"], {"monitor": port})
        self.assertTrue(entries["views"]["ready"])
        self.assertEqual(entries["views"]["restarts"], 0)
        self.assertGreaterEqual(entries["views"]["uptime_s"], 0)

    def test_stopping_is_in_reverse_order_and_leaves_nothing(self):
        order = self.layout.base / "order"
        steps = [self.process(name, "--name", name, "--on-stop", str(order), port=free_port())
                 for name in ("kafka", "dispatch", "intake")]
        self.start(*steps, ready())
        pids = [entry["pid"] for entry in control.running(self.layout)]
        stopped = control.stop(self.layout)
        self.assertEqual(stopped, ["kafka", "dispatch", "intake"])
        self.assertEqual(order.read_text().split(), ["intake", "dispatch", "kafka"])
        self.assertEqual([identity.start_mark(pid) for pid in pids], [None, None, None])
        self.assertEqual(control.status(self.layout, time.time()), [])
        self.assertFalse(control.is_locked(self.layout))

    def test_what_ignores_sigterm_is_killed_after_its_grace(self):
        self.start(self.process("stubborn", "--ignore-term", port=free_port(), grace_s=1), ready())
        pid = self.entry("stubborn")["pid"]
        control.stop(self.layout)
        self.assertIsNone(identity.start_mark(pid))

    def test_children_of_a_killed_supervisor_are_found_and_stopped(self):
        starter = self.start(self.process("dispatch", port=free_port()), ready())
        pid = self.entry("dispatch")["pid"]
        starter.popen.kill()
        starter.popen.wait()
        with self.assertRaisesRegex(Fault, r"still running without a supervisor: dispatch"):
            control.require_idle(self.layout)
        self.assertEqual(control.stop(self.layout), ["dispatch"])
        self.assertIsNone(identity.start_mark(pid))
        control.require_idle(self.layout)

    def test_a_second_start_is_refused_while_the_first_lives(self):
        self.start(self.process("dispatch", port=free_port()), ready())
        with self.assertRaisesRegex(Fault, "already running"):
            control.require_idle(self.layout)

    def test_a_service_that_never_starts_ends_the_start_with_its_log(self):
        with self.assertRaises(Fault) as raised:
            self.start(self.process("dispatch", "--say", "no such pack: x", "--exit", "1",
                                    port=free_port()), ready())
        self.assertIn("dispatch does not start (exit status 1)", raised.exception.message)
        self.assertIn("no such pack: x", raised.exception.detail)
        self.assertEqual(control.running(self.layout), [])

    def test_a_bad_configuration_is_not_tried_again(self):
        with self.assertRaisesRegex(Fault, r"exit status 2"):
            self.start(self.process("intake", "--exit", "2", port=free_port()), ready())
        lines = (self.layout.run / "restarts.jsonl").read_text().splitlines()
        self.assertEqual(len(lines), 1)

    def test_a_failing_command_ends_the_start_and_stops_what_runs(self):
        command = {"kind": "command", "name": "create-topics", "cwd": "/", "deadline_s": 10,
                   "argv": [sys.executable, "-c", "print('broker said no'); raise SystemExit(3)"],
                   "log": str(self.layout.logs / "create-topics.log")}
        with self.assertRaises(Fault) as raised:
            self.start(self.process("kafka", port=free_port()), ready(), command)
        self.assertIn("create-topics failed with exit status 3", raised.exception.message)
        self.assertIn("broker said no", raised.exception.detail)
        self.assertEqual(control.running(self.layout), [])

    def test_a_service_that_is_not_ready_in_time_is_named(self):
        deaf = self.process("views")
        deaf["probe"] = {"kind": "tcp", "port": free_port()}
        with self.assertRaisesRegex(Fault, "views was not ready within 1 s"):
            self.start(deaf, ready(deadline_s=1))

    def test_a_missing_program_is_named(self):
        gone = self.process("intake")
        gone["argv"] = ["/nonexistent/paidan-intake"]
        with self.assertRaisesRegex(Fault, "intake cannot be started"):
            self.start(gone, ready())

    def test_a_full_log_is_kept_once_and_begun_again(self):
        step = self.process("dispatch")
        log = self.layout.logs / "dispatch.log"
        log.write_text("x" * 2000)
        child.Child(step, self.layout).rotate_log(max_bytes=1000)
        self.assertEqual(log.stat().st_size, 0)
        self.assertEqual((self.layout.logs / "dispatch.log.1").stat().st_size, 2000)


class Lifeline(support.DeploymentCase):
    STARTER = """
import sys; sys.path.insert(0, sys.argv[1]); sys.path.insert(0, sys.argv[2])
import pathlib, json
from launcher import control
from launcher.layout import Layout
layout = Layout("test", pathlib.Path(sys.argv[3]))
starter = control.start(layout, json.loads(sys.argv[4]), with_lifeline=True)
control.await_running(layout, starter, 20, lambda text: None)
if sys.argv[5] == "keep":
    starter.let_live()
print("ready", flush=True)
sys.stdin.read()
"""

    def start_from_another_process(self, mode):
        steps = [self.process("dispatch", port=free_port()), ready()]
        paths = [str(support.HERE.parents[2] / "deploy"), str(support.HERE), str(self.layout.base)]
        starter = subprocess.Popen([sys.executable, "-c", self.STARTER, *paths,
                                    records.json.dumps(steps), mode],
                                   stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.assertEqual(starter.stdout.readline(), b"ready\n")
        starter.kill()
        starter.communicate()

    def test_a_deployment_ends_with_a_killed_starter(self):
        self.start_from_another_process("bound")
        wait_until(lambda: not control.is_locked(self.layout), "the end of the supervisor")
        self.assertEqual(control.running(self.layout), [])

    def test_a_kept_deployment_outlives_its_starter(self):
        self.start_from_another_process("keep")
        self.assertTrue(control.is_locked(self.layout))
        self.assertEqual([e["name"] for e in control.running(self.layout)], ["dispatch"])


class Backoff(unittest.TestCase):
    def test_the_first_restart_is_at_once_and_later_ones_wait_longer_up_to_a_bound(self):
        self.assertEqual([child.backoff_s(n) for n in (1, 2, 3, 4)], [0.0, 0.5, 1.0, 2.0])
        self.assertEqual(child.backoff_s(50), child.BACKOFF_MAX_S)


if __name__ == "__main__":
    unittest.main()
