"""The Shanghai sample is varied and in order, names nobody real, and uses every call."""

import csv
import json
import lzma
import re
import sys
from datetime import datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "deploy" / "cities" / "shanghai" / "sample"
SERVICES = {"citizen": ROOT / "proto/paidan/intake/v1/intake.proto",
            "office": ROOT / "proto/paidan/dispatch/v1/office.proto",
            "agency": ROOT / "proto/paidan/dispatch/v1/assignment.proto"}
KINDS = {"", "咨询", "求助", "投诉", "举报", "建议", "表扬"}
# Calls that open a ticket or only look at one, and what the sample cannot need: its days are
# covered by the calendar.
NOT_TOLD = {"Submit", "SubmitStream", "Track", "Subscribe", "List", "Reveal", "SubscribeQueue",
            "ListQueue", "ListProvisional", "RecalculateDue", "Precedents", "ReturnReport",
            "WriteMark"}
# Each is told at least once, with the reason for which the rules refuse it.
REFUSALS = {"return_not_allowed", "too_late", "extension_not_allowed", "unknown_unit",
            "wrong_state", "nothing_to_decide", "unknown_ticket", "itself"}


def read(name):
    opened = lzma.open if name.endswith(".xz") else open
    with opened(SAMPLE / name, "rt", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def at(text):
    return datetime.strptime(text, "%Y-%m-%d %H:%M:%S")


def errors_of(row):
    said = row["title"] + row["text"] + row["phone"]
    numbers = re.findall(r"(?<!\d)1\d{10}(?!\d)", said)
    if any(not number.startswith("1990000") for number in numbers):
        yield "a phone number that may belong to somebody"
    if any(not number.startswith("19000101") for number in
           re.findall(r"(?<!\d)\d{6}(\d{8})\d{3}[\dX](?!\d)", said)):
        yield "an identity number that may belong to somebody"
    if not row["title"] or not row["text"]:
        yield "no title or text"


def errors_of_variety(rows):
    for column, least in (("external_id", 1000), ("text", 990), ("channel", 10), ("title", 400)):
        found = len({row[column] for row in rows})
        if found < least:
            yield f"{found} different values of {column}, {least} wanted"
    if {row["demand_kind"] for row in rows} != KINDS:
        yield "not every demand kind is there"
    districts = set(re.findall(r"^[^区]{2,3}区", "\n".join(row["address"] for row in rows), re.M))
    if len(districts) < 16:
        yield f"{len(districts)} districts, 16 wanted"


def errors_of_all(rows):
    if len(rows) != 1000:
        yield f"{len(rows)} tickets, 1000 wanted"
    yield from errors_of_variety(rows)
    submitted = [row["submitted_at"] for row in rows]
    if submitted != sorted(submitted):
        yield "rows are not in order of submission"


def errors_of_event(event, submitted):
    if event["external_id"] not in submitted:
        yield "belongs to no ticket"
    elif at(event["at"]) < submitted[event["external_id"]]:
        yield "precedes the submission"
    if event["fields"] and not isinstance(json.loads(event["fields"]), dict):
        yield "fields are no object"


def calls():
    """Names of the calls about a ticket."""
    found = set()
    for path in SERVICES.values():
        found |= set(re.findall(r"^\s*rpc (\w+)\(", path.read_text(encoding="utf-8"), re.M))
    return found - NOT_TOLD


def errors_of_all_events(events):
    for missing in sorted(calls() - {event["verb"] for event in events}):
        yield f"no event {missing}"
    for missing in sorted(REFUSALS - {event["refusal"] for event in events}):
        yield f"no step is refused for {missing}"
    times = [event["at"] for event in events]
    if times != sorted(times):
        yield "events are not in order"


def main():
    rows, events = read("tickets.csv"), read("events.csv.xz")
    submitted = {row["external_id"]: at(row["submitted_at"]) for row in rows}
    errors = [f"{row['external_id']}: {error}" for row in rows for error in errors_of(row)]
    errors += [f"events line {line}: {error}" for line, event in enumerate(events, 2)
               for error in errors_of_event(event, submitted)]
    errors += [*errors_of_all(rows), *errors_of_all_events(events)]
    print("\n".join(errors) or f"{len(rows)} tickets and {len(events)} events are in order")
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main())
