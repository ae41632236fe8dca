"""The command line: every command has help, and every fault is one line with its exit status."""

import contextlib
import io
import json
import os
import pathlib
import subprocess
import tempfile
import unittest
from unittest import mock

import support
from launcher import build, cli, commands, layout, logs, measure, packages, tools
from launcher.fault import Fault

COMMANDS = ("setup", "build", "demo", "test", "up", "down", "status", "logs", "bench")


def run(*arguments):
    """(exit status, standard output, standard error) of the launcher, in this process."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            status = cli.main(list(arguments))
        except SystemExit as end:
            status = end.code
    return status, out.getvalue(), err.getvalue()


class CommandLine(unittest.TestCase):
    def test_every_command_has_help(self):
        status, out, _ = run("--help")
        self.assertEqual(status, 0)
        for command in COMMANDS:
            self.assertIn(f"\n    {command} ", out)
            self.assertEqual(run(command, "--help")[0], 0)

    def test_the_stub_reaches_the_launcher_from_any_folder(self):
        done = subprocess.run([str(support.HERE.parents[2] / "paidan"), "--help"], cwd="/",
                              stdout=subprocess.PIPE, text=True, check=True)
        self.assertIn("./paidan demo", done.stdout)

    def test_a_wrong_command_line_is_refused_with_status_two(self):
        for arguments in ((), ("fly",), ("demo", "--limit", "0"), ("demo", "--limit", "x"),
                          ("up", "--port", "nobody=1"), ("demo", "--input", "/nonexistent")):
            with self.subTest(arguments):
                status, _, err = run(*arguments)
                self.assertEqual(status, 2)
                self.assertTrue(err.strip())

    def test_a_fault_is_told_in_one_line_after_its_detail(self):
        with mock.patch.object(commands.packages, "install_missing",
                               side_effect=Fault("no network; do this", detail="E: 404")):
            status, out, err = run("setup")
        self.assertEqual((status, out), (1, ""))
        self.assertEqual(err.splitlines(), ["E: 404", "paidan: no network; do this"])

    def test_an_interruption_has_status_130(self):
        with mock.patch.object(commands.compiler, "run", side_effect=KeyboardInterrupt):
            self.assertEqual(run("build")[0], 130)


class Status(support.DeploymentCase):
    def setUp(self):
        super().setUp()
        patched = mock.patch.object(commands, "deployments", return_value=(self.layout,))
        patched.start()
        self.addCleanup(patched.stop)

    def test_nothing_running_is_an_empty_list(self):
        self.assertEqual(run("status", "--json")[:2], (0, "[]\n"))
        self.assertIn("nothing is running", run("status")[1])

    def test_each_process_is_listed_as_a_table_or_as_json(self):
        port = support.free_port()
        self.start(self.process("intake", port=port), support.ready())
        status, out, _ = run("status", "--json")
        entry = json.loads(out)[0]
        self.assertEqual(status, 0)
        self.assertEqual({"name", "pid", "ports", "ready", "restarts", "uptime_s", "deployment"},
                         set(entry))
        self.assertEqual(entry["ports"], {"monitor": port})
        table = run("status")[1].splitlines()
        self.assertIn("NAME", table[0])
        self.assertIn(f"monitor:{port}", table[1])

    def test_down_stops_and_says_what(self):
        self.start(self.process("intake", port=support.free_port()), support.ready())
        self.assertIn("stopped intake (test)", run("down")[2])
        self.assertIn("nothing was running", run("down")[2])


class Needs(unittest.TestCase):
    def test_too_little_disk_is_told_before_anything_starts(self):
        with self.assertRaisesRegex(Fault, "GiB of disk are needed"):
            build.require_disk("/", 10**9)

    def test_missing_packages_without_root_give_the_command_to_run(self):
        with mock.patch.object(packages, "missing", return_value=["cmake", "g++"]), \
                mock.patch.object(packages.os, "getuid", return_value=1000), \
                self.assertRaises(Fault) as raised:
            packages.install_missing(lambda text: None, os.devnull)
        self.assertIn("sudo apt-get update && sudo apt-get install -y --no-install-recommends "
                      "cmake g++", raised.exception.message)

    def test_what_tests_need_is_fetched_once_for_each_list(self):
        with tempfile.TemporaryDirectory() as folder:
            place = pathlib.Path(folder) / "python"
            wanted = pathlib.Path(folder) / "requirements.txt"
            wanted.write_text("holidays==0.109\n")
            with mock.patch.object(tools, "PYTHON", place), \
                    mock.patch.object(tools, "REQUIREMENTS", wanted), \
                    mock.patch.object(tools, "_run",
                                      side_effect=lambda *_: place.mkdir(exist_ok=True)) as fetch:
                for text, calls in ((None, 2), (None, 2), ("holidays==0.110\n", 4)):
                    if text:
                        wanted.write_text(text)
                    tools.install_for_tests(lambda text: None, os.devnull)
                    self.assertEqual(fetch.call_count, calls)

    def test_tests_run_without_what_only_one_of_them_needs(self):
        with mock.patch.object(commands, "_prepare"), \
                mock.patch.object(commands, "_work_lock", contextlib.nullcontext), \
                mock.patch.object(commands.tools, "install_for_tests",
                                  side_effect=Fault("could not fetch from PyPI")), \
                mock.patch.object(commands.os, "execvp") as ctest:
            _, _, err = run("test")
        self.assertIn("could not fetch from PyPI", err)
        ctest.assert_called_once()

    def test_a_fetch_without_network_names_its_source(self):
        with tempfile.NamedTemporaryFile() as log, self.assertRaises(Fault) as raised:
            tools._run(["false"], log.name, "Maven Central")
        self.assertIn("could not fetch from Maven Central; check the network",
                      raised.exception.message)
        with self.assertRaisesRegex(Fault, "no-such-tool is missing; run ./paidan setup"):
            tools._run(["no-such-tool"], os.devnull, "npm")

    def test_programs_that_are_not_built_are_told(self):
        with self.assertRaisesRegex(Fault, r"is missing; run ./paidan build --preset no-such"):
            commands.Deployment(layout.UP, "boston", "live", {}, "no-such").require_binaries()


class Logs(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.layout = layout.Layout("test", pathlib.Path(folder.name))
        self.layout.make()
        (self.layout.logs / "dispatch.log").write_text("one\ntwo\nthree\n")

    def test_the_last_lines_of_the_chosen_log_are_shown(self):
        out = io.StringIO()
        logs.show(logs.choose(self.layout, "dispatch"), 2, out)
        self.assertEqual(out.getvalue(), "two\nthree\n")

    def test_an_unknown_log_is_refused_with_the_known_ones(self):
        with self.assertRaisesRegex(Fault, "no log of 'x'.*there are: dispatch"):
            logs.choose(self.layout, "x")


class Bench(unittest.TestCase):
    def test_the_essentials_of_a_measurement_are_kept(self):
        kept = measure._essentials({"name": "decide", "real_time": 5.0, "cpu_time": 4.0,
                                    "time_unit": "ns", "iterations": 9, "run_name": "decide",
                                    "tickets_per_s": 7})
        self.assertEqual(kept, {"name": "decide", "real_time": 5.0, "cpu_time": 4.0, "unit": "ns",
                                "counters": {"tickets_per_s": 7}})

    def test_an_unknown_benchmark_is_refused(self):
        with tempfile.TemporaryDirectory() as folder, self.assertRaisesRegex(Fault, "no benchmark"):
            measure.programs(pathlib.Path(folder), "x")


if __name__ == "__main__":
    unittest.main()
