"""Deciding on suggestions for a chain: what is accepted becomes a new dated sheet."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction

from yipanqi.domain.industries import events, queries
from yipanqi.domain.industries.models import Chain, Proposal, ProposalState
from yipanqi.domain.industries.services import loading
from yipanqi.domain.ledger.services import entries
from yipanqi.domain.people.models import Officer
from yipanqi.domain.rules import queries as rules
from yipanqi.domain.rules.services import loading as sheets
from yipanqi.rulebook import proposing
from yipanqi.rulebook.chains import LAYOUTS
from yipanqi.rulebook.packs import Pack
from yipanqi.rulebook.tables import GROUNDS
from yipanqi.vocab import clock
from yipanqi.vocab.actors import Actor, NotAllowed, require

# The rows to write, by table; each row by column, without source and basis.
Rows = Mapping[str, Sequence[Mapping[str, str]]]
_MAY_CHANGE = ("links", "supplies", "terms")


class NothingToDecide(Exception):
    """The proposal was decided on already."""


class ReasonMissing(Exception):
    """A proposal is turned down with a reason, so that it need not be read twice."""


@dataclass(frozen=True, slots=True)
class TakenIn:
    """How many suggestions were new, and how many had been made before."""

    added: int
    known: int


@transaction.atomic
def take_in(
    chain: Chain, found: Iterable[proposing.Proposal], *, source: str, by: Actor
) -> TakenIn:
    """Put suggestions before the chain's office; those made before, decided or not, stay as are."""
    _insist(chain, by)
    held = Proposal.objects.filter(chain=chain.code)
    known = set(held.values_list("kind", "name", "link", "customer"))
    every = list(found)
    fresh = [one for one in every if (one.kind, one.name, one.link, one.customer) not in known]
    Proposal.objects.bulk_create(
        Proposal(
            chain=chain.code,
            kind=one.kind,
            name=one.name,
            link=one.link,
            customer=one.customer,
            support=one.support,
            because=list(one.because),
            source=source,
            created_at=clock.now(),
        )
        for one in fresh
    )
    if fresh:
        event = events.ProposalsTakenIn(
            subject=f"industries/{chain.code}", chain=chain.code, source=source, added=len(fresh)
        )
        entries.record(event, by=by, scope=queries.scope(chain))
    return TakenIn(len(fresh), len(every) - len(fresh))


@transaction.atomic
def accept(found: Proposal, rows: Rows, *, by: Actor) -> Proposal:
    """Write the rows into the chain's tables from today on, as new revisions of a dated sheet.

    Raises NothingToDecide, NotAllowed; SheetFaults when the chain would not be sound: then nothing
    is changed.
    """
    chain, row = _decidable(found, by)
    day = clock.today().isoformat()
    pack = rules.pack()
    ground = {"source": f"{row.source}；{by.name} {day} 采纳"[:200], "basis": "source"}
    texts = _tables_from(pack, day)
    for table in _MAY_CHANGE:
        name = f"chains/{day}/{table}.csv"
        texts[name] = _with(texts[name], table, [{**one, **ground} for one in rows.get(table, ())])
    revised = sheets.revise(texts, by=by)
    loading.load(revised.chains(on=clock.today()), valid_from=clock.today())
    row.rows = {table: [dict(one) for one in written] for table, written in rows.items()}
    row.sheet = f"chains/{day}"
    _close(row, ProposalState.ACCEPTED, by)
    digests = {name: digest for name, _, digest in rules.current() if name in texts}
    event = events.ProposalAccepted(
        subject=f"industries/{row.public_id}",
        chain=row.chain,
        name=row.name,
        sheet=row.sheet,
        digests=digests,
    )
    entries.record(event, by=by, scope=queries.scope(chain))
    return row


@transaction.atomic
def reject(found: Proposal, because: str, *, by: Actor) -> Proposal:
    """Turn the suggestion down. Raises ReasonMissing, NothingToDecide, NotAllowed."""
    if not because.strip():
        raise ReasonMissing("退回理由未填；写明理由，同样的提议以后不必再看")
    chain, row = _decidable(found, by)
    row.reason = because.strip()
    _close(row, ProposalState.REJECTED, by)
    event = events.ProposalRejected(
        subject=f"industries/{row.public_id}", chain=row.chain, name=row.name
    )
    entries.record(event, by=by, scope=queries.scope(chain))
    return row


def _decidable(found: Proposal, by: Actor) -> tuple[Chain, Proposal]:
    # Whoever adds to a chain waits for whoever is at it: both would begin from the same sheet.
    chain = Chain.objects.select_for_update().get(code=found.chain)
    _insist(chain, by)
    row = Proposal.objects.select_for_update().get(pk=found.pk)
    if row.state != ProposalState.PENDING:
        raise NothingToDecide("这条提议已经处理，请刷新后查看")
    return chain, row


def _insist(chain: Chain, by: Actor) -> None:
    require(by, "chains.edit", doing="处理产业链提议")
    if not queries.may_edit(chain, by):
        raise NotAllowed("只能处理本办公室所负责产业链的提议")


def _close(row: Proposal, state: ProposalState, by: Actor) -> None:
    row.state = state
    row.decided_by = Officer.objects.filter(pk=by.id).first()
    row.decided_at = clock.now()
    row.save()


def _tables_from(pack: Pack, day: str) -> dict[str, str]:
    """The five tables in force, as the tables of this day; those of earlier days stay as were."""
    begun = pack.chains_since(on=clock.today()).isoformat()
    return {f"chains/{day}/{table}.csv": pack.texts[f"chains/{begun}/{table}.csv"]
            for table in LAYOUTS}  # fmt: skip


def _with(text: str, table: str, rows: Sequence[Mapping[str, str]]) -> str:
    written = io.StringIO()
    header = next(csv.reader(io.StringIO(text.lstrip("\ufeff"))))
    assert set(header) == {*LAYOUTS[table].columns, *GROUNDS}
    csv.DictWriter(written, header, lineterminator="\n").writerows(rows)
    return text.rstrip("\r\n") + "\n" + written.getvalue()
