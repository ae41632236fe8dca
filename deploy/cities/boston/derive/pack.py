"""Writes the files of the pack that come from the cases.

    python3 pack.py ../../../../tests/data/boston311/2011-q3.csv.xz ..

Writes taxonomy.yaml, areas.yaml, agencies.yaml and responsibility.yaml into the folder. The other
files of the pack are written by hand. The same cases give the same bytes.
"""

import json
import sys
from collections import Counter
from pathlib import Path

from cases import SAME_NEIGHBOURHOOD, read
from lines import DEFAULT_QUEUE, Rules, departments_of
from names import DEPARTMENTS, DISTRICTS, REASONS
from words import REFINEMENTS, WORDS_OF_REASON

HEAD = "# Derived from the city's own cases by derive/pack.py (see derive/README.md).\n"
UNKNOWN = "Other"
NO_DEPARTMENT = "No Q"


def quoted(text):
    """The text as a YAML scalar; JSON's quoting is YAML's."""
    return json.dumps(text, ensure_ascii=False)


def quoted_list(texts):
    return "[" + ", ".join(quoted(text) for text in texts) + "]"


def id_of(name):
    """A pack's id holds no slash; the name keeps it."""
    return name.replace("/", "-")


def reason_id(reason):
    """Some reasons are called like one of their types, and a channel names the type."""
    return id_of(reason) + " (all)"


def path_of(category):
    """Path of a category in the taxonomy."""
    return "/".join([reason_id(category[0])] + [id_of(part) for part in category[1:]])


def area_code(district, neighbourhood=""):
    """Code of a public works district, or of a neighbourhood's part that lies in it."""
    if not neighbourhood:
        return f"pwd-{district}"
    return f"pwd-{district} {id_of(neighbourhood)}"


def taxonomy(rules):
    out = [HEAD]
    out.append("demand_kinds:\n  - {id: request, zh: 诉求, en: request, call_back: false}\n")
    out.append("default_demand_kind: request\n")
    out.append(f"unknown_category: {UNKNOWN}\n\ncategories:\n")
    for reason in sorted(REASONS):
        types = sorted(path[1] for path in rules.by_type.values() if path[0] == reason)
        out.append(f"  - id: {quoted(reason_id(reason))}\n    zh: {quoted(REASONS[reason])}\n")
        out.append(f"    en: {quoted(reason + ' (all)')}\n")
        if reason in WORDS_OF_REASON:
            out.append(f"    keywords: {quoted_list(WORDS_OF_REASON[reason])}\n")
        out.append("    children:\n")
        for type_ in types:
            out += _type(rules, (reason, type_))
    out.append(f"  - {{id: {UNKNOWN}, zh: 其他, en: Other}}\n")
    return "".join(out)


def _type(rules, category):
    out = [f"      - id: {quoted(id_of(category[1]))}\n        en: {quoted(category[1])}\n"]
    finer = [row for row in REFINEMENTS if category + (row[0],) in rules.by_category]
    if finer:
        out.append("        children:\n")
    for name, phrases in finer:
        out.append(f"          - id: {quoted(name)}\n")
        out.append(f"            keywords: {quoted_list(phrases)}\n")
    return out


def areas(cases):
    known = Counter((c.district, c.neighbourhood) for c in cases if c.district)
    spellings = {}
    for short, name in SAME_NEIGHBOURHOOD.items():
        spellings.setdefault(name, []).append(short)
    out = [HEAD, "kinds: [city, district, neighborhood]\nareas:\n"]
    out.append("  - code: boston\n    kind: city\n    zh: 波士顿市\n    en: City of Boston\n")
    out.append("    children:\n")
    for district in sorted({district for district, _ in known}):
        values = [district] + ([district[1:]] if district.startswith("0") else [])
        out.append(f"      - code: {quoted(area_code(district))}\n        kind: district\n")
        name = f"District {district}: {DISTRICTS[district]}"
        out.append(f"        en: {quoted(name)}\n")
        out.append(f"        codes: {{pwd_district: {quoted_list(values)}}}\n        children:\n")
        for place in sorted(place for place in known if place[0] == district and place[1]):
            names = [place[1]] + sorted(spellings.get(place[1], []))
            code = quoted(area_code(*place))
            out.append(f"          - code: {code}\n            kind: neighborhood\n")
            out.append(f"            en: {quoted(f'{place[1]} (District {district})')}\n")
            codes = f"pwd_district: {quoted_list(values)}, neighborhood: {quoted_list(names)}"
            out.append(f"            codes: {{{codes}}}\n")
    return "".join(out)


def agencies(departments):
    out = [HEAD, "units:\n"]
    for department in sorted(set(departments.values())):
        en, zh = DEPARTMENTS[department]
        out.append(f"  - {{id: {quoted(department)}, kind: department, ")
        out.append(f"zh: {quoted(zh)}, en: {quoted(en)}}}\n")
        for queue in sorted(q for q in departments if departments[q] == department):
            out.append(f"  - {{id: {quoted(id_of(queue))}, kind: queue, ")
            out.append(f"parent: {quoted(department)}, en: {quoted(queue)}}}\n")
    return "".join(out)


def responsibility(rules, departments):
    out = [HEAD, "lines:\n"]
    for line in rules.lines():
        category = path_of(line.category) if line.category else UNKNOWN
        parts = [f"category: {quoted(category)}"]
        if line.area:
            parts.append(f"area: {quoted(area_code(*line.area))}")
        if line.channel:
            parts.append(f"channel: {line.channel.lower().replace(' ', '_')}")
        parts.append(f"lead: {quoted(departments[line.queue])}")
        parts.append(f"queue: {quoted(id_of(line.queue))}")
        out.append(f"  - {{{', '.join(parts)}}}\n")
    return "".join(out)


def main(source, target):
    cases = [case for case in read(source) if case.department != NO_DEPARTMENT]
    rules = Rules(cases)
    departments = departments_of(cases)
    assert DEFAULT_QUEUE in departments
    folder = Path(target)
    (folder / "taxonomy.yaml").write_text(taxonomy(rules), encoding="utf-8")
    (folder / "areas.yaml").write_text(areas(cases), encoding="utf-8")
    (folder / "agencies.yaml").write_text(agencies(departments), encoding="utf-8")
    (folder / "responsibility.yaml").write_text(
        responsibility(rules, departments), encoding="utf-8"
    )


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
