"""The launcher with the real programs: start, kill -9 of each, status, stop, start again.

Usage: test_deployment.py BUILD_FOLDER_NAME
"""

import json
import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
import unittest
import urllib.parse
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT / "deploy"))

from launcher import commands, control, identity, ports  # noqa: E402
from launcher.fault import Fault  # noqa: E402
from launcher.layout import Layout  # noqa: E402
from launcher.services import SERVICES, Deployment, default_ports  # noqa: E402

BUILD = sys.argv.pop() if len(sys.argv) > 1 else "release"
NAMES = {"kafka", "redis"} | {name for name, _, _ in SERVICES}
METRIC_NAMES = ROOT / "libs/adapters/metrics/include/paidan/metrics/names.hpp"
READY_AGAIN_S = 60


def free_ports():
    """A free port for everything, also beside a running deployment."""
    return ports.choose(dict.fromkeys(default_ports(), 0))


def wait_until(condition, what, deadline_s):
    """Looks again and again; fails by name at the limit."""
    deadline = time.monotonic() + deadline_s
    pause = threading.Event()
    while not condition():
        if time.monotonic() > deadline:
            raise AssertionError(f"not within {deadline_s} s: {what}")
        pause.wait(0.05)


def fetch(port, path):
    """The body of a page that answers 200."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5) as page:
        return page.read().decode()


def query(port, expression):
    """The values that Prometheus gives for an expression; none while it is not up."""
    try:
        answer = fetch(port, "/api/v1/query?" + urllib.parse.urlencode({"query": expression}))
    except OSError:
        return []
    return [row["value"][1] for row in json.loads(answer)["data"]["result"]]


class RealDeployment(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.layout = Layout("test", pathlib.Path(folder.name))
        cls.deployment = Deployment(cls.layout, "boston", "live", free_ports(), BUILD)
        cls.addClassCleanup(control.stop, cls.layout)
        try:
            cls.starter = commands.launch(cls.deployment)
        except Fault as fault:
            raise AssertionError(f"{fault.message}\n{fault.detail}") from fault

    def get(self, port_name, path):
        """The answer of a monitor port."""
        return fetch(self.deployment.ports[port_name], path)

    def status(self):
        return {entry["name"]: entry for entry in control.status(self.layout, time.time())}

    def test_1_everything_is_ready_and_on_its_ports(self):
        status = self.status()
        self.assertEqual(set(status), NAMES)
        for name, entry in status.items():
            self.assertTrue(entry["ready"], name)
            self.assertEqual(entry["restarts"], 0, name)
        intake = status["intake"]["ports"]
        self.assertEqual(intake["grpc"], self.deployment.ports["intake"])
        self.assertEqual(intake["monitor"], self.deployment.ports["intake.monitor"])
        self.assertFalse(ports.is_free(intake["grpc"]))

    def test_1_every_service_says_its_metrics_in_prometheus_format(self):
        known = set(re.findall(r'"(paidan_[a-z_]+)"', METRIC_NAMES.read_text()))
        for name, _, _ in SERVICES:
            with self.subTest(name):
                text = self.get(f"{name}.monitor", "/metrics")
                found = set(re.findall(r"^# TYPE (paidan_\w+) ", text, re.M))
                self.assertIn("paidan_build_info", found)
                self.assertEqual(found - known, set())
                self.assertIn(f'service="{name}"', text)
                checked = subprocess.run(["promtool", "check", "metrics"], input=text, text=True,
                                         stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                                         check=False)
                self.assertEqual(checked.returncode, 0, checked.stdout)

    def test_1_prometheus_scrapes_every_service_and_no_alert_fires(self):
        port = ports.choose({"prometheus": 0})["prometheus"]
        folder = self.layout.base / "prometheus"
        folder.mkdir()
        config = (ROOT / "deploy/prometheus/prometheus.yml").read_text()
        for name, default in default_ports().items():
            config = config.replace(f"127.0.0.1:{default}]",
                                    f"127.0.0.1:{self.deployment.ports[name]}]")
        config = config.replace("alerts.yml", str(ROOT / "deploy/prometheus/alerts.yml"))
        config = config.replace("scrape_interval: 5s", "scrape_interval: 1s")
        (folder / "prometheus.yml").write_text(config.replace("timeout: 4s", "timeout: 1s"))
        server = subprocess.Popen(
            ["prometheus", f"--config.file={folder / 'prometheus.yml'}",
             f"--storage.tsdb.path={folder / 'data'}", f"--web.listen-address=127.0.0.1:{port}"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.addCleanup(server.wait)
        self.addCleanup(server.terminate)
        wait_until(lambda: query(port, "sum(up)") == ["5"], "five scraped services", 30)
        self.assertEqual(query(port, 'count(paidan_build_info)'), ["5"])
        self.assertEqual(query(port, 'ALERTS{alertstate="firing"}'), [])

    def test_2_each_service_comes_back_within_two_seconds_after_kill(self):
        for name, _, _ in SERVICES:
            with self.subTest(name):
                before = self.status()[name]
                os.kill(before["pid"], signal.SIGKILL)
                wait_until(lambda: self.status()[name]["pid"] not in (None, before["pid"]),
                           f"a new {name}", 2.0)
                wait_until(lambda: self.status()[name]["ready"], f"{name} ready", READY_AGAIN_S)
                self.assertEqual(self.status()[name]["restarts"], 1)

    def test_3_stopping_ends_every_process_in_time(self):
        pids = [entry["pid"] for entry in self.status().values()]
        began = time.monotonic()
        control.stop(self.layout)
        self.assertLess(time.monotonic() - began, 30)
        self.assertEqual([identity.start_mark(pid) for pid in pids], [None] * len(pids))
        self.assertEqual(self.starter.popen.wait(5), 0)

    def test_4_it_starts_again_on_its_data(self):
        again = commands.launch(self.deployment)
        self.addCleanup(again.popen.wait)
        self.addCleanup(control.stop, self.layout)
        self.assertTrue(all(entry["ready"] for entry in self.status().values()))


if __name__ == "__main__":
    unittest.main()
