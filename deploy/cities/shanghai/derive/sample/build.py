"""Writes tickets.csv and events.csv.xz of the sample.

    python3 build.py ../../../../../tests/data/shanghai ../../sample

Everything in them is invented (see ../../sample/README.md). The same files give the same bytes.
"""

import csv
import io
import lzma
import random
import sys
from datetime import datetime, timedelta
from pathlib import Path

import duplicates
import matters
import plots
from story import LEAD, OFFICE, Story
from working import Working

HERE = Path(__file__).resolve().parent
SEED = 20251001
TICKETS = 1000
FIRST_DAY, DAYS = datetime(2025, 9, 22), 33
TICKET_COLUMNS = ("external_id", "channel", "submitted_at", "title", "text", "category",
                  "demand_kind", "address", "name", "phone", "confidential", "designated_unit")
EVENT_COLUMNS = ("external_id", "at", "who", "verb", "fields", "refusal")
# Channels that call back, with their weights; and those that belong to single matters.
CHANNELS = {"hotline": 62, "government_online": 9, "web_interaction": 12, "open311": 6, "media": 4,
            "business_experience_officer": 3}
NO_CALL_BACK = ("petition", "peoples_suggestions")
WORKING_KINDS = ("求助", "投诉", "举报")
# Led by a department with the town beside it in every district's list.
JOINT = ("渣土运输", "工地噪声", "商业噪声", "餐饮油烟", "扬尘")
STAMP = "%Y-%m-%d %H:%M:%S"


def read(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


class Builder:
    """Makes tickets with a plan each; the plans are played when all tickets have their numbers."""

    def __init__(self, data):
        self.dice = random.Random(SEED)
        self.working = Working(HERE.parent.parent / "holidays")
        self.districts = {row["code"]: row["name"] for row in read(data / "districts.csv")}
        self.towns = [row for row in read(data / "towns.csv") if row["code"][6] not in "45"]
        self.plans = []  # (tickets, play)
        self.texts = set()
        self.people = 0

    # ---- one ticket

    def town(self, duty=""):
        """A town by chance; for what a department leads one whose list has no exception: a 街道."""
        while True:
            row = self.dice.choice(self.towns)
            if duty in ("", "town") or row["name"].endswith("街道"):
                break
        same = [t["code"] for t in self.towns
                if t["areaCode"] == row["areaCode"] and t["code"] != row["code"]]
        return plots.Town(row["code"], row["areaCode"],
                          self.districts[row["areaCode"]] + row["name"], self.dice.choice(same))

    def moment(self, urgent=False):
        """When somebody calls: mostly in the day, at night too."""
        day = FIRST_DAY + timedelta(days=self.dice.randrange(DAYS))
        hour = self.dice.randrange(24) if urgent or self.dice.random() < 0.08 else \
            self.dice.choice((8, 9, 9, 9, 10, 10, 10, 11, 11, 13, 14, 14, 15, 15, 16, 17, 19, 20))
        return day + timedelta(hours=hour, seconds=self.dice.randrange(3600))

    def person(self):
        self.people += 1
        name = self.dice.choice(matters.SURNAMES) + self.dice.choice(matters.GIVEN)
        return name, f"1990000{2000 + self.people:04d}"

    def words(self, core, kind):
        """A text that no other ticket has."""
        while True:
            text = core.format(p=self.dice.choice(matters.STREETS), n=self.dice.randrange(2, 30),
                               d=self.dice.choice(matters.LENGTHS),
                               w=self.dice.choice(matters.HOURS))
            text += "，" + self.dice.choice(matters.TAILS[kind])
            if text not in self.texts:
                self.texts.add(text)
                return text

    def ticket(self, town, title, text, kind, leaf="", at=None, channel=""):
        name, phone = self.person()
        if self.dice.random() < 0.25:
            name = phone = ""
        channel = channel or self.dice.choices(list(CHANNELS), list(CHANNELS.values()))[0]
        return {"channel": channel, "submitted_at": at or self.moment(), "title": title,
                "text": text, "category": leaf, "demand_kind": kind, "address": town.name,
                "name": name, "phone": phone, "confidential": "no", "designated_unit": ""}

    def about(self, duty="", kinds=WORKING_KINDS):
        """A matter for such a plot."""
        while True:
            matter = self.dice.choice(matters.MATTERS)
            joint = matter.leaf.rsplit("/", 1)[1] in JOINT
            if matter.kind in kinds and duty in ("", matter.duty) and (duty != "joint" or joint):
                return matter

    def from_matter(self, matter, town, **more):
        core = self.dice.choice(matter.cores)
        return self.ticket(town, self.dice.choice(matter.titles), self.words(core, matter.kind),
                           matter.kind, matter.leaf, **more)

    def plan(self, tickets, play):
        self.plans.append((tickets, play))

    # ---- the parts of the sample

    def written(self):
        for row in read(HERE / "written.csv"):
            self.texts.add(row["text"])
            row["submitted_at"] = datetime.strptime(row["submitted_at"], STAMP)
            quick = row["demand_kind"] in ("咨询", "建议", "表扬")
            rated = row["channel"] not in NO_CALL_BACK and not quick
            self.plan([row], lambda stories, quick=quick, rated=rated:
                      live(stories[0], quick, rated))

    def plotted(self):
        for plot in plots.PLOTS:
            for _ in range(plot.count):
                town = self.town(plot.duty)
                made = self.from_matter(self.about(plot.duty), town)
                self.plan([made], lambda stories, play=plot.play, town=town: play(stories[0], town))

    def grouped(self):
        for group in duplicates.GROUPS:
            for _ in range(group.count):
                self.plan(self.group(group), group.play)

    def group(self, group):
        town, matter = self.town("town"), self.about("town")
        at = self.working.next_open(self.moment())
        first = self.from_matter(matter, town, at=at)
        first["name"], first["phone"] = self.person()
        tickets = [first]
        for _ in range(group.size - 1):
            at = self.working.after_minutes(at, self.dice.randint(40, 300))
            other = self.from_matter(matter, town, at=at)
            if group.same_caller:
                other.update(name=first["name"], phone=first["phone"], channel=first["channel"])
            if group.same_text:
                other.update(title=first["title"], text=first["text"])
            tickets.append(other)
        return tickets

    def urgent(self, count, rows, play):
        for _ in range(count):
            leaf, title, core = self.dice.choice(rows)
            made = self.ticket(self.town(), title, self.words(core, "求助"), "求助", leaf,
                               at=self.moment(urgent=True), channel="hotline")
            self.plan([made], lambda stories, play=play: play(stories[0]))

    def light(self, count, rows, kind, channels):
        for _ in range(count):
            title, core = self.dice.choice(rows)
            made = self.ticket(self.town(), title, self.words(core, kind), kind,
                               channel=self.dice.choice(channels))
            self.plan([made], lambda stories: live(stories[0], True, False))

    def vague(self, count):
        for number in range(count):
            title, core = self.dice.choice(matters.VAGUE)
            town = self.town()
            made = self.ticket(town, title, self.words(core, "求助"), "")
            if number % 2:
                made["address"] = ""
            self.plan([made], lambda stories, town=town, number=number:
                      judged(stories[0], town, number))

    def revealing(self, count):
        """Texts with numbers and names, which intake masks."""
        for number in range(count):
            town, matter = self.town(), self.about()
            made = self.from_matter(matter, town)
            made["name"], made["phone"] = self.person()
            made["text"] += f"我叫{made['name']}，电话{made['phone']}。" if number % 2 else \
                f"本人身份证号{identity(number)}，请勿外传。"
            self.plan([made], lambda stories: live(stories[0], False, True))

    def filling(self):
        while sum(len(tickets) for tickets, _ in self.plans) < TICKETS:
            matter = self.about(kinds=("咨询", *WORKING_KINDS))
            made = self.from_matter(matter, self.town())
            quick = matter.kind == "咨询"
            self.plan([made], lambda stories, quick=quick: live(stories[0], quick, True))

    def all(self):
        self.written()
        self.plotted()
        self.grouped()
        self.urgent(24, matters.URGENT, urgently)
        self.urgent(12, matters.CRITICAL, at_once)
        self.light(12, matters.SUGGESTIONS, "建议", ("peoples_suggestions", "web_interaction"))
        self.light(8, matters.PRAISES, "表扬", ("hotline", "web_interaction"))
        self.vague(14)
        self.revealing(12)
        self.filling()
        return number(self.plans), play(self.plans, self.working, self.dice)


# ---- lives of tickets that are not about one mechanism ------------------------------------------

def live(story, quick, rated):
    if quick:
        story.acknowledge().wait(20, 90).tell(LEAD, "RecordContact", reached=True)
        story.wait(20, 200).complete()
    else:
        story.taken(story.dice.random() < 0.93).days_later(1, 4).complete(story.dice.random() < 0.7)
    if rated and story.dice.random() < 0.6:
        story.rate()


def urgently(story):
    slow = story.dice.random() < 0.2
    story.at_once(5, 90 if slow else 40).tell(LEAD, "Acknowledge")
    story.at_once(10, 40).tell(LEAD, "RecordContact", reached=True)
    story.at_once(120, 2000 if slow else 1100).complete().rate()


def at_once(story):
    slow = story.dice.random() < 0.25
    story.at_once(1, 25 if slow else 9).tell(LEAD, "Acknowledge")
    story.at_once(2, 10).tell(LEAD, "RecordContact", reached=True)
    story.at_once(20, 180 if slow else 70).complete().rate()


def judged(story, town, number_of):
    """待人工研判: the office finds the unit, or what the matter is."""
    story.wait(20, 120)
    if number_of % 3 == 0:
        story.tell(OFFICE, "CorrectClassification", category="民政/社会事务/社区建设", area=town.code)
    else:
        story.tell(OFFICE, "Assign", lead_unit="t-" + town.code, reason="电话核实后确定由街镇办理")
    story.taken().days_later(3, 4).complete(False).rate()


def identity(number_of):
    """Well-formed (GB 11643) and of nobody: born on 1 January 1900."""
    digits = f"31010119000101{300 + number_of:03d}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return digits + "10X98765432"[sum(int(d) * w for d, w in zip(digits, weights)) % 11]


# ---- files -------------------------------------------------------------------------------------

def number(plans):
    """All tickets in order of submission, each with its external id."""
    tickets = [ticket for made, _ in plans for ticket in made]
    tickets.sort(key=lambda ticket: ticket["submitted_at"])
    for count, ticket in enumerate(tickets, 1):
        prefix = ticket["channel"].upper().replace("_", "-")
        ticket["external_id"] = f"{prefix}-2025-{count:04d}"
    return tickets


def play(plans, working, dice):
    events = []
    for tickets, tell in plans:
        stories = [Story(ticket, ticket["submitted_at"], working, dice) for ticket in tickets]
        tell(stories)
        for story in stories:
            events.extend(story.events)
    events.sort(key=lambda event: (event[1], event[0]))
    return events


def table(columns, rows):
    """The bytes of a CSV file."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return text.getvalue().encode()


def main(data, target):
    tickets, events = Builder(Path(data)).all()
    for ticket in tickets:
        ticket["submitted_at"] = ticket["submitted_at"].strftime(STAMP)
    rows = ([ticket[column] for column in TICKET_COLUMNS] for ticket in tickets)
    (Path(target) / "tickets.csv").write_bytes(table(TICKET_COLUMNS, rows))
    (Path(target) / "events.csv.xz").write_bytes(lzma.compress(table(EVENT_COLUMNS, events)))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
