"""Lives of which several units have a part, and those that the office or the citizen ends.

See plots.py, which says how many tickets live each.
"""

from story import CITIZEN, LEAD, OFFICE


def section(town, letters="cy"):
    return f"{letters}-{town.code}"


# ---- several units ---------------------------------------------------------------------------

def handed_down(story, town):
    below = section(town, story.dice.choice(("cy", "sg")))
    story.taken().wait(10, 60).tell(LEAD, "SubAssign", unit=below)
    story.days_later(2, 3).complete(True, below).wait(60, 200).complete().rate()


def handed_down_late(story, town):
    below = section(town)
    due = story.working.on_day(story.submitted_at, 2, 17, 30).isoformat() + "+08:00"
    story.taken().tell(LEAD, "SubAssign", unit=below, due_at=due)
    story.days_later(4, 4).complete(True, below).wait(30, 90).complete().rate()


def handed_elsewhere(story, town):
    story.taken().wait(10, 60)
    story.tell(LEAD, "SubAssign", "unknown_unit", unit=f"cy-{town.neighbour}")
    story.days_later(3, 4).complete().rate()


def raised(story, town):
    story.acknowledge().wait(30, 90)
    story.tell(LEAD, "RaiseToDistrict", reason="需区级部门牵头协调")
    story.taken().wait(60, 200).tell(f"t-{town.code}", "ReplyAsCoHandler", reply="街镇已完成现场清理")
    story.days_later(3, 4).complete().rate()


def raised_and_handed_down(story, town):
    story.acknowledge().wait(30, 90)
    story.tell(LEAD, "RaiseToDistrict", reason="涉及两个街镇交界")
    story.taken().tell(LEAD, "SubAssign", unit=f"t-{town.neighbour}")
    story.wait(20, 60).tell(f"t-{town.neighbour}", "SubAssign", unit=f"cy-{town.neighbour}")
    story.days_later(2, 2).complete(True, f"cy-{town.neighbour}")
    story.wait(60, 120).complete(True, f"t-{town.neighbour}")
    story.days_later(4, 4).complete().rate()


def raised_in_vain(story, town):
    story.acknowledge().tell(LEAD, "RaiseToDistrict", "unknown_unit", reason="请区里牵头")
    story.contact().days_later(3, 4).complete().rate()


def joined(story, town):
    story.taken().wait(60, 200)
    story.tell(f"t-{town.code}", "ReplyAsCoHandler", reply="街镇已派人配合")
    story.days_later(2, 4).complete().rate()


def joined_late(story, town):
    story.taken().days_later(5, 5)
    story.tell(f"t-{town.code}", "ReplyAsCoHandler", reply="街镇补充现场情况").complete().rate()


def co_handler_added(story, town):
    helper = f"cg-{town.district}"
    story.taken().tell(OFFICE, "AddCoHandler", unit=helper, reason="请城管部门配合")
    story.days_later(2, 3).tell(helper, "ReplyAsCoHandler", reply="执法人员已到场配合")
    story.wait(60, 200).complete().rate()


def co_handler_silent(story, town):
    story.taken().tell(OFFICE, "AddCoHandler", unit=f"cg-{town.district}", reason="请城管部门配合")
    story.days_later(5, 5).complete(False).rate()


def meddled(story, town):
    story.acknowledge().tell(f"t-{town.neighbour}", "RecordContact", "unknown_ticket", reached=True)
    story.contact().days_later(2, 4).complete().rate()


def hasty(story, town):
    story.wait(10, 60).tell(LEAD, "RecordContact", "wrong_state", reached=True)
    story.taken().days_later(2, 3).complete().rate()


# ---- the office, the citizen -----------------------------------------------------------------

def corrected(story, town):
    story.acknowledge().tell(OFFICE, "CorrectClassification", category="民政/社会事务/社区建设")
    story.taken().days_later(3, 4).complete().rate()


def corrected_kind(story, town):
    story.acknowledge().tell(OFFICE, "CorrectClassification", demand_kind="建议")
    story.contact().wait(60, 200).complete()


def asked(story, town):
    story.acknowledge().tell(OFFICE, "RequestInfo", question="请补充具体门牌号")
    story.wait(60, 400).tell(CITIZEN, "Supplement", text="在大门左手边第二栋")
    story.contact().days_later(3, 4).complete().rate()


def asked_in_vain(story, town):
    story.acknowledge().tell(OFFICE, "RequestInfo", question="请补充事发时间和地点")
    story.days_later(6, 6).tell(OFFICE, "Close", reason="来电人未补充，无法办理")


def supplemented(story, town):
    story.taken().tell(CITIZEN, "Supplement", text="补充：下雨天更严重")
    story.days_later(2, 4).complete().rate()


def declined(story, town):
    story.acknowledge().tell(OFFICE, "Decline", reason="已进入诉讼程序")


def transferred(story, town):
    story.wait(5, 30).tell(OFFICE, "TransferOut", destination="110", reason="涉嫌违法犯罪，转公安处警")


def urged(story, town):
    story.taken().days_later(2, 3).tell(CITIZEN, "Urge", text="怎么还没有人来")
    if story.dice.random() < 0.4:
        story.wait(120, 300).tell(CITIZEN, "Urge", text="再催一次")
    story.wait(60, 300).complete().rate()


def withdrawn(story, town):
    story.taken().wait(60, 300).tell(CITIZEN, "Withdraw", reason="问题已经自行解决")


def closed(story, town):
    story.taken().wait(60, 200).tell(OFFICE, "Close", reason="与另一渠道的工单同一事项，已书面答复")


def no_appeal(story, town):
    story.acknowledge().tell(OFFICE, "DecideAppeal", "nothing_to_decide", granted=True, reason="同意")
    story.contact().days_later(2, 3).complete().rate()
