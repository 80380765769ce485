"""Enterprises that come in by the batch: registered many at a time, and taken back as one."""

from collections.abc import Iterable, Sequence
from datetime import date

from yipanqi.domain.industries import queries as industries
from yipanqi.domain.intake import likely
from yipanqi.domain.intake.columns import Column, Value
from yipanqi.domain.intake.libraries import Judged, Line, Taken
from yipanqi.domain.intake.models import Batch, BatchRow, Fate, Verdict
from yipanqi.domain.investors import events, judging, queries, workbook
from yipanqi.domain.investors.judging import Firm
from yipanqi.domain.investors.models import Enterprise, FieldSource, Membership
from yipanqi.domain.ledger.events import Event, Plain
from yipanqi.domain.ledger.services import entries
from yipanqi.domain.people.spelling import initials
from yipanqi.vocab import clock, names
from yipanqi.vocab.actors import Actor, Scope, home
from yipanqi.vocab.labels import Label

# What comes with an enterprise, and goes with it.
_OWN = frozenset({Membership, FieldSource})
_STALE = "预览之后这份档案已有变动；请下载后重新上传，对照新的差异"
_TAKEN = "预览之后同名或同代码的企业已由他人登记；请重新上传，改为补充那一份档案"


class Investors:
    """客商库, as batches come into it."""

    code = "investors"
    title = "客商库"
    verb = "investors.register"
    note = "企业档案。同代码或同名的企业只补充、更正原有档案，不会登记两次。"

    def columns(self) -> tuple[Column, ...]:
        """The columns of its file."""
        return workbook.COLUMNS

    def judged(self, lines: Sequence[Line], *, by: Actor) -> list[Judged]:  # noqa: ARG002 -- the library is common knowledge
        """What each line is."""
        return judging.judged(lines)

    def take_new(self, rows: Sequence[BatchRow], batch: Batch, *, by: Actor) -> list[Taken]:
        """Register the enterprises, unseen until the batch is whole."""
        firms = judging.read([_line(row) for row in rows])
        sound = [not clash for clash in _clashes(firms)]
        made = [
            _enterprise(row, firm, batch)
            for row, firm, is_sound in zip(rows, firms, sound, strict=True)
            if is_sound
        ]
        Enterprise.everything.bulk_create(made, batch_size=500)
        kept = [(row, firm) for row, firm, fit in zip(rows, firms, sound, strict=True) if fit]
        _place(made, [firm for _, firm in kept])
        lines = _lines(made, kept, batch)
        seqs = {line.stream: line.seq for line in entries.record_many(lines, by=by)}
        return [
            Taken(row.subject, seqs[row.subject]) if fit else Taken(because=_TAKEN)
            for row, fit in zip(rows, sound, strict=True)
        ]

    def take_changes(self, rows: Sequence[BatchRow], *, by: Actor) -> list[Taken]:
        """Bring the enterprises up to date; one that changed meanwhile is left as it is."""
        firms = judging.read([_line(row) for row in rows])
        by_id: dict[str, Enterprise] = {}
        for ids in likely.chunks(row.subject.removeprefix(workbook.PREFIX) for row in rows):
            locked = Enterprise.objects.select_for_update(of=("self",)).filter(public_id__in=ids)
            by_id |= {each.public_id: each for each in locked.select_related("registered_by_unit")}
        return [
            _changed(row, firm, by_id.get(row.subject.removeprefix(workbook.PREFIX)), by)
            for row, firm in zip(rows, firms, strict=True)
        ]

    def release(self, batch: Batch) -> None:
        """Let everybody see the enterprises."""
        Enterprise.everything.filter(arriving=batch).update(arriving=None)

    def bound(self, subjects: Iterable[str]) -> dict[str, str]:
        """Which of these enterprises others rest on: dealings, leads, projects."""
        found: dict[str, str] = {}
        for ids in likely.chunks(each.removeprefix(workbook.PREFIX) for each in subjects):
            rests = likely.bound(Enterprise, ids, own=_OWN)
            found |= {f"{workbook.PREFIX}{public_id}": why for public_id, why in rests.items()}
        return found

    def hide(self, batch: Batch, *, by: Actor) -> None:
        """Take the new ones from sight; give the changed ones back what they were."""
        taken = batch.rows.filter(fate=Fate.TAKEN)
        new = taken.filter(verdict=Verdict.NEW).values_list("subject", flat=True)
        for ids in likely.chunks(each.removeprefix(workbook.PREFIX) for each in new):
            Enterprise.objects.filter(public_id__in=ids).update(arriving=batch)
        for row in taken.filter(verdict=Verdict.CHANGED):
            _give_back(row, batch, by)

    def remove(self, batch: Batch, most: int) -> int:
        """Remove up to so many of the unseen."""
        keys = list(
            Enterprise.everything.filter(arriving=batch).values_list("pk", flat=True)[:most]
        )
        Enterprise.everything.filter(pk__in=keys).delete()
        return len(keys)


INVESTORS = Investors()


def _line(row: BatchRow) -> Line:
    return Line(row.number, row.sheet, row.line, row.cells)


def _clashes(firms: Sequence[Firm]) -> list[bool]:
    """Whether somebody, or a batch under way, has registered each firm since the preview."""
    found = queries.same_of_each((firm.code, firm.name) for firm in firms)
    codes = [firm.code for firm in firms if firm.code]
    coming = set(Enterprise.everything.filter(code__in=codes).values_list("code", flat=True))
    return [bool(same) or firm.code in coming for same, firm in zip(found, firms, strict=True)]


def _enterprise(row: BatchRow, firm: Firm, batch: Batch) -> Enterprise:
    known = {key: value for key, value in firm.values.items() if key in workbook.STORED and value}
    return Enterprise(
        **known,
        public_id=row.subject.removeprefix(workbook.PREFIX),
        name_key=names.key(firm.name),
        initials=initials(firm.name),
        registered_by_unit_id=batch.unit_id,
        created_at=clock.now(),
        arriving=batch,
    )


def _place(made: Sequence[Enterprise], firms: Sequence[Firm]) -> None:
    links = {
        link.code: chain.code for chain in industries.chains() for link in industries.links(chain)
    }
    Membership.objects.bulk_create(
        (
            Membership(
                enterprise=enterprise,
                chain=links[str(firm.values["link"])],
                link=str(firm.values["link"]),
                evidence=str(firm.values.get("source") or ""),
            )
            for enterprise, firm in zip(made, firms, strict=True)
            if firm.values.get("link")
        ),
        batch_size=500,
    )


def _lines(
    made: Sequence[Enterprise], kept: Sequence[tuple[BatchRow, Firm]], batch: Batch
) -> list[tuple[Event, Scope]]:
    scope = Scope(batch.unit.path, Label.PUBLIC)
    return [
        (
            events.EnterpriseImported(
                subject=row.subject,
                code=enterprise.code,
                source=enterprise.source,
                batch=batch.public_id,
                line=row.line,
                link=str(firm.values.get("link") or ""),
            ),
            scope,
        )
        for enterprise, (row, firm) in zip(made, kept, strict=True)
    ]


def _changed(row: BatchRow, firm: Firm, held: Enterprise | None, by: Actor) -> Taken:
    changes = [] if held is None else judging.differences(firm, held)
    if held is None or [each.plain() for each in judging.told(changes)] != row.remarks:
        return Taken(because=_STALE)
    code = firm.code if firm.code != held.code else None
    if code and Enterprise.everything.filter(code=code).exclude(pk=held.pk).exists():
        return Taken(because=f"代码 {code} 已登记在另一份客商档案上；请先合并两份档案")
    before = {key: _plain(ours) for key, ours, _ in changes}
    _set(held, {key: theirs for key, _, theirs in changes})
    source, told = str(firm.values["source"]), firm.values.get("source_as_of")
    as_of = told if isinstance(told, date) else None
    for key in before:
        FieldSource.objects.update_or_create(
            enterprise=held,
            field=key,
            defaults={
                "source": source[:200],
                "as_of": as_of,
                "unit_id": home(by),
                "taken_at": clock.now(),
            },
        )
    return Taken(row.subject, _record(held, changes, source, as_of, by), before)


def _give_back(row: BatchRow, batch: Batch, by: Actor) -> None:
    held = Enterprise.objects.select_related("registered_by_unit").get(
        public_id=row.subject.removeprefix(workbook.PREFIX)
    )
    was = {key: _value(key, each) for key, each in (row.before or {}).items()}
    changes = [(key, getattr(held, key), value) for key, value in was.items()]
    _set(held, was)
    held.field_sources.filter(field__in=was).delete()
    _record(held, changes, f"撤销导入批次 {batch.public_id}", None, by)


def _set(held: Enterprise, values: dict[str, Value]) -> None:
    for key, value in values.items():
        setattr(held, key, value)
    columns = list(values)
    if "name" in values:
        held.name_key, held.initials = names.key(held.name), initials(held.name)
        columns += ["name_key", "initials"]
    held.save(update_fields=columns)


def _record(
    held: Enterprise,
    changes: Sequence[tuple[str, Value, Value]],
    source: str,
    as_of: date | None,
    by: Actor,
) -> int:
    event = events.FieldsTaken(
        subject=f"{workbook.PREFIX}{held.public_id}",
        fields="、".join(workbook.CHANGEABLE[key] for key, _, _ in changes),
        source=source,
        as_of=as_of.isoformat() if as_of else None,
        changes={key: [_plain(ours), _plain(theirs)] for key, ours, theirs in changes},
    )
    return entries.record(event, by=by, scope=queries.common_scope(held)).seq


def _plain(value: Value) -> Plain:
    return value.isoformat() if isinstance(value, date) else None if value is None else str(value)


def _value(key: str, plain: Plain) -> Value:
    if key == "registered_on" and plain:
        return date.fromisoformat(str(plain))
    return None if plain is None else str(plain)
