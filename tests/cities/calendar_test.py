"""The working days of `paidanctl calendar` are those of other people's calendars, day by day.

Compared for each of the 2,922 days from 2019 to 2026, for the pack of Shanghai:

- tests/data/holidays (holiday-cn): work or off, and the name of the holiday.
- chinesecalendar (PyPI): `is_workday`, and its make-up working days (调休), `is_in_lieu` being the
  other side of them: a day off that a make-up day pays for.
- holidays (PyPI), country CN: `is_working_day`, and `weekend_workdays`, which must be our make-up
  days exactly. Its names are not compared: they are of the statutory days, not of the whole break.
"""

import datetime
import json
import os
import pathlib
import subprocess
import sys
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
PYTHON = ROOT / ".paidan" / "tools" / "python" / "bin" / "python"
PAIDANCTL = pathlib.Path(os.environ.get("PAIDANCTL", ROOT / "build/release/bin/paidanctl"))
FIRST, LAST = datetime.date(2019, 1, 1), datetime.date(2026, 12, 31)
DAYS = [FIRST + datetime.timedelta(days) for days in range((LAST - FIRST).days + 1)]


def enter_environment():
    """The packages lie in an environment of their own; go there, or say how to get it."""
    if pathlib.Path(sys.prefix) == PYTHON.parent.parent:
        return
    if not PYTHON.exists():
        sys.exit(f"{PYTHON.relative_to(ROOT)} is missing: ./paidan setup installs it, with "
                 "deploy/setup/requirements.txt from PyPI")
    os.execv(PYTHON, [str(PYTHON), "-B", *sys.argv])


def run(*arguments):
    return subprocess.run([PAIDANCTL, "calendar", *arguments], cwd=ROOT, text=True,
                          capture_output=True, check=False)


def our_days():
    """{day: (is worked, name)} as the command prints them."""
    done = run("--pack", "shanghai", "--from", str(FIRST), "--to", str(LAST))
    assert done.returncode == 0, done.stderr
    found = {}
    for line in done.stdout.splitlines():
        day, kind, name = (line.split(" ", 2) + [""])[:3]
        assert kind in ("work", "off"), line
        found[datetime.date.fromisoformat(day)] = (kind == "work", name)
    return found


class Calendar(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.ours = our_days()
        cls.made_up = {day for day, (worked, _) in cls.ours.items()
                       if worked and day.weekday() >= 5}

    def assert_same(self, theirs):
        wrong = [f"{day}: we say {'work' if self.ours[day][0] else 'off'}"
                 for day in DAYS if self.ours[day][0] != theirs(day)]
        self.assertEqual(wrong, [])

    def test_every_day_is_there_once_in_order(self):
        self.assertEqual(list(self.ours), DAYS)
        self.assertEqual(len(DAYS), 2922)

    def test_the_notices_of_the_state_council(self):
        notices = {}
        for year in range(FIRST.year, LAST.year + 1):
            text = (ROOT / "tests/data/holidays" / f"{year}.json").read_text()
            for day in json.loads(text)["days"]:
                notices[datetime.date.fromisoformat(day["date"])] = day
        for day in DAYS:
            notice = notices.get(day)
            worked = day.weekday() < 5 if notice is None else not notice["isOffDay"]
            name = "" if notice is None else notice["name"]
            self.assertEqual(self.ours[day], (worked, name), day)

    def test_the_pack_has_the_same_notices_as_the_tests(self):
        for path in sorted((ROOT / "tests/data/holidays").glob("*.json")):
            shipped = ROOT / "deploy/cities/shanghai/holidays" / path.name
            self.assertEqual(shipped.read_bytes(), path.read_bytes(), path.name)
        self.assertEqual((ROOT / "deploy/cities/shanghai/LICENSE-holidays").read_bytes(),
                         (ROOT / "tests/data/holidays/LICENSE").read_bytes())

    def test_chinesecalendar(self):
        import chinese_calendar
        self.assert_same(chinese_calendar.is_workday)
        self.assertEqual(self.made_up, {day for day in DAYS if day.weekday() >= 5
                                        and chinese_calendar.is_workday(day)})
        for day in DAYS:
            if chinese_calendar.is_in_lieu(day):
                self.assertFalse(self.ours[day][0], day)

    def test_holidays(self):
        import holidays
        theirs = holidays.country_holidays("CN", years=range(FIRST.year, LAST.year + 1))
        self.assert_same(theirs.is_working_day)
        self.assertEqual(self.made_up, {day for day in theirs.weekend_workdays
                                        if FIRST <= day <= LAST})


class WrongUse(unittest.TestCase):
    def test_says_which_field_and_what_is_allowed(self):
        cases = [
            (["--from", "2025-13-01", "--to", "2025-12-31"],
             "--from 2025-13-01: must be a day, YYYY-MM-DD"),
            (["--from", "2025-02-29", "--to", "2025-12-31"],
             "--from 2025-02-29: must be a day, YYYY-MM-DD"),
            (["--from", "2025-01-01", "--to", "soon"], "--to soon: must be a day, YYYY-MM-DD"),
            (["--from", "2025-01-01", "--to", "2025-01-01T00:00:00Z"],
             "--to 2025-01-01T00:00:00Z: must be a day, YYYY-MM-DD"),
            (["--from", "2025-01-02", "--to", "2025-01-01"],
             "--to 2025-01-01: is before --from 2025-01-02"),
            (["--from", "1800-01-01", "--to", "2025-01-01"],
             "--to 2025-01-01: more than 20000 days from --from 1800-01-01"),
            (["--to", "2025-01-01"], "--from is required"),
            (["--pack", "atlantis", "--from", "2025-01-01", "--to", "2025-01-01"],
             "--pack atlantis: no deploy/cities/atlantis in or above"),
        ]
        for arguments, expected in cases:
            with self.subTest(arguments):
                done = run(*arguments)
                self.assertEqual(done.returncode, 2)
                self.assertEqual(done.stdout, "")
                self.assertIn(expected, done.stderr)

    def test_days_beyond_the_covered_years_go_by_their_weekday_and_say_so(self):
        done = run("--pack", "shanghai", "--from", "2026-12-31", "--to", "2027-01-02")
        self.assertEqual(done.returncode, 0)
        self.assertEqual(done.stdout, "2026-12-31 work\n2027-01-01 work\n2027-01-02 off\n")
        self.assertIn("the calendar covers 2019 to 2026", done.stderr)


if __name__ == "__main__":
    enter_environment()
    unittest.main()
