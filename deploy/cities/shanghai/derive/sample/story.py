"""What happens to one ticket after it was submitted, as lines of events.csv."""

import json
from datetime import timedelta

OFFICE, CITIZEN, LEAD = "office", "citizen", "lead"
REASONS_NOT_REACHED = ("三次拨打无人接听", "号码为空号", "来电人要求不联系")
REPLIES = ("已现场查看并处理完毕", "已联系责任单位整改到位", "已向来电人解释政策", "已纳入维修计划并告知")


class Story:
    """Grows in time: each step is later than the one before, at random within its bounds."""

    def __init__(self, ticket, submitted_at, working, dice):
        self.ticket, self.working, self.dice = ticket, working, dice
        self.submitted_at = self.at = submitted_at
        self.events = []

    def tell(self, who, verb, refusal="", **fields):
        """A step at the present moment of the story, a second later than the last."""
        self.at += timedelta(seconds=1)
        text = json.dumps(fields, ensure_ascii=False, separators=(",", ":")) if fields else ""
        stamp = self.at.strftime("%Y-%m-%d %H:%M:%S")
        self.events.append([self.ticket["external_id"], stamp, who, verb, text, refusal])
        return self

    def wait(self, least, most):
        """Between so many working minutes."""
        self.at = self.working.after_minutes(self.at, self.dice.randint(least, most))
        return self

    def at_once(self, least, most):
        """Between so many minutes by the calendar, for what cannot wait."""
        self.at += timedelta(minutes=self.dice.randint(least, most))
        return self

    def days_later(self, least, most):
        """Between so many working days after submission, in the day; never back in time."""
        day = self.working.on_day(self.submitted_at, self.dice.randint(least, most),
                                  self.dice.randint(9, 16), self.dice.randint(0, 59))
        self.at = max(self.at, day)
        return self

    # ---- what units do

    def acknowledge(self):
        return self.wait(10, 180).tell(LEAD, "Acknowledge")

    def contact(self, reached=True):
        self.wait(10, 150)
        if reached:
            return self.tell(LEAD, "RecordContact", reached=True)
        return self.tell(LEAD, "RecordContact", reached=False,
                         reason_not_reached=self.dice.choice(REASONS_NOT_REACHED))

    def taken(self, reached=True):
        """Acknowledged and contacted, both in time."""
        return self.acknowledge().contact(reached)

    def complete(self, solved=True, who=LEAD, refusal=""):
        report = {"reason_not_contacted": "已在先行联系中说明",
                  "fact_finding": "FACT_FINDING_TRUE" if solved else "FACT_FINDING_PARTLY_TRUE",
                  "claim_judgement": "CLAIM_JUDGEMENT_REASONABLE",
                  "outcome": "OUTCOME_SOLVED" if solved else "OUTCOME_EXPLAINED",
                  "responsibility": "承办单位", "reply": self.dice.choice(REPLIES),
                  "reply_method": "REPLY_METHOD_PHONE", "public": True}
        return self.tell(who, "Complete", refusal, report=report)

    # ---- what the citizen and the office say afterwards

    def rate(self, solved=True, content=True):
        satisfaction = "SATISFACTION_SATISFIED" if content else "SATISFACTION_DISSATISFIED"
        rating = {"solved": solved, "satisfaction": satisfaction}
        return self.wait(60, 900).tell(CITIZEN, "Rate", rating=rating)

    def decide(self, verb, granted, least=20, most=180, **more):
        reason = "同意" if granted else "理由不充分，请继续办理"
        return self.wait(least, most).tell(OFFICE, verb, granted=granted, reason=reason, **more)
