"""Writes areas.yaml and agencies.yaml from the division files.

    python3 pack.py ../../../../tests/data/shanghai ..

The other files of the pack are kept by hand. The same input gives the same bytes.
"""

import csv
import json
import sys
from pathlib import Path

import names

DEPARTMENT_NAMES = {
    function: (suffix, en) for function, suffix, en in names.DEPARTMENTS + names.OUTER_DEPARTMENTS
}
HEAD = "# Derived from the divisions of Shanghai by derive/pack.py (see derive/README.md).\n"


def quoted(text):
    """The text as a YAML scalar; JSON's quoting is YAML's."""
    return json.dumps(text, ensure_ascii=False)


def quoted_list(texts):
    return "[" + ", ".join(quoted(text) for text in texts) + "]"


def read(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def class_of(town):
    """街道, 镇 or 乡 by the name; a park or farm by the code, whose last part starts with 4 or 5."""
    if town["code"][6] in "45":
        return "农场" if town["name"].endswith(("农场", "林场")) else "园区"
    for ending in ("街道", "镇", "乡"):
        if town["name"].endswith(ending):
            return ending
    raise ValueError(f"town {town['code']} {town['name']}: no class")


def aliases_of(town):
    short = [n for n in names.SHORT_NAMES if town["name"] in (n + "街道", n + "镇", n + "乡")]
    if not short:
        short = [n for n in names.SHORT_NAMES if town["name"] in (n + "路街道", n + "新镇")]
    return short + list(names.LANDMARKS.get(town["code"], ()))


def areas(districts, towns):
    out = [HEAD, "kinds: [city, district, town]\nclasses: [街道, 镇, 乡, 园区, 农场]\nareas:\n"]
    out.append('  - code: "310000"\n    kind: city\n    zh: 上海市\n    en: Shanghai\n')
    out.append("    children:\n")
    for district in districts:
        code = district["code"]
        out.append(f'      - code: "{code}"\n        kind: district\n')
        out.append(f"        zh: {district['name']}\n")
        out.append(f"        en: {quoted(names.DISTRICTS_EN[code])}\n")
        if code == names.PUDONG:
            out.append("        aliases: [浦东, 浦东区]\n")
        out.append("        children:\n")
        for town in (t for t in towns if t["areaCode"] == code):
            aliases = aliases_of(town)
            tail = f", aliases: {quoted_list(aliases)}" if aliases else ""
            out.append(f'          - {{code: "{town["code"]}", kind: town, ')
            out.append(f"class: {class_of(town)}, zh: {quoted(town['name'])}{tail}}}\n")
    return "".join(out)


def host_of(function, district):
    """Function of the department that answers for this one in the district; empty: itself."""
    if district["code"] == names.PUDONG:
        return names.HOSTS_IN_PUDONG.get(function, "")
    outer = any(function == row[0] for row in names.OUTER_DEPARTMENTS)
    return names.HOST_IN_CENTRE if outer and district["code"] in names.CENTRAL_DISTRICTS else ""


def department_name(function, district):
    """(zh, en) of the department; one that answers for another function has that in brackets."""
    host = host_of(function, district)
    if host:
        zh, en = department_name(host, district)
        return f"{zh}（{function}）", f"{en} (in place of the {DEPARTMENT_NAMES[function][1]})"
    if district["code"] == names.PUDONG and function in names.DEPARTMENTS_OF_PUDONG:
        return names.DEPARTMENTS_OF_PUDONG[function]
    suffix, en = DEPARTMENT_NAMES[function]
    zh = district["name"] + suffix
    if suffix.startswith("党委"):
        zh = "中共" + district["name"] + suffix[1:]
    return zh, f"{names.DISTRICTS_EN[district['code']]} {en}"


def unit_id(function, district):
    return f"{names.LETTERS[function]}-{district['code']}"


def departments_of(district):
    """Lines of agencies.yaml for the departments of a district."""
    code = district["code"]
    for function in DEPARTMENT_NAMES:
        zh, en = department_name(function, district)
        host = host_of(function, district)
        tail = f", host: {unit_id(host, district)}" if host else ""
        yield f'  - {{id: {unit_id(function, district)}, kind: department, area: "{code}", '
        yield f"function: {function}, parent: d-{code}{tail}, zh: {zh}, en: {quoted(en)}}}\n"


def agencies(districts, towns):
    out = [HEAD, "units:\n"]
    for id_, zh, en in names.BUREAUS:
        out.append(f"  - {{id: {id_}, kind: bureau, zh: {zh}, en: {quoted(en)}}}\n")
    for district in districts:
        code = district["code"]
        out.append(f'  - {{id: d-{code}, kind: district, area: "{code}", ')
        en = quoted(names.DISTRICTS_EN[code] + " District")
        out.append(f"zh: {district['name']}, en: {en}}}\n")
        out.extend(departments_of(district))
    for town in towns:
        code = town["code"]
        host = names.HOSTS.get(code)
        tail = f", parent: d-{town['areaCode']}" + (f", host: t-{host}" if host else "")
        zh = town["name"] + ("管理委员会" if code in names.COMMITTEES else "")
        out.append(f'  - {{id: t-{code}, kind: town, area: "{code}"{tail}, zh: {quoted(zh)}}}\n')
    out.extend(sections(towns))
    return "".join(out)


def sections(towns):
    """Lines of agencies.yaml for the sections of each 街镇; parks and farms have none."""
    for town in towns:
        if town["code"][6] in "45":
            continue
        code, name = town["code"], town["name"]
        for letters, zh, en in names.SECTIONS:
            yield f"  - {{id: {letters}-{code}, kind: section, parent: t-{code}, "
            yield f"zh: {name}{zh}, en: {quoted(f'{en} ({name})')}}}\n"


def main(source, target):
    districts = read(Path(source) / "districts.csv")
    towns = read(Path(source) / "towns.csv")
    special = {town["code"] for town in towns if town["code"][6] in "45"}
    if special != set(names.HOSTS) | set(names.COMMITTEES):
        raise ValueError("each park and farm needs a host or a committee")
    folder = Path(target)
    (folder / "areas.yaml").write_text(areas(districts, towns), encoding="utf-8")
    (folder / "agencies.yaml").write_text(agencies(districts, towns), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
