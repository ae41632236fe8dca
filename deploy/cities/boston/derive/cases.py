"""Reads the city's cases and keeps of each what a submission holds, and the answer to learn.

A submission holds the type, the title, the channel and the place. Department and queue are the
answer; they are read for learning and judging only. `reason` is read only to place a type in the
taxonomy.
"""

import csv
import datetime
import io
import lzma
import re
from dataclasses import dataclass

DATE_FORMAT = "%Y-%m-%d %H:%M:%S"

# The file writes some neighbourhoods in two ways; the longer name is the city's own.
SAME_NEIGHBOURHOOD = {
    "Allston": "Allston / Brighton",
    "Brighton": "Allston / Brighton",
    "Mattapan": "Greater Mattapan",
    "South Boston": "South Boston / South Boston Waterfront",
}


@dataclass(frozen=True)
class Case:
    """One case: the fields that a submission holds, and the recorded answer."""

    opened: datetime.datetime
    reason: str
    type: str
    title: str
    channel: str
    district: str
    neighbourhood: str
    department: str
    queue: str

    @property
    def week(self):
        """Monday of the week in which the case was opened."""
        return self.opened.date() - datetime.timedelta(days=self.opened.weekday())


def tidy(text):
    """The text without blanks at its ends and with single blanks inside."""
    return re.sub(r"\s+", " ", text).strip()


def district_of(value):
    """Public works district in the form of two digits: `9` and `09` are one district."""
    value = value.strip()
    return value.zfill(2) if value.isdigit() else value


def read(path):
    """All cases of a .csv or .csv.xz file, in its order."""
    opener = lzma.open if str(path).endswith(".xz") else open
    with opener(path, "rb") as raw:
        rows = csv.DictReader(io.TextIOWrapper(raw, encoding="utf-8", newline=""))
        return [_case(row) for row in rows]


def _case(row):
    neighbourhood = tidy(row["neighborhood"])
    return Case(
        opened=datetime.datetime.strptime(row["open_dt"], DATE_FORMAT),
        reason=tidy(row["reason"]),
        type=tidy(row["type"]),
        title=tidy(row["case_title"]),
        channel=tidy(row["source"]),
        district=district_of(row["pwd_district"]),
        neighbourhood=SAME_NEIGHBOURHOOD.get(neighbourhood, neighbourhood),
        department=tidy(row["department"]),
        queue=tidy(row["queue"]),
    )
