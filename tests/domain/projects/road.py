"""What tests of a project's life share: the facts and papers that open its gates."""

from tests import cast, samples

from yipanqi.domain.evidence.services import storing
from yipanqi.domain.projects import queries
from yipanqi.domain.projects.services import editing, stages, verifying
from yipanqi.vocab import clock

YI = 10_000_000_000
SMALL = 3_000_000_000  # 3000 万元: below the sample line of the sheet


def attach(project, kind):
    storing.attach(
        samples.pdf(f"{kind}.pdf"),
        to=storing.Attachment(queries.subject(project), kind, queries.scope(project)),
        by=cast.clerk_a(),
    )


def change(project, **facts):
    editing.edit(project, facts, expecting=project.version, by=cast.clerk_a())


def make_signable(project, total_fen=5 * YI):
    """Give the project what the gate to 签约 asks for."""
    change(
        project,
        leader=cast.officer("clerk_a"),
        team_note="高新区液压件专班",
        total_investment_fen=total_fen,
        fixed_investment_fen=total_fen // 2,
        project_class="investment",
        investment_form="new",
        site_kind="leased_plant",
        needs_land=False,
        agreement_signed_on=clock.today(),
        content="年产十万台套液压件",
    )
    attach(project, "agreement")


def make_startable(project):
    """Give the project what the gate to 开工 asks for."""
    today = clock.today()
    change(
        project,
        registered_on=today,
        filing_code="2018-430121-35-03-000001",
        construction_permit_on=today,
        started_on=today,
    )
    for kind in ("licence", "filing", "construction_permit", "start_photo"):
        attach(project, kind)


def verified(move, by=None):
    """The move, verified by the city's dispatcher unless said otherwise."""
    move.project.refresh_from_db()
    return verifying.verify(move, expecting=move.project.version, by=by or cast.dispatcher())


def signed(total_fen=5 * YI):
    """A project signed by park A and verified by the city."""
    project = cast.project()
    make_signable(project, total_fen)
    verified(stages.advance(project, to="signed", by=cast.clerk_a()))
    project.refresh_from_db()
    return project
