"""The Shanghai sample is varied, in order, and names nobody real."""

import csv
import re
import sys
from datetime import datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "deploy" / "cities" / "shanghai" / "sample" / "tickets.csv"
ORDER = ("submitted_at", "acknowledged_at", "contacted_at", "completed_at", "rated_at")


def read():
    with open(SAMPLE, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def at(row, column):
    return datetime.strptime(row[column], "%Y-%m-%d %H:%M:%S") if row[column] else None


def errors_of(row):
    times = [at(row, column) for column in ORDER if row[column]]
    if times != sorted(times):
        yield "times are not in order"
    asked, decided = at(row, "return_requested_at"), at(row, "return_decided_at")
    if (asked is None) != (decided is None) or (asked and decided <= asked):
        yield "a return needs a later decision"
    numbers = re.findall(r"(?<!\d)1\d{10}(?!\d)", row["title"] + row["text"] + row["phone"])
    if any(not number.startswith("1990000") for number in numbers):
        yield "a phone number that may belong to somebody"
    if not row["title"] or not row["text"]:
        yield "no title or text"


def errors_of_all(rows):
    if len(rows) < 300:
        yield f"{len(rows)} tickets, at least 300 wanted"
    for column, unique in (("external_id", len(rows)), ("text", len(rows)), ("channel", 10)):
        found = len({row[column] for row in rows})
        if found != unique:
            yield f"{found} different values of {column}, {unique} wanted"
    submitted = [row["submitted_at"] for row in rows]
    if submitted != sorted(submitted):
        yield "rows are not in order of submission"


def main():
    rows = read()
    errors = [f"{row['external_id']}: {error}" for row in rows for error in errors_of(row)]
    errors += errors_of_all(rows)
    print("\n".join(errors) or f"{len(rows)} tickets are in order")
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main())
