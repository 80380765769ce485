"""The operations of admission reviews in the matrix of roles."""

from tests import cast
from tests.reviewers import officer_of, reviewed

from yipanqi.domain.reviews.models import Condition, Review
from yipanqi.domain.reviews.services import experts, vetoing
from yipanqi.vocab import clock


def sent(**body):
    return {"data": body, "content_type": "application/json"}


def rows(row, sees):
    """Each operation as `row`: a policy project of park A is under review; `sees` see park A's."""
    project, review = reviewed(name="送审的项目")
    _, conditional = reviewed(name="有条件的项目")
    Review.objects.filter(pk=conditional.pk).update(state="conditional", closed_at=clock.now())
    condition = Condition.objects.create(
        review=conditional, sitting=conditional.sittings.first(), text="取得能评批复",
        unit=conditional.unit, due=clock.today(),
    )  # fmt: skip
    experts.appoint(review, cast.officer("arbiter"), by=cast.dispatcher())
    veto = vetoing.raise_veto(review, "redline", "位于红线内", by=cast.department())
    return _asked(row, project, review, sees | {"department"}) | _acted(
        row, review, veto, sees | {"department"}
    ) | {
        "reviews.meet": row(
            frozenset({"dispatcher", "clerk_a"}),
            f"reviews/{conditional.public_id}/conditions/{condition.public_id}/met",
            sent(on=clock.today().isoformat(), proof="已批复"),
            sees=sees | {"department"},
        ),
    }  # fmt: skip


def _asked(row, project, review, sees):
    one, bureau = f"reviews/{review.public_id}", frozenset({"dispatcher"})
    somebody = officer_of("dept-gongxin", "review_expert").public_id
    declared = sent(has_interest=False, keeps_secret=True)
    arbiter = frozenset({"arbiter"})
    return {
        "reviews.listing": row(frozenset(cast.PEOPLE), "reviews"),
        "reviews.one": row(sees, one, sees=sees),
        "reviews.open_one": row(bureau, "reviews", sent(project=project.public_id)),
        "reviews.state": row(bureau, f"{one}/facts", sent(land_mu="30"), sees=sees),
        "reviews.appoint": row(bureau, f"{one}/experts", sent(officer=somebody), sees=sees),
        "reviews.declare": row(
            arbiter, f"{one}/declaration", declared, sees=arbiter, answers=frozenset({204})
        ),
        "reviews.withdraw": row(bureau, f"{one}/withdrawal", sent(because="材料不齐"), sees=sees),
    }


def _acted(row, review, veto, sees):
    one, bureau = f"reviews/{review.public_id}", frozenset({"dispatcher"})
    department = frozenset({"department"})
    refusal = sent(
        body="committee", outcome="rejected", held_on=clock.today().isoformat(),
        minutes_no="〔2018〕3号", remark="与定位不符",
    )  # fmt: skip
    marks = sent(marks=[{"scheme": "experts", "indicator": "tax", "points": "3"}])
    return {
        "reviews.countersign": row(department, f"{one}/countersign", sent(grade="A"), sees=sees),
        "reviews.mark": row(frozenset(), f"{one}/marks", marks, sees=sees),
        "reviews.raise_veto": row(
            department | bureau, f"{one}/vetoes", sent(code="credit", reason="失信"), sees=sees
        ),
        "reviews.withdraw_veto": row(
            department, f"{one}/vetoes/{veto.public_id}/withdrawal", sent(because="误"), sees=sees
        ),
        "reviews.decide": row(bureau, f"{one}/decisions", refusal, sees=sees),
    }
