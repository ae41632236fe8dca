"""The Shanghai sample is varied, in order, and names nobody real."""

import csv
import re
import sys
from collections import Counter
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


def main():
    rows = read()
    errors = [f"{row['external_id']}: {error}" for row in rows for error in errors_of(row)]
    if len(rows) < 300:
        errors.append(f"{len(rows)} tickets, at least 300 wanted")
    if len({row["external_id"] for row in rows}) != len(rows):
        errors.append("an external id stands twice")
    for column, count in (("channel", 10),):
        if len({row[column] for row in rows}) != count:
            errors.append(f"not each {column} is there")
    if [row["submitted_at"] for row in rows] != sorted(row["submitted_at"] for row in rows):
        errors.append("rows are not in order of submission")
    repeated = [text for text, n in Counter(row["text"] for row in rows).items() if n > 1]
    errors += [f"the same text twice: {text}" for text in repeated]
    print("\n".join(errors) or f"{len(rows)} tickets are in order")
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main())
