"""The operations of a project's life in the matrix of roles."""

from tests import cast
from tests.domain.projects.road import make_signable

from yipanqi.domain.projects.services import ending, stages, waivers
from yipanqi.vocab import clock

CITY = frozenset({"dispatcher", "arbiter"})


def sent(**body):
    return {"data": body, "content_type": "application/json"}


def rows(row, sees):
    """Each operation as `row`: park A's projects in talks, waiting, waived and ended."""
    return _moves(row, sees) | _waivers(row, sees) | _ends(row, sees)


def _moves(row, sees):
    project, waits = cast.project("甲泵站"), cast.project("乙泵站")
    make_signable(waits)
    move = stages.advance(waits, to="signed", by=cast.clerk_a())
    waits.refresh_from_db()
    one, there = f"moves/{move.public_id}", f"projects/{project.public_id}"
    because = sent(because="协议缺盖章页")
    return {
        "life.waiting": row(cast_all(), "moves"),
        "life.verify": row(CITY, f"{one}/verification", sent(version=waits.version), sees=sees),
        "life.send_back": row(CITY, f"{one}/return", because, sees=sees),
        "life.take_back": row(frozenset({"clerk_a"}), f"{one}/take-back", sees=sees),
        "life.moves": row(sees, f"{there}/moves", sees=sees),
        # Let in, and told what the gates on the way miss; that one is there already.
        "life.skip": row(
            frozenset({"dispatcher"}),
            f"{there}/skip",
            sent(to="started", because="签约即开工"),
            sees=sees,
            answers=frozenset({422}),
        ),
        "life.move_back": row(
            CITY,
            f"{there}/back",
            sent(to="talking", because="误报"),
            sees=sees,
            answers=frozenset({409}),
        ),
    }


def _waivers(row, sees):
    project, other = cast.project("丙泵站"), cast.project("丁泵站")
    today, who = clock.today(), frozenset({"arbiter"})
    given = waivers.grant(other, "signed-fixed", waivers.Grounds("会议", today), by=cast.arbiter())
    there = f"projects/{project.public_id}/waivers"
    wanted = sent(requirement="signed-fixed", reason="专题会议", until=today.isoformat())
    return {
        "life.waived": row(sees, there, sees=sees),
        "life.waive": row(who, there, wanted, sees=sees),
        "life.revoke": row(who, f"waivers/{given.public_id}/revocation", sees=sees),
    }


def _ends(row, sees):
    project, over = cast.project("戊泵站"), cast.project("己泵站")
    ending.end(over, how="withdrawn", because="客商放弃", by=cast.clerk_a())
    one, gone = f"projects/{project.public_id}", f"projects/{over.public_id}"
    done = frozenset({204})
    return {
        "life.end": row(
            frozenset({"clerk_a", "dispatcher"}),
            f"{one}/end",
            sent(how="withdrawn", because="客商放弃"),
            sees=sees,
        ),
        "life.reopen": row(
            CITY, f"{gone}/reopening", sent(because="客商回来"), sees=sees, answers=done
        ),
        "life.archive": row(frozenset({"dispatcher"}), f"{gone}/archive", sees=sees, answers=done),
    }


def cast_all():
    return frozenset(cast.PEOPLE)
