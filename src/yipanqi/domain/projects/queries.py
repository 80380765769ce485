"""Reading projects, each for the eyes that may see it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from yipanqi.domain.evidence import queries as evidence
from yipanqi.domain.evidence.models import EvidenceFile
from yipanqi.domain.people import queries as people
from yipanqi.domain.projects import sharing
from yipanqi.domain.projects.models import Project
from yipanqi.domain.rules import queries as rules
from yipanqi.rulebook.conditions import Facts
from yipanqi.rulebook.gates import Answer, Requirement, answer, unmet
from yipanqi.vocab import clock, divisions, names
from yipanqi.vocab.actors import Actor, Scope
from yipanqi.vocab.facts import PROJECT_FACTS
from yipanqi.vocab.labels import Label
from yipanqi.vocab.pages import Page, bounds
from yipanqi.vocab.relations import Relation
from yipanqi.vocab.stages import Stage

ANY_END = "any"
# What a list may be ordered by: the address's word, and the columns behind it.
ORDERS = {
    "updated": ("-updated_at", "-id"),
    "amount": ("-total_investment_fen", "-id"),
    "since": ("stage_since", "id"),
    "name": ("name_key", "id"),
}


@dataclass(frozen=True, slots=True)
class Filters:
    """How a list of projects is narrowed; empty means no matter.

    `ended` alone is otherwise: empty means those that go on, ANY_END all of them.
    """

    text: str = ""
    official: str = ""
    stage: str = ""
    unit: str = ""
    park: str = ""
    chain: str = ""
    label: str = ""
    ended: str = ""
    # A unit's code: its own projects and those in which it has a share today.
    credited: str = ""


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
    rows = narrowed(seen(seen_by), Filters(text=text, ended=ANY_END))
    return list(rows.order_by("name_key")[:most])


def of_enterprise(enterprise_id: int, *, seen_by: Actor) -> list[Project]:
    """The projects of an enterprise that this person may see."""
    return list(seen(seen_by).filter(enterprise_id=enterprise_id))


def led_by(officer_id: int, *, seen_by: Actor) -> list[Project]:
    """Projects whose responsible leader the officer is."""
    return list(seen(seen_by).filter(leader_id=officer_id, ended_as=""))


def of_unit(unit_id: int, *, seen_by: Actor, most: int = 10) -> list[Project]:
    """A unit's own projects, those longest in their stage first."""
    rows = seen(seen_by).filter(unit_id=unit_id, ended_as="")
    return list(rows.order_by("stage_since", "id")[:most])


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


def known(project: Project, attached: frozenset[str]) -> Facts:
    """What `facts` gives, for a project whose kinds of material are known already."""
    return _known(project, attached)


def _known(project: Project, attached: frozenset[str]) -> Facts:
    return {
        **{name: _fact(getattr(project, name)) for name in _COLUMNS},
        "investor_known": True,
        "industry_chain": project.chain or None,
        "park": project.park.unit.code if project.park else None,
        "leader": project.leader_id is not None,
        "team": bool(project.team_note),
        "sector": divisions.sector(project.industry_code.lstrip(_LETTERS)) or None,
        **{f"{kind}_file": kind in attached for kind in MATERIALS},
        # What other rooms deposit; of their own acts it is known when there was none.
        **_NOT_YET,
        **project.certified,
    }


def _fact(value: object) -> object:
    """A column's value as a fact: an empty word is not known."""
    return None if value == "" else value


# Facts read off the project's own column of the same name.
_COLUMNS = frozenset(
    field.name
    for field in Project._meta.get_fields()  # noqa: SLF001 -- the documented API
) & set(PROJECT_FACTS) - {"park", "leader"}
# Columns in which nothing known is an empty word; in every other one it is None.
TEXTS = frozenset(
    field.name
    for field in Project._meta.fields  # noqa: SLF001 -- the documented API
    if field.get_internal_type() in ("CharField", "TextField") and not field.null
)
_NOT_YET = {"admission_opened": False, "admission_passed": False}
_LETTERS = "ABCDEFGHIJKLMNOPQRST"

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


def ahead(
    projects: Sequence[Project], waived: Mapping[int, frozenset[str]]
) -> list[tuple[Project, Stage, Answer]]:
    """For each project not at its end: the required stage ahead, and how its gate stands.

    `waived` gives the requirements waived by the project's key; see `life.ahead_of`. The number
    of queries does not grow with the projects.
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
            let_pass = waived.get(project.pk, frozenset())
            gate = answer(sheet, steps[-1].code, known, let_pass)
            found.append((project, steps[-1], gate))
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
    if filters.ended != ANY_END:
        rows = rows.filter(ended_as=filters.ended)
    if filters.credited:
        rows = rows.filter(sharing.credited(filters.credited, on=clock.today()))
    if text := names.key(filters.text):
        rows = rows.filter(
            Q(name_key__contains=text)
            | Q(initials__startswith=text)
            | Q(enterprise__name_key__contains=text)
        )
    return rows


# What merging two records of an enterprise moves; `yipanqi.roof.merging` lists every room's.
OF_ENTERPRISES = (Relation("projects.Project", "enterprise", "项目"),)
