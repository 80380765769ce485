"""A leader's list of suppliers and purchasers: in force, replaced, taken back, seen by whom."""

import json
from datetime import date, timedelta
from decimal import Decimal

import pytest
from tests import cast, samples

from yipanqi.domain.evidence import queries as evidence
from yipanqi.domain.evidence.services import storing
from yipanqi.domain.industries import partner_lists
from yipanqi.domain.industries.models import Chain
from yipanqi.domain.industries.partner_kinds import MatchedBy, PartnerKind
from yipanqi.domain.industries.partner_lists import Wanted
from yipanqi.domain.industries.services import partners
from yipanqi.domain.industries.services.partners import Draft, Known, Partner
from yipanqi.domain.ledger.models import Entry
from yipanqi.vocab import clock
from yipanqi.vocab.actors import NotAllowed
from yipanqi.vocab.labels import Label, StateSecret

CHAIN = "gongcheng-jixie"
SUPPLY, PURCHASE = PartnerKind.SUPPLY, PartnerKind.PURCHASE


@pytest.fixture
def chain(city):
    return Chain.objects.create(
        code=CHAIN,
        name="工程机械",
        office_unit="office-gongcheng-jixie",
        valid_from=date(2018, 1, 1),
        source="测试",
        basis="recalled",
    )


def draft(day=date(2018, 6, 1), **more):
    told = {
        "leader": "示例重工股份有限公司",
        "source": "示例重工供应链部",
        "file_name": "名单.xlsx",
    }
    return Draft(as_of=day, sha256="a" * 64, **{**told, **more})


def known(registry_id="r1", *, is_here=False):
    return Known(
        registry_id, "常州恒立液压件有限公司", "江苏", "常州", is_here, MatchedBy.NAME, Decimal(1)
    )


def partner(number=2, kind=SUPPLY, name="常州恒立液压件有限公司", **more):
    return Partner(number, kind, name, product="油缸", link="gcjx-yeya", year=2018, **more)


def applied(chain, *rows, by=None, **more):
    return partners.apply(chain, draft(**more), rows, by=by or cast.chain_officer())


def stated(**wanted):
    listed = partner_lists.stated(CHAIN, Wanted(**wanted), seen_by=cast.chain_officer())
    return [[row.product for row in each.rows] for each in listed.rows]


def test_a_list_in_force_names_its_enterprises_and_has_one_line_in_the_ledger(chain):
    (made,) = applied(chain, partner(known=known()), partner(3, name="某某厂"))

    assert (made.row_count, made.matched_count) == (2, 1)
    line = Entry.objects.get(kind="industries.partners_listed")
    told = json.loads(line.body)
    assert told["sha256"] == "a" * 64
    assert (told["rows"], told["matched"]) == (2, 1)
    assert "常州恒立" not in json.dumps(told, ensure_ascii=False)


def test_suppliers_and_purchasers_of_one_file_become_two_lists(chain):
    made = applied(chain, partner(), partner(3, PURCHASE))

    assert [each.kind for each in made] == [SUPPLY, PURCHASE]


def test_a_newer_list_takes_the_place_of_the_older_which_is_kept(chain):
    (old,) = applied(chain, partner(known=known()))

    (new,) = applied(chain, partner(known=known("r2")), day=date(2019, 6, 1))

    old.refresh_from_db()
    assert (old.state, old.replaced_by) == ("replaced", new)
    assert old.rows.count() == 1
    seen = partner_lists.of_each(CHAIN, ["r1", "r2"], seen_by=cast.chain_officer())
    assert list(seen) == ["r2"]


def test_a_list_of_purchasers_leaves_that_of_suppliers_in_force(chain):
    (old,) = applied(chain, partner())

    applied(chain, partner(kind=PURCHASE), day=date(2019, 6, 1))

    old.refresh_from_db()
    assert old.is_in_force


def test_an_older_list_does_not_take_the_place_of_a_newer(chain):
    applied(chain, partner())

    with pytest.raises(partners.OlderThanStanding, match="2018-06-01"):
        applied(chain, partner(), day=date(2018, 5, 1))


def test_undoing_a_list_brings_back_the_one_before(chain):
    (old,) = applied(chain, partner(known=known()))
    (new,) = applied(chain, partner(known=known("r2")), day=date(2019, 6, 1))

    partners.undo(new, "发错文件", by=cast.chain_officer())

    old.refresh_from_db()
    new.refresh_from_db()
    assert (old.is_in_force, new.state, new.undone_because) == (True, "undone", "发错文件")
    told = json.loads(Entry.objects.get(kind="industries.partners_undone").body)
    assert told["restores"] == old.public_id


def test_undoing_a_list_in_the_middle_leaves_the_newest_in_force(chain):
    (first,) = applied(chain, partner())
    (second,) = applied(chain, partner(), day=date(2019, 6, 1))
    (third,) = applied(chain, partner(), day=date(2020, 6, 1))

    second.refresh_from_db()
    partners.undo(second, "有误", by=cast.chain_officer())

    first.refresh_from_db()
    third.refresh_from_db()
    assert (first.state, first.replaced_by, third.is_in_force) == ("replaced", third, True)
    partners.undo(third, "有误", by=cast.chain_officer())
    first.refresh_from_db()
    assert first.is_in_force


def test_a_list_is_undone_once_and_with_a_reason(chain):
    (made,) = applied(chain, partner())

    with pytest.raises(partners.Incomplete, match="撤销原因"):
        partners.undo(made, " ", by=cast.chain_officer())
    partners.undo(made, "有误", by=cast.chain_officer())
    with pytest.raises(partners.AlreadyUndone):
        partners.undo(made, "有误", by=cast.chain_officer())
    assert stated() == []


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"leader": "（）"}, "链主企业未填"),
        ({"source": " "}, "来源未填"),
        ({"day": clock.today() + timedelta(days=1)}, "不能晚于今天"),
    ],
)
def test_a_list_without_grounds_is_refused_in_words(chain, more, says):
    with pytest.raises(partners.Incomplete, match=says):
        applied(chain, partner(), **more)
    assert partner_lists.lists(CHAIN, seen_by=cast.dispatcher()) == []


def test_an_empty_list_is_refused(chain):
    with pytest.raises(partners.Incomplete, match="没有可用的行"):
        applied(chain)


def test_a_mark_of_state_secrecy_stops_the_list(chain):
    with pytest.raises(StateSecret):
        applied(chain, partner(name="机密★某厂"))


def test_only_the_chains_own_office_and_dispatchers_keep_its_lists(chain):
    for name in ("clerk_a", "auditor", "member"):
        with pytest.raises(NotAllowed):
            applied(chain, partner(), by=cast.actor(name))
    chain.office_unit, chain.code = "office-shipin", "shipin"
    chain.save()
    with pytest.raises(NotAllowed, match="本办公室"):
        applied(chain, partner())
    assert applied(chain, partner(), by=cast.dispatcher())


def test_a_business_secret_is_seen_by_its_own_office_and_those_cleared(chain):
    applied(chain, partner(known=known()), label=Label.BUSINESS_SECRET)

    def sees(name):
        return bool(partner_lists.of_each(CHAIN, ["r1"], seen_by=cast.actor(name)))

    assert [sees(name) for name in ("chain_officer", "dispatcher", "auditor")] == [True] * 3
    assert [sees(name) for name in ("clerk_a", "district", "administrator")] == [False] * 3


def test_an_enterprise_named_in_several_rows_is_shown_once(chain):
    rows = (
        partner(known=known()),
        Partner(3, SUPPLY, "恒立液压", product="泵", known=known()),
        partner(4, name="某某厂"),
    )
    applied(chain, *rows)

    assert sorted(map(len, stated())) == [1, 2]
    assert stated(where="outside") == [["油缸", "泵"]]
    assert stated(where="unmatched") == [["油缸"]]
    assert stated(text="泵") == [["泵"]]
    assert stated(kind="purchase") == []


def test_a_row_is_matched_anew_and_counted(chain):
    (made,) = applied(chain, partner(), partner(3, name="某某厂"))
    row = made.rows.get(number=3)

    partners.recognise(row, known("r9"), by=cast.chain_officer())

    made.refresh_from_db()
    assert made.matched_count == 1
    assert list(partner_lists.of_each(CHAIN, ["r9"], seen_by=cast.chain_officer())) == ["r9"]
    told = json.loads(Entry.objects.get(kind="industries.partner_matched").body)
    assert (told["number"], told["registry_id"]) == (3, "r9")


def test_a_match_is_taken_back(chain):
    (made,) = applied(chain, partner(known=known()))

    partners.recognise(made.rows.get(), None, by=cast.chain_officer())

    made.refresh_from_db()
    row = made.rows.get()
    assert (made.matched_count, row.registry_id, row.confidence, row.is_here) == (0, "", None, None)
    assert row.firm == partner_lists.firm(row.name)


def test_the_rows_of_a_list_no_longer_in_force_stay_as_they_are(chain):
    (made,) = applied(chain, partner())
    partners.undo(made, "有误", by=cast.chain_officer())

    with pytest.raises(partners.NotInForce):
        partners.recognise(made.rows.get(), known(), by=cast.chain_officer())


def test_the_workbook_is_kept_among_the_materials_of_its_list(chain, evidence_home):
    original = storing.receive(samples.office({"xl/workbook.xml": b"<workbook/>"}, "名单.xlsx"))

    (made,) = applied(chain, partner(), original=original, label=Label.BUSINESS_SECRET)

    subject = f"industries/{made.public_id}"
    (file,) = evidence.files(subject, seen_by=cast.chain_officer())
    assert (file.kind, file.dated, file.sha256) == ("partner_list", made.as_of, original.sha256)
    assert evidence.files(subject, seen_by=cast.clerk_a()) == []
