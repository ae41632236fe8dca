"""`paidanctl due`: what an official or a citizen asks it, and what it answers."""

import json
import os
import pathlib
import subprocess
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
PAIDANCTL = pathlib.Path(os.environ.get("PAIDANCTL", ROOT / "build/release/bin/paidanctl"))
BEFORE_NATIONAL_DAY = "2025-09-30T10:12:00+08:00"


def run(*arguments):
    return subprocess.run([PAIDANCTL, "due", *arguments], cwd=ROOT, text=True,
                          capture_output=True, check=False)


def clocks(kind, at, *more):
    """{clock: its object} of the JSON form, for Shanghai."""
    done = run("--pack", "shanghai", "--kind", kind, "--at", at, "--json", *more)
    assert done.returncode == 0, done.stderr
    return {entry["clock"]: entry for entry in json.loads(done.stdout)}


class Due(unittest.TestCase):
    def test_each_kind_and_urgency_has_its_terms(self):
        rows = [
            # kind, from, urgency, clock, due
            ("投诉", BEFORE_NATIONAL_DAY, "normal", "handle", "2025-10-14T17:30:00+08:00"),
            ("投诉", BEFORE_NATIONAL_DAY, "normal", "contact", "2025-10-09T17:30:00+08:00"),
            ("求助", BEFORE_NATIONAL_DAY, "normal", "citizen", "2025-10-14T17:30:00+08:00"),
            ("举报", BEFORE_NATIONAL_DAY, "normal", "co_handle", "2025-10-13T17:30:00+08:00"),
            ("咨询", BEFORE_NATIONAL_DAY, "normal", "handle", "2025-10-09T17:30:00+08:00"),
            ("建议", "2025-11-03T09:00:00+08:00", "normal", "handle", "2025-11-04T17:30:00+08:00"),
            ("投诉", BEFORE_NATIONAL_DAY, "urgent", "handle", "2025-10-01T10:12:00+08:00"),
            ("投诉", BEFORE_NATIONAL_DAY, "特急", "handle", "2025-09-30T12:12:00+08:00"),
            ("投诉", BEFORE_NATIONAL_DAY, "normal", "acknowledge", "2025-09-30T14:12:00+08:00"),
            ("投诉", BEFORE_NATIONAL_DAY, "normal", "return_request",
             "2025-10-09T17:30:00+08:00"),
            ("投诉", BEFORE_NATIONAL_DAY, "normal", "redo", "2025-10-11T17:30:00+08:00"),
            ("投诉", BEFORE_NATIONAL_DAY, "normal", "supervise", "2025-10-11T17:30:00+08:00"),
            ("投诉", BEFORE_NATIONAL_DAY, "normal", "review", "2025-10-11T17:30:00+08:00"),
            ("投诉", BEFORE_NATIONAL_DAY, "normal", "extension_decision",
             "2025-09-30T14:12:00+08:00"),
            ("投诉", BEFORE_NATIONAL_DAY, "normal", "arbitration", "2025-10-09T17:30:00+08:00"),
            # The same moment told in another zone is the same moment.
            ("投诉", "2025-09-30T02:12:00Z", "normal", "handle", "2025-10-14T17:30:00+08:00"),
        ]
        for kind, at, urgency, clock, due in rows:
            with self.subTest(f"{kind} {at} {urgency} {clock}"):
                self.assertEqual(clocks(kind, at, "--urgency", urgency)[clock]["due_at"], due)

    def test_praise_has_no_clock_of_handling(self):
        found = clocks("表扬", BEFORE_NATIONAL_DAY)
        for clock in ("citizen", "contact", "handle", "co_handle"):
            self.assertNotIn(clock, found)

    def test_each_entry_is_explained_in_both_languages(self):
        entry = clocks("投诉", BEFORE_NATIONAL_DAY)["handle"]
        self.assertEqual(list(entry), ["clock", "due_at", "explanation_zh", "explanation_en"])
        self.assertEqual(entry["explanation_en"],
                         "5 working days after Tue 30 Sep 2025 10:12; 1–8 Oct off; "
                         "Sat 11 Oct worked; due Tue 14 Oct 17:30")
        self.assertEqual(entry["explanation_zh"],
                         "自2025年9月30日（周二）10:12起5个工作日；10月1日至10月8日放假；"
                         "10月11日（周六）上班；10月14日（周二）17:30到期")

    def test_each_level_below_the_lead_is_due_a_working_day_earlier(self):
        rows = [("1", None), ("2", None), ("3", "2025-10-13T17:30:00+08:00"),
                ("4", "2025-10-11T17:30:00+08:00")]
        for level, due in rows:
            with self.subTest(level):
                found = clocks("投诉", BEFORE_NATIONAL_DAY, "--level", level)
                self.assertEqual(found.get("sub_handle", {}).get("due_at"), due)
                self.assertEqual(found["handle"]["due_at"], "2025-10-14T17:30:00+08:00")

    def test_a_term_beyond_the_covered_years_is_provisional(self):
        entry = clocks("投诉", "2026-12-30T10:00:00+08:00")["handle"]
        self.assertEqual(entry["due_at"], "2027-01-06T17:30:00+08:00")
        self.assertIn("provisional", entry["explanation_en"])
        self.assertIn("暂定", entry["explanation_zh"])

    def test_a_channel_may_have_a_term_of_its_own(self):
        found = clocks("投诉", BEFORE_NATIONAL_DAY, "--channel", "petition")
        self.assertEqual(found["citizen"]["due_at"], "2025-11-29T10:12:00+08:00")

    def test_the_table_is_for_people(self):
        done = run("--pack", "shanghai", "--kind", "投诉", "--at", BEFORE_NATIONAL_DAY)
        self.assertEqual(done.returncode, 0)
        lines = done.stdout.splitlines()
        self.assertEqual(lines[0].split(), ["CLOCK", "DUE", "WHY"])
        self.assertTrue(any(line.startswith("handle  ") and "2025-10-14T17:30:00+08:00" in line
                            and "办理时限：自2025年9月30日" in line for line in lines))
        self.assertTrue(any(line.startswith("extension limit  ")
                            and "2025-10-28T17:30:00+08:00" in line for line in lines))
        self.assertIn("with an extension: 15 working days after acceptance on Tue 30 Sep 2025 "
                      "10:12; 1–8 Oct off; Sat 11 Oct worked; extended to Tue 28 Oct 17:30 at the "
                      "latest", done.stdout)

    def test_a_pack_whose_due_times_are_given_counts_none(self):
        at = "2011-07-01T10:00:00-04:00"
        done = run("--pack", "boston", "--kind", "request", "--at", at, "--json")
        self.assertEqual((done.returncode, done.stdout), (0, "[]\n"), done.stderr)
        done = run("--pack", "boston", "--kind", "request", "--at", at)
        self.assertEqual(done.stdout, "no clock runs / 不计时\n")

    def test_wrong_use_names_the_field_and_what_is_allowed(self):
        right = {"--pack": "shanghai", "--kind": "投诉", "--at": BEFORE_NATIONAL_DAY}
        rows = [
            ({"--kind": "打听"}, "--kind 打听: the pack shanghai knows 咨询, 求助, 投诉"),
            ({"--at": "2025-09-30"}, "--at 2025-09-30: must be a time with its zone"),
            ({"--at": "2025-09-30T10:12:00"}, "must be a time with its zone, e.g. 2025-09-30T10"),
            ({"--at": "2025-02-30T10:12:00+08:00"}, "must be a time with its zone"),
            ({"--at": "0001-01-01T00:00:00Z"}, "the year must be from 1900 to 2200"),
            ({"--at": "9999-12-31T23:59:59Z"}, "the year must be from 1900 to 2200"),
            ({"--urgency": "soon"},
             "--urgency soon: must be one of normal (一般), urgent (紧急), critical (特急)"),
            ({"--level": "5"}, "--level: Value 5 not in range 1 to 4"),
            ({"--level": "0"}, "--level: Value 0 not in range 1 to 4"),
            ({"--channel": "radio"}, "--channel radio: the pack shanghai knows hotline"),
            ({"--pack": "atlantis"}, "--pack atlantis: no deploy/cities/atlantis"),
            ({"--pack": "./nowhere"}, "--pack ./nowhere: there is no such folder"),
            ({"--kind": None}, "--kind is required"),
            ({"--at": None}, "--at is required"),
        ]
        for changes, expected in rows:
            with self.subTest(changes):
                wanted = {**right, **changes}
                done = run(*(part for key, value in wanted.items() if value is not None
                             for part in (key, value)))
                self.assertEqual(done.returncode, 2)
                self.assertEqual(done.stdout, "")
                self.assertIn(expected, done.stderr)


if __name__ == "__main__":
    unittest.main()
