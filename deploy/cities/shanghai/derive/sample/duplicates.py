"""重复件: one caller again on the same matter, and many callers on one fault.

A plot takes the stories of its tickets, the earliest first, and tells them together. Times are
working days after the first ticket.
"""

from collections import namedtuple

from story import CITIZEN, OFFICE

# `same_caller`: one phone number; `same_text`: the same words within a day (level 1).
Group = namedtuple("Group", "play count size same_caller same_text", defaults=(2, True, False))


def _after(story, other, least=10, most=60):
    """The story goes on after what the other one told last."""
    story.at = max(story.at, other.at)
    return story.wait(least, most)


def _link(story, master, reason="同一来电人同一诉求"):
    _after(story, master).tell(OFFICE, "LinkDuplicate",
                               master_ticket_id="@" + master.ticket["external_id"], reason=reason)


def _answer_all(master, others, day=4):
    for other in others:
        master.at = max(master.at, other.at)
    master.days_later(day, day).complete()
    for story in (master, *others):
        story.at = max(story.at, master.at)
        story.rate()


def answered_together(stories):
    master, *others = stories
    master.taken()
    for other in others:
        _link(other, master)
    _answer_all(master, others)


def many_callers(stories):
    master, *others = stories
    master.taken()
    for other in others:
        _link(other, master, "同一处故障多人反映")
    _answer_all(master, others, 3)


def refused(stories):
    master, other = stories
    master.taken().days_later(3, 4).complete().rate()
    other.acknowledge().wait(30, 90).tell(OFFICE, "UnlinkDuplicate", reason="两次反映的不是同一事项")
    other.contact().days_later(3, 4).complete().rate()


def undecided(stories):
    for story in stories:
        story.taken().days_later(3, 4).complete().rate()


def not_content(stories):
    master, other = stories
    master.taken()
    _link(other, master)
    master.at = max(master.at, other.at)
    master.days_later(3, 3).complete().rate()
    other.at = max(other.at, master.at)
    other.rate(solved=False)
    other.taken().wait(100, 400).complete().rate()


def taken_apart(stories):
    master, other = stories
    master.taken()
    _link(other, master)
    other.wait(60, 300).tell(OFFICE, "UnlinkDuplicate", reason="核实为两处不同地点")
    other.taken().days_later(4, 4).complete().rate()
    master.at = max(master.at, other.at)
    master.wait(10, 60).complete().rate()


def master_has_ended(stories):
    master, other = stories
    master.acknowledge().wait(10, 40).tell(OFFICE, "Decline", reason="不属于受理范围")
    _link(other, master)
    other.taken().days_later(4, 4).complete().rate()


def answered_again(stories):
    master, other = stories
    master.taken()
    _link(other, master)
    master.at = max(master.at, other.at)
    master.days_later(3, 3).complete(False).rate(solved=False)
    master.wait(200, 600).complete().rate()
    other.at = max(other.at, master.at)
    other.rate()


def linked_to_itself(stories):
    master, other = stories
    master.taken()
    other.acknowledge().tell(OFFICE, "LinkDuplicate", "itself",
                             master_ticket_id="@" + other.ticket["external_id"], reason="重复")
    other.contact().days_later(3, 4).complete().rate()
    master.days_later(3, 4).complete().rate()


def withdrawn_by_one(stories):
    master, other = stories
    master.taken()
    _link(other, master)
    other.wait(60, 200).tell(CITIZEN, "Withdraw", reason="等主单答复即可")
    master.at = max(master.at, other.at)
    master.days_later(4, 4).complete().rate()


GROUPS = (
    Group(answered_together, 9), Group(answered_together, 3, 3), Group(refused, 5),
    Group(undecided, 3), Group(undecided, 3, 2, True, True), Group(not_content, 4),
    Group(taken_apart, 3), Group(master_has_ended, 2), Group(answered_again, 2),
    Group(linked_to_itself, 1), Group(withdrawn_by_one, 2), Group(many_callers, 3, 5, False),
)
