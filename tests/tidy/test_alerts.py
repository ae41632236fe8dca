"""The alerts name metrics that exist, and each has its runbook, its tests and both languages."""

import pathlib
import re
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROMETHEUS = ROOT / "deploy" / "prometheus"
RUNBOOKS = ROOT / "docs" / "runbooks"
NAMES = ROOT / "libs" / "adapters" / "metrics" / "include" / "paidan" / "metrics" / "names.hpp"
EXPECTED = {"SlaAtRisk", "SlaBreached", "UrgentUnacknowledged", "TimeStalled", "PipelineStalled",
            "DeadLetters", "ServiceDown", "CalendarEnds"}
HEADINGS = ["## Meaning", "## Impact", "## Diagnosis", "## Mitigation"]


def alerts():
    """{name: its text} of alerts.yml."""
    parts = re.split(r"^ +- alert: (\w+)$", (PROMETHEUS / "alerts.yml").read_text(), flags=re.M)
    return dict(zip(parts[1::2], parts[2::2]))


def metrics_in(text):
    """The project's metrics that a text names; a histogram by its own name."""
    found = set(re.findall(r"\bpaidan_[a-z_]+", text))
    return {re.sub(r"_(?:bucket|sum|count)$", "", name) for name in found}


class Alerts(unittest.TestCase):
    def test_all_are_there(self):
        self.assertEqual(set(alerts()), EXPECTED)

    def test_every_metric_that_an_alert_or_runbook_names_exists(self):
        known = set(re.findall(r'"(paidan_[a-z_]+)"', NAMES.read_text()))
        self.assertGreater(len(known), 5)
        texts = {path: path.read_text() for path in (PROMETHEUS / "alerts.yml",
                                                     *RUNBOOKS.glob("*.md"))}
        for path, text in texts.items():
            self.assertEqual(metrics_in(text) - known, set(), f"in {path.name}")

    def test_each_says_how_bad_it_is_after_how_long_and_what_in_two_languages(self):
        for name, text in alerts().items():
            with self.subTest(name):
                self.assertRegex(text, r"severity: (critical|warning)\n")
                self.assertRegex(text, r"\n        for: \d+[smh]\n")
                for key in ("summary", "summary_zh", "description", "description_zh"):
                    self.assertRegex(text, rf"\n          {key}: \S")
                self.assertIn(f"runbook_url: docs/runbooks/{name}.md\n", text)

    def test_each_has_a_runbook_and_no_runbook_is_left_over(self):
        pages = {path.stem: path.read_text() for path in RUNBOOKS.glob("*.md")}
        self.assertEqual(set(pages) - {"README"}, EXPECTED)
        for name in EXPECTED:
            with self.subTest(name):
                found = re.findall(r"^## .*$", pages[name], re.M)
                self.assertEqual(found, HEADINGS)

    def test_each_is_tested_firing_silent_and_in_replay(self):
        for name in EXPECTED:
            text = (PROMETHEUS / "tests" / f"{name}.yml").read_text()
            with self.subTest(name):
                self.assertIn("exp_labels", text)
                self.assertIn("exp_alerts: []", text)
                self.assertIn('mode="replay"', text)

    def test_every_scraped_job_is_a_service_with_its_port(self):
        text = (PROMETHEUS / "prometheus.yml").read_text()
        jobs = re.findall(r"job_name: (\w+)\n.*targets: \[([\d.:]+)\]", text)
        shipped = []
        for path in sorted((ROOT / "deploy" / "config").glob("*.yaml")):
            listen = re.search(r"^monitor:\n  listen: (\S+)$", path.read_text(), re.M)
            if listen:
                shipped.append((path.stem, listen[1]))
        self.assertEqual(sorted(jobs), shipped)


if __name__ == "__main__":
    unittest.main()
