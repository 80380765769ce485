"""What a graph of products suggests for a chain: links, supplies and terms, never more."""

from yipanqi.rulebook.chains import ChainTables, Link, RecognitionTerm, Supply
from yipanqi.rulebook.proposing import Edge, Proposal, Relation, Suggested, proposals
from yipanqi.rulebook.sources import Basis

GROUND = ("测试", Basis.RECALLED)
TABLES = ChainTables(
    links=(
        Link("c", "c-beng", "液压泵", "upstream", "3444", "泵", *GROUND),
        Link("c", "c-mifeng", "密封件", "upstream", "2913", "密封", *GROUND),
        Link("c", "c-waji", "挖掘机", "midstream", "3514", "整机", *GROUND),
    ),
    supplies=(Supply("c", "c-beng", "c-waji", "液压泵", *GROUND),),
    terms=(
        RecognitionTerm("c", "c-beng", "油泵", "include", *GROUND),
        RecognitionTerm("c", "c-waji", "玩具", "exclude", *GROUND),
    ),
)


def suggested(*edges, most=10):
    return proposals(TABLES, [Edge(*each) for each in edges], most=most)


def test_materials_of_several_products_that_no_link_recognises_are_a_new_link():
    found = suggested(
        ("小型液压泵", "泵体", Relation.MATERIAL),
        ("齿轮油泵", "泵体", Relation.MATERIAL),
        ("齿轮油泵", "齿轮油泵", Relation.KIND),
    )

    assert found == (
        Proposal(
            Suggested.LINK, "泵体", "c-beng", "c-beng", 2,
            ("小型液压泵的上游材料", "齿轮油泵的上游材料"),
        ),
    )  # fmt: skip


def test_one_edge_alone_proposes_no_link():
    assert suggested(("液压泵", "泵体", Relation.MATERIAL)) == ()


def test_a_supply_not_yet_drawn_is_proposed_and_a_drawn_one_is_not():
    found = suggested(
        ("液压挖掘机", "橡胶密封件", Relation.MATERIAL),
        ("橡胶密封件", "小挖掘机", Relation.PRODUCT),
        ("液压挖掘机", "液压泵", Relation.MATERIAL),
        ("小挖掘机", "液压泵", Relation.MATERIAL),
    )

    (supply,) = found
    assert (supply.kind, supply.link, supply.customer) == (Suggested.SUPPLY, "c-mifeng", "c-waji")
    assert (supply.name, supply.support) == ("橡胶密封件", 2)


def test_a_kind_of_a_links_product_is_a_term_for_it():
    (term,) = suggested(("液压泵", "柱塞变量泵", Relation.KIND))

    assert (term.kind, term.name, term.link) == (Suggested.TERM, "柱塞变量泵", "c-beng")


def test_sentences_and_single_letters_are_no_names_of_products():
    assert (
        suggested(
            ("液压泵", "泵", Relation.KIND), ("液压泵", "采用进口产品，质量好", Relation.KIND)
        )
        == ()
    )


def test_an_empty_chain_recognises_nothing():
    assert proposals(ChainTables(), [Edge("液压泵", "泵体", Relation.MATERIAL)], most=10) == ()


def test_at_most_so_many_of_each_kind_the_best_supported_first():
    found = suggested(
        ("液压泵", "柱塞变量泵", Relation.KIND),
        ("液压泵", "叶片定量泵", Relation.KIND),
        ("齿轮油泵", "叶片定量泵", Relation.KIND),
        most=1,
    )

    assert [each.name for each in found] == ["叶片定量泵"]
