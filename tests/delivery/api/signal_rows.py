"""The signals' part of the table of operations: who sees one is told 403, its own unit judges."""

from django.core.files.uploadedfile import SimpleUploadedFile
from tests import cast, samples

from yipanqi.domain.leads.services import becoming, triage
from yipanqi.vocab import clock


def rows(row, sees, registers):
    """Signals of park A on the chain 工程机械, each where its operation is possible."""
    captures, own = registers | {"arbiter", "member"}, frozenset({"clerk_a"})
    new, judging, following = _signals()
    lead = _lead(following)
    one, done, told = (f"signals/{each.public_id}" for each in (new, judging, following))
    facts = {"matter": "新的说法", "source": "news"}
    words, today = _json(words="已说明"), clock.today().isoformat()

    def seen(let_in, address, sent=None):
        return row(let_in, address, sent or {}, sees=sees)

    return {
        "signals.listing": row(frozenset(cast.PEOPLE), "signals"),
        "signals.likely": row(captures, "signals/likely?matter=液压件"),
        "signals.capture": row(captures, "signals", _json(**facts)),
        "signals.one": seen(sees, one),
        "signals.amend": seen(own, one, _json(version=1, **facts)),
        "signals.attach": seen(captures & sees, f"{one}/files", {"data": {"file": _file()}}),
        "signals.notes": seen(sees, f"{one}/notes"),
        "signals.add": seen(captures & sees, f"{one}/notes", words),
        "signals.respond": seen(own, f"{one}/response"),
        "signals.experts": seen(own, f"{done}/experts", words),
        "signals.judge": seen(own, f"{one}/verdict", _json(worth=True, because="吻合")),
        "signals.report": seen(own, f"{told}/progress", _json(words="已谈", on=today)),
        "signals.reply": seen(own, f"{one}/reply", words),
        "signals.assign": seen(
            own | {"dispatcher"}, f"{one}/assignment", _json(unit=cast.PARK_B, because="有厂房")
        ),
        "signals.merge": seen(own, f"{one}/merging", _json(into=judging.public_id)),
        "signals.take_in": seen(own, f"{one}/enterprise"),
        "signals.promote": seen(own, f"{told}/lead", _json(lead=lead.public_id)),
    }


def _signals():
    """One new and referred, one being judged, one that is followed."""
    new, judging, following = _heard("甲说的事", referrer="商会"), _heard("乙事"), _heard("丙事")
    triage.respond(judging, by=cast.clerk_a())
    triage.follow(following, because="吻合", by=cast.clerk_a())
    return new, judging, following


def _lead(signal):
    firm, _ = becoming.take_in(signal, by=cast.clerk_a())
    return cast.lead(matter=signal.matter, firm=firm)


def _heard(matter, **more):
    facts = {"enterprise_name": f"{matter}有限公司", "chain": "gongcheng-jixie"} | more
    return cast.signal(matter=matter, **facts)


def _file():
    return SimpleUploadedFile("名片.pdf", samples.PDF + b"s")


def _json(**body):
    return {"data": body, "content_type": "application/json"}
