"""Working time of the sample: the pack's days off, and business hours from 9:00 to 17:30."""

import json
from datetime import date, datetime, time, timedelta

OPENS, CLOSES = time(9, 0), time(17, 30)


class Working:
    """Days off and make-up days of the years whose notices lie in `folder`."""

    def __init__(self, folder):
        self._off = {}
        for path in sorted(folder.glob("*.json")):
            for day in json.loads(path.read_text(encoding="utf-8"))["days"]:
                self._off[date.fromisoformat(day["date"])] = day["isOffDay"]

    def is_worked(self, day):
        return not self._off.get(day, day.weekday() >= 5)

    def next_open(self, at):
        """The first moment in working hours that is not before `at`."""
        while not self.is_worked(at.date()) or at.time() >= CLOSES:
            at = datetime.combine(at.date() + timedelta(days=1), OPENS)
        return max(at, datetime.combine(at.date(), OPENS))

    def after_minutes(self, at, minutes):
        """So many working minutes after `at`."""
        at = self.next_open(at)
        while True:
            left = (datetime.combine(at.date(), CLOSES) - at).total_seconds() / 60
            if minutes < left:
                return at + timedelta(minutes=minutes)
            minutes -= left
            at = self.next_open(datetime.combine(at.date(), CLOSES))

    def on_day(self, at, days, hour, minute):
        """That wall time on the working day number `days` after the day of `at`."""
        day = at.date()
        while days > 0:
            day += timedelta(days=1)
            days -= self.is_worked(day)
        return datetime.combine(day, time(hour, minute))
