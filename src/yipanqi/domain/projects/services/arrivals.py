"""Projects that come in by the batch, as opening balance (存量), and go back as one."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Q

from yipanqi.domain.intake import likely
from yipanqi.domain.intake.columns import Column
from yipanqi.domain.intake.libraries import Judged, Line, Taken
from yipanqi.domain.intake.models import Batch, BatchRow, Fate, Verdict
from yipanqi.domain.investors.models import Enterprise
from yipanqi.domain.investors.services import sponsoring
from yipanqi.domain.ledger.events import Event
from yipanqi.domain.ledger.models import Stream
from yipanqi.domain.ledger.services import entries as ledger
from yipanqi.domain.people.spelling import initials
from yipanqi.domain.projects import events, judging, opening, queries, workbook
from yipanqi.domain.projects.judging import Entry, Ground
from yipanqi.domain.projects.models import Project
from yipanqi.domain.projects.parts import Voucher
from yipanqi.domain.projects.services import coding, rewriting_rows, weighing
from yipanqi.vocab import clock, names
from yipanqi.vocab import project_kinds as kinds
from yipanqi.vocab.actors import Actor, Scope
from yipanqi.vocab.labels import Label

_STALE = "预览之后这一行已不能照原样导入；请重新上传，对照新的预览"
_TAKEN = "预览之后同一市级项目编码已由他人使用；请重新上传"


class Projects:
    """项目库, as batches come into it: every new project is opening balance."""

    code = "projects"
    title = "项目库"
    verb = "projects.create"
    note = (
        "存量项目：原有台账上的项目按自己的日期进入项目库，标为存量，"
        "所缺佐证逐项列出、限期补齐，核实前单独统计；不产生首报。"
    )

    def columns(self) -> tuple[Column, ...]:
        """The columns of its file."""
        return workbook.columns()

    def judged(self, lines: Sequence[Line], *, by: Actor) -> list[Judged]:
        """What each line is."""
        return weighing.judged(lines, by=by)

    def take_new(self, rows: Sequence[BatchRow], batch: Batch, *, by: Actor) -> list[Taken]:
        """Make the projects, unseen until the batch is whole."""
        ground, due = Ground.of(by), opening.due(clock.today())
        # What a cell says was weighed for the preview; only what others did since can differ.
        found = judging.read([_line(row) for row in rows], ground)
        whys = _whys(found)
        kept = [(row, entry) for row, entry, why in zip(rows, found, whys, strict=True) if not why]
        firms = sponsoring.firms(
            [
                (entry.text("enterprise_code") or None, entry.text("enterprise"))
                for _, entry in kept
            ],
            batch,
            by=by,
        )
        codes = coding.next_codes(clock.today(), len(kept))
        made = [
            Project(
                **_known(row, entry, ground),
                opening_due_on=due,
                enterprise=firm,
                code=code,
                arriving=batch,
            )
            for (row, entry), firm, code in zip(kept, firms, codes, strict=True)
        ]
        Project.everything.bulk_create(made, batch_size=200)
        _keep_paid_in(made, by)
        lines = ledger.record_many(_lines(made, kept, batch), by=by)
        seqs = {line.stream: line.seq for line in lines}
        return [
            Taken(because=why) if why else Taken(row.subject, seqs[row.subject])
            for row, why in zip(rows, whys, strict=True)
        ]

    def take_changes(self, rows: Sequence[BatchRow], *, by: Actor) -> list[Taken]:
        """Change the projects as an officer would on their pages, one by one."""
        ground = Ground.of(by)
        found = weighing.sound([_line(row) for row in rows], ground)
        judging.find(found, by=by)
        taken = [
            rewriting_rows.rewrite(row, entry, ground)
            for row, entry in zip(rows, found, strict=True)
        ]
        return _with_places(taken)

    def release(self, batch: Batch) -> None:
        """Let everybody see the projects, and the enterprises that came with them."""
        Enterprise.everything.filter(arriving=batch).update(arriving=None)
        Project.everything.filter(arriving=batch).update(arriving=None)

    def bound(self, subjects: Iterable[str]) -> dict[str, str]:
        """Which of these projects others rest on."""
        found: dict[str, str] = {}
        for ids in likely.chunks(each.removeprefix(workbook.PREFIX) for each in subjects):
            rests = likely.bound(Project, ids, own=frozenset({Voucher}))
            found |= {f"{workbook.PREFIX}{public_id}": why for public_id, why in rests.items()}
        return found

    def hide(self, batch: Batch, *, by: Actor) -> None:
        """Take the new ones from sight; give the changed ones back what they were.

        Enterprises that came with them stay in 客商库: they are true of themselves.
        """
        Enterprise.everything.filter(arriving=batch).update(arriving=None)
        taken = batch.rows.filter(fate=Fate.TAKEN)
        new = taken.filter(verdict=Verdict.NEW).values_list("subject", flat=True)
        for ids in likely.chunks(each.removeprefix(workbook.PREFIX) for each in new):
            Project.objects.filter(public_id__in=ids).update(arriving=batch)
        rewriting_rows.give_back(list(taken.filter(verdict=Verdict.CHANGED)), by=by)

    def remove(self, batch: Batch, most: int) -> int:
        """Remove up to so many of the unseen, with the opening vouchers that came with them."""
        keys = list(Project.everything.filter(arriving=batch).values_list("pk", flat=True)[:most])
        Voucher.objects.filter(project__in=keys).delete()
        Project.everything.filter(pk__in=keys).delete()
        return len(keys)


PROJECTS = Projects()


def _line(row: BatchRow) -> Line:
    return Line(row.number, row.sheet, row.line, row.cells)


def _whys(found: Sequence[Entry]) -> list[str]:
    """Why each row cannot be taken now as the preview said; "" where it can."""
    codes = [entry.text("city_code") for entry in found if entry.text("city_code")]
    taken = set(
        Project.everything.filter(Q(city_code__in=codes)).values_list("city_code", flat=True)
    )
    return [
        _STALE if entry.faults else _TAKEN if entry.text("city_code") in taken else ""
        for entry in found
    ]


def _known(row: BatchRow, entry: Entry, ground: Ground) -> dict[str, Any]:
    """The columns a row gives its project, and those every opening balance has."""
    now, stage = clock.now(), ground.stages.find(entry.text("stage"))
    paid = entry.values.get("paid_in_fen") or None
    return {
        "label": Label.INTERNAL,
        **weighing.drafted_fields(entry, ground),
        "public_id": row.subject.removeprefix(workbook.PREFIX),
        "name_key": names.key(entry.text("name")),
        "initials": initials(entry.text("name"))[:80],
        "unit": ground.unit(entry),
        "stage": stage.code,
        "official": stage.official,
        "stage_since": judging.since(entry, ground) or clock.today(),
        "paid_in_fen": paid,
        "opening_in_fen": paid,
        "is_opening": True,
        "created_by_id": ground.by.id or None,
        "created_at": now,
        "updated_at": now,
    }


def _keep_paid_in(made: Sequence[Project], by: Actor) -> None:
    """What the old ledger says is in place: an opening voucher without evidence."""
    now = clock.now()
    Voucher.objects.bulk_create(
        (
            Voucher(
                project=project,
                kind=kinds.OPENING,
                amount_minor=project.paid_in_fen,
                amount_fen=project.paid_in_fen,
                note="存量台账导入",
                recorded_by_id=by.id or None,
                recorded_at=now,
            )
            for project in made
            if project.paid_in_fen
        ),
        batch_size=500,
    )


def _lines(
    made: Sequence[Project], kept: Sequence[tuple[BatchRow, Entry]], batch: Batch
) -> list[tuple[Event, Scope]]:
    return [
        (
            events.ProjectImported(
                subject=row.subject,
                enterprise=project.enterprise.public_id,
                unit=project.unit.code,
                stage=entry.line.cells["阶段"],
                since=project.stage_since.isoformat(),
                batch=batch.public_id,
                line=row.line,
            ),
            queries.scope(project),
        )
        for project, (row, entry) in zip(made, kept, strict=True)
    ]


def _with_places(taken: Sequence[Taken]) -> list[Taken]:
    """Each change with the place of its line: the newest of the record's stream."""
    names_ = [each.subject for each in taken if each.subject]
    seqs = dict(Stream.objects.filter(name__in=names_).values_list("name", "seq"))
    return [
        Taken(each.subject, seqs.get(each.subject), each.before, each.because) for each in taken
    ]
