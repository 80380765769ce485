"""Reading projects, each for the eyes that may see it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from yipanqi.domain.evidence import queries as evidence
from yipanqi.domain.evidence.models import EvidenceFile
from yipanqi.domain.people import queries as people
from yipanqi.domain.projects.models import Project
from yipanqi.domain.rules import queries as rules
from yipanqi.rulebook.conditions import Facts
from yipanqi.rulebook.gates import Requirement, unmet
from yipanqi.vocab import clock, names
from yipanqi.vocab.actors import Actor, Scope
from yipanqi.vocab.labels import Label
from yipanqi.vocab.pages import Page, bounds
from yipanqi.vocab.stages import Stage

# What a list may be ordered by: the address's word, and the columns behind it.
ORDERS = {
    "updated": ("-updated_at", "-id"),
    "amount": ("-total_investment_fen", "-id"),
    "since": ("stage_since", "id"),
    "name": ("name_key", "id"),
}


@dataclass(frozen=True, slots=True)
class Filters:
    """How a list of projects is narrowed; empty means no matter."""

    text: str = ""
    official: str = ""
    stage: str = ""
    unit: str = ""
    park: str = ""
    chain: str = ""
    label: str = ""


def subject(project: Project) -> str:
    """The project's stream in the ledger and the subject of its files."""
    return f"projects/{project.public_id}"


def scope(project: Project) -> Scope:
    """Where a project stands for the row filter."""
    return Scope(project.unit.path, Label(project.label), project.chain)


def find(public_id: str, *, seen_by: Actor) -> Project | None:
    """One project, or None when there is none for this person."""
    return seen(seen_by).filter(public_id=public_id).first()


def listing(
    filters: Filters, *, seen_by: Actor, page: int = 1, order: str = "updated"
) -> Page[Project]:
    """A page of projects in one of ORDERS (an unknown word means the first)."""
    rows = narrowed(seen(seen_by), filters)
    total = narrowed(Project.objects.filter(people.visible(seen_by)), filters).count()
    by = ORDERS.get(order, ORDERS["updated"])
    return Page(list(rows.order_by(*by)[bounds(page)]), total, page)


def population(*, seen_by: Actor) -> QuerySet[Project]:
    """Every project this person may see, by id, for an export in full; iterate it in chunks."""
    return seen(seen_by).order_by("id")


def suggestions(text: str, *, seen_by: Actor, most: int = 8) -> list[Project]:
    """Projects whose name or pinyin initials match what is being typed."""
    if not text.strip():
        return []
    return list(narrowed(seen(seen_by), Filters(text=text)).order_by("name_key")[:most])


def of_enterprise(enterprise_id: int, *, seen_by: Actor) -> list[Project]:
    """The projects of an enterprise that this person may see."""
    return list(seen(seen_by).filter(enterprise_id=enterprise_id))


def led_by(officer_id: int, *, seen_by: Actor) -> list[Project]:
    """Projects whose responsible leader the officer is."""
    return list(seen(seen_by).filter(leader_id=officer_id))


def of_unit(unit_id: int, *, seen_by: Actor, most: int = 10) -> list[Project]:
    """A unit's own projects, those longest in their stage first."""
    return list(seen(seen_by).filter(unit_id=unit_id).order_by("stage_since", "id")[:most])


def files(project: Project, *, seen_by: Actor) -> list[EvidenceFile]:
    """Files of the project, and of the lead it came from, that this person may see."""
    own = evidence.files(subject(project), seen_by=seen_by)
    if project.lead is None:
        return own
    return own + evidence.files(f"leads/{project.lead.public_id}", seen_by=seen_by)


def facts(project: Project) -> Facts:
    """What is known of a project, in the words sheets ask with; unknown is None.

    Keys: `vocab.facts.PROJECT_FACTS`. A material not attached is known to be absent.
    """
    attached = evidence.kinds_by_subject(_subjects(project))
    return _known(project, frozenset().union(*attached.values()))


def _subjects(project: Project) -> tuple[str, ...]:
    """Where the project's material hangs: on itself, and on the lead it came from."""
    own = subject(project)
    return (own,) if project.lead is None else (own, f"leads/{project.lead.public_id}")


def _known(project: Project, attached: frozenset[str]) -> Facts:
    return {
        "investor_known": True,
        "total_investment_fen": project.total_investment_fen,
        "fixed_investment_fen": project.fixed_investment_fen,
        "paid_in_fen": project.paid_in_fen,
        "industry_chain": project.chain or None,
        "park": project.park.unit.code if project.park else None,
        "leader": project.leader_id is not None,
        "team": bool(project.team_note),
        "needs_land": project.needs_land,
        "land_secured_mu": project.land_secured_mu,
        "agreement_signed_on": project.agreement_signed_on,
        "registered_on": project.registered_on,
        "filing_code": project.filing_code or None,
        "construction_permit_on": project.construction_permit_on,
        "started_on": project.started_on,
        "completed_on": project.completed_on,
        "production_on": project.production_on,
        "project_class": project.project_class or None,
        "investment_form": project.investment_form or None,
        "site_kind": project.site_kind or None,
        **{f"{kind}_file": kind in attached for kind in MATERIALS},
    }


# Kinds of material gates may ask for, with the words officers use.
MATERIALS = {
    "agreement": "投资协议",
    "licence": "营业执照",
    "filing": "备案证",
    "construction_permit": "施工许可证",
    "start_photo": "开工现场照片",
    "acceptance": "竣工验收材料",
    "contact_proof": "接洽证明",
    "exit_agreement": "解除协议",
    "exit_notice": "退出通知书",
}


def missing(project: Project, to: str, known: Facts | None = None) -> tuple[Requirement, ...]:
    """What still stands between the project and a stage, by the gates in force today."""
    sheet = rules.gates(on=clock.today(), unit=project.unit.code)
    return unmet(sheet, to, known if known is not None else facts(project))


def next_steps(project: Project) -> list[tuple[Stage, tuple[Requirement, ...]]]:
    """The stages open after this one, each with what is still missing for it."""
    stages = rules.stages(on=clock.today())
    known = facts(project)
    return [(step, missing(project, step.code, known)) for step in stages.next_steps(project.stage)]


def ahead(projects: Sequence[Project]) -> list[tuple[Project, Stage, tuple[Requirement, ...]]]:
    """For each project not at its end: the required stage ahead, and what is missing for it.

    The number of queries does not grow with the projects.
    """
    library, today = rules.library(), clock.today()
    stages = library.stages(on=today)
    attached = evidence.kinds_by_subject(s for each in projects for s in _subjects(each))
    found = []
    for project in projects:
        if steps := stages.next_steps(project.stage):
            kinds = (attached.get(each, frozenset()) for each in _subjects(project))
            known = _known(project, frozenset().union(*kinds))
            sheet = library.gates(on=today, unit=project.unit.code)
            found.append((project, steps[-1], unmet(sheet, steps[-1].code, known)))
    return found


def seen(seen_by: Actor) -> QuerySet[Project]:
    """The projects this person may see, with what every screen shows of them."""
    rows = Project.objects.filter(people.visible(seen_by))
    return rows.select_related("enterprise", "unit", "park", "park__unit", "leader", "lead")


def narrowed(rows: QuerySet[Project], filters: Filters) -> QuerySet[Project]:
    """The rows that match the filters."""
    columns = {
        "official": filters.official,
        "stage": filters.stage,
        "unit__code": filters.unit,
        "park__unit__code": filters.park,
        "chain": filters.chain,
        "label": filters.label,
    }
    rows = rows.filter(**{column: value for column, value in columns.items() if value})
    if text := names.key(filters.text):
        rows = rows.filter(
            Q(name_key__contains=text)
            | Q(initials__startswith=text)
            | Q(enterprise__name_key__contains=text)
        )
    return rows
