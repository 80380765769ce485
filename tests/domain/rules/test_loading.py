"""A pack is taken into force once, and what is approved stays as it is."""

from datetime import date

import pytest
from tests.rulebook import town

from yipanqi.domain.rules import queries
from yipanqi.domain.rules.models import Immutable, Sheet, Status
from yipanqi.domain.rules.services import loading
from yipanqi.rulebook import sheets
from yipanqi.rulebook.faults import SheetFaults
from yipanqi.rulebook.library import NotInForce
from yipanqi.vocab.actors import HOUSE

pytestmark = pytest.mark.django_db
DAY = date(2018, 8, 1)
GATES = "gates/2018-01-01.toml"


@pytest.fixture
def put(tmp_path):
    """Write a pack's files and take them into force."""

    def load(files=town.FILES):
        for name, text in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
        return loading.load_pack(tmp_path, by=HOUSE)

    return load


def test_loading_twice_adds_nothing_the_second_time(put):
    first, second = put(), put()

    assert set(first.added) == set(town.FILES)
    assert second.added == ()
    assert Sheet.objects.count() == len(town.FILES)


def test_sheets_in_force_carry_id_digest_and_revision(put):
    put()

    sheet = queries.gates(on=DAY)

    assert sheet.id == "town/gates/2018-01-01"
    assert sheet.digest == sheets.digest(town.GATES)
    assert sheet.revision == 1


def test_every_kind_can_be_asked_for(put):
    put()

    asked = ("stages", "roles", "claims", "diagnosis", "ranking", "focus")

    assert [getattr(queries, kind)(on=DAY).id for kind in asked] == [
        f"town/{kind}/2018-01-01" for kind in asked
    ]


def test_a_units_gates_are_the_citys_tightened(put):
    put()

    city, park = queries.gates(on=DAY), queries.gates(on=DAY, unit="east-park")

    assert [row.message for row in city.requirements][1] == "须落实用地"
    assert [row.message for row in park.requirements][1] == "须落实用地10亩"
    assert queries.gates(on=DAY, unit="unheard-of").digest == city.digest


def test_before_the_first_day_nothing_is_in_force(put):
    put()

    with pytest.raises(NotInForce, match="2017-12-31"):
        queries.gates(on=date(2017, 12, 31))


def test_a_changed_file_becomes_a_new_revision_and_the_old_one_stays(put):
    put()
    loaded = put(town.spoiled(GATES, "须有责任领导", "须有分管领导"))

    assert loaded.added == (GATES,)
    assert queries.gates(on=DAY).revision == 2
    assert queries.gates(on=DAY).requirements[0].message == "须有分管领导"
    assert Sheet.objects.get(name=GATES, revision=1).text == town.GATES


def test_what_another_process_approves_is_seen_at_once(put):
    put()
    before = queries.gates(on=DAY)
    text = town.GATES.replace("须有责任领导", "须有分管领导")

    # Straight into the table, as another process would: nothing here is told to forget.
    Sheet.objects.create(
        city="town", kind="gates", name=GATES, valid_from=date(2018, 1, 1), revision=2,
        status=Status.APPROVED, text=text, digest=sheets.digest(text), approved_by=7,
        created_at="2018-08-01T00:00:00Z",
    )  # fmt: skip

    assert before.requirements[0].message == "须有责任领导"
    assert queries.gates(on=DAY).requirements[0].message == "须有分管领导"


def test_a_draft_is_not_in_force(put):
    put()
    Sheet.objects.create(
        city="town", kind="gates", name=GATES, revision=2, status=Status.DRAFT, text="",
        digest="", created_at="2018-08-01T00:00:00Z",
    )  # fmt: skip

    assert queries.gates(on=DAY).revision == 1


def test_asking_costs_one_query_once_parsed(put, django_assert_num_queries):
    put()
    queries.gates(on=DAY)

    with django_assert_num_queries(1):
        queries.gates(on=DAY, unit="east-park")


@pytest.mark.parametrize(
    "change",
    [
        lambda sheet: sheet.save(),
        lambda sheet: sheet.delete(),
        lambda sheet: Sheet.objects.filter(pk=sheet.pk).update(text=""),
        lambda sheet: Sheet.objects.filter(pk=sheet.pk).delete(),
    ],
)
def test_an_approved_sheet_is_neither_changed_nor_removed(put, change):
    put()
    sheet = Sheet.objects.get(name=GATES)
    sheet.text = "随意修改"

    with pytest.raises(Immutable):
        change(sheet)

    assert Sheet.objects.get(name=GATES).text == town.GATES


def test_an_unsound_pack_is_refused_whole(put):
    with pytest.raises(SheetFaults):
        put(town.spoiled(GATES, 'to = "signed"', 'to = "sealed"'))

    assert not Sheet.objects.exists()


def test_a_second_city_is_refused(put):
    put()
    renamed = {name: text.replace("town/", "other/") for name, text in town.FILES.items()}
    renamed["pack.toml"] = town.FILES["pack.toml"].replace('"town"', '"other"')

    with pytest.raises(loading.AnotherCity, match="town"):
        put(renamed)


def test_the_pack_comes_back_as_it_went_in(put):
    put()

    assert dict(queries.pack().texts) == town.FILES


def test_without_a_pack_the_remedy_is_named():
    with pytest.raises(NotInForce, match="规则包"):
        queries.pack()
