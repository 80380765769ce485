"""The desk's addresses: how each is asked, for which records, and with what.

"@project" is the public id of the matrix world's `project`, "#post" the key of its `post`. Where a
screen judges a form before the verb, a form that passes is sent.
"""

from dataclasses import dataclass, field

CHAIN = "gongcheng-jixie"
# Stands for today in what is sent.
DAY = "@today"


@dataclass(frozen=True)
class Row:
    """One address: its method, its parts and what is sent."""

    method: str
    args: tuple
    sent: dict = field(default_factory=dict)

    def parts(self, world):
        """The parts with the world's records in them."""
        return [_meant(each, world) for each in self.args]

    def told(self, today):
        """What is sent, on that day."""
        return {name: today if each == DAY else each for name, each in self.sent.items()}


def get(*args, sent=None):
    return Row("get", args, sent or {})


def post(*args, sent=None):
    return Row("post", args, sent or {})


def _meant(part, world):
    if isinstance(part, str) and part.startswith("@"):
        return getattr(world, part[1:]).public_id
    if isinstance(part, str) and part.startswith("#"):
        return getattr(world, part[1:]).pk
    return part


ROWS = {
    "today": get(),
    "month": get(),
    "month-file": get(),
    "language": post(sent={"language": "zh-hans"}),
    "search": get(),
    "suggestions": get(),
    "registered": get("r1"),
    "registered-take-in": post("r1"),
    "chains": get(),
    "track-records": get(),
    "comparison": get(),
    "comparison-take": post("docx"),
    "disputes": get(),
    "dispute-answer": post("@dispute"),
    "proposal-accept": post("@proposal"),
    "proposal-reject": post("@proposal", sent={"because": "不符"}),
    "target": get("@target"),
    "target-check": post(
        "@target", sent={"look-way": "register", "look-result": "alive", "look-checked_on": DAY}
    ),
    "target-answer": post(
        "@target",
        sent={"answer-outcome": "contacted", "answer-happened_on": DAY, "answer-label": "internal"},
    ),
    "partner-list": get("@partners"),
    "partner-undo": post("@partners", sent={"because": "传错了"}),
    "partner-match": post("@partners", 2),
    "answer-withdraw": post("@answer"),
    "runs": get(),
    "run-start": post(),
    "run": get("@run"),
    "run-cancel": post("@run"),
    "run-resume": post("@run"),
    "study": get("@study"),
    "recount": post("@study"),
    "reports": get(),
    "report-city": post(),
    "report-bind": post(),
    "report-book": post(),
    "report-chain": post(CHAIN),
    "chain": get(CHAIN),
    "proposals": get(CHAIN),
    "targets": get(CHAIN),
    "partners": get(CHAIN),
    "partner-template": get(CHAIN),
    "partner-import": post(CHAIN),
    "partner-apply": post(CHAIN),
    "trends": get(CHAIN),
    "link": get(CHAIN, "gcjx-yeya"),
    "roll": get(CHAIN, "gcjx-yeya"),
    "dispute": post(CHAIN, "gcjx-yeya"),
    "take-in": post("@target"),
    "investors": get(),
    "investor-new": get(),
    "leads": get(),
    "lead": get("@lead"),
    "lead-release": post("@lead"),
    "lead-renew": post("@lead"),
    "lead-contest": post("@lead"),
    "contest-answer": post("@held", "@contest"),
    "transfer-new": post("@lead"),
    "transfers": get(),
    "transfer": get("@transfer"),
    "transfer-accept": post("@transfer"),
    "transfer-decline": post("@transfer", sent={"because": "不合适"}),
    "project-new": get("@lead"),
    "signals": get(),
    "signal-new": get(),
    "signal-likely": get(),
    "signal": get("@signal"),
    "signal-amend": post("@signal"),
    "signal-act": post("@signal", "respond"),
    "occasions": get(),
    "list-export": post("projects", "csv"),
    "reveal": post("@contact"),
    "step-close": post("@talk"),
    "plan": post("@plan"),
    "plan-cancel": post("@plan"),
    "unrank": post("@rank", sent={"because-because": "不实"}),
    "trait-withdraw": post("@trait"),
    "unmerge": post("@merging"),
    "investor": get("@firm"),
    "investor-twins": get("@firm"),
    "investor-merge": get("@firm", "@other"),
    "investor-group": get("@firm"),
    "manager": post("@firm"),
    "plan-new": post(
        "@firm",
        sent={
            "plan-kind": "visit",
            "plan-planned_on": DAY,
            "plan-purpose": "考察",
            "plan-label": "internal",
        },
    ),
    "rank": post("@firm", sent={"rank-roll": "china500", "rank-year": 2016, "rank-source": "榜单"}),
    "investor-refresh": post("@firm"),
    "trait": post(
        "@firm",
        sent={"trait-trait": "tie:chamber", "trait-source": "名录", "trait-label": "internal"},
    ),
    "contact-new": post(
        "@firm",
        sent={"contact-name": "王五", "contact-mobile": "13900000000", "contact-label": "internal"},
    ),
    "interaction-new": post(
        "@firm",
        sent={
            "occasion-kind": "call",
            "occasion-held_on": DAY,
            "occasion-summary": "来电",
            "occasion-label": "internal",
        },
    ),
    "claim": get("@firm"),
    "claim-likely": get("@firm"),
    "imports": get(),
    "batch-new": post(),
    "import-template": get("investors"),
    "batch": get("@batch"),
    "batch-apply": post("@batch"),
    "batch-drop": post("@batch"),
    "batch-undo": post("@batch"),
    "batch-kept-out": get("@batch"),
    "rulings": get(),
    "rule": post("@pending"),
    "reviews": get(),
    "review": get("@review"),
    "review-facts": post("@review"),
    "review-withdraw": post("@review"),
    "countersign": post("@review", sent={"grade": "B", "comment": "测算补齐"}),
    "expert-new": post("@review"),
    "review-declare": post("@review"),
    "review-score": post("@review"),
    "veto-new": post("@review", sent={"code": "farmland", "reason": "占用基本农田"}),
    "veto-withdraw": post("@review", "@veto"),
    "review-decide": post("@review"),
    "condition-meet": post("@review", "@condition"),
    "review-new": get("@project"),
    "projects": get(),
    "verifications": get(),
    "move-verify": post("@move"),
    "move-return": post("@move", sent={"because": "缺图"}),
    "move-take-back": post("@move"),
    "waiver-revoke": post("@waiver"),
    "project-skip": post("@project"),
    "project-back": post("@project"),
    "waive": post("@project", "signed-agreement-day"),
    "project-end": post("@project", "withdrawn"),
    "project-reopen": post("@project"),
    "project-archive": post("@project"),
    "board": get(),
    "board-advance": post("@project", "signed"),
    "project": get("@project"),
    "project-edit": get("@project", "agreement"),
    "advance": post("@project", "signed"),
    "attach": post("@project"),
    "project-money": get("@project"),
    "project-table": get("@project", "years"),
    "voucher-verify": post("@voucher"),
    "voucher-return": post("@voucher", sent={"because": "缺章"}),
    "voucher-withdraw": post("@voucher", sent={"because": "填错"}),
    "voucher-prove": post("@voucher"),
    "file": get("@file"),
    "ledger": get(),
    "timeline": get("projects", "@project"),
    "exports": get(),
    "export": post("projects"),
    "people": get(),
    "officer-new": get(),
    "officer": get("@officer"),
    "appoint": post("@officer"),
    "post-end": post("@officer", "#post"),
    "password-reset": post("@officer"),
    "factor-reset": post("@officer"),
    "deactivate": post("@officer"),
    "reactivate": post("@officer"),
    "credits": get(),
    "vouchers": get(),
    "openings": get(),
    "opening-verify": post("@project"),
    "project-team": get("@project"),
    "member-new": post("@project"),
    "joint-new": post("@project"),
    "pledge-new": post("@project"),
    "member-leave": post("@member"),
    "joint-leave": post("@joint"),
    "pledge-close": post("@pledge"),
}
