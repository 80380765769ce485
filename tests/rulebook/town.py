"""A small sound pack, as texts by path, for tests to spoil one line at a time."""

from yipanqi.rulebook import references
from yipanqi.rulebook.assembly import assemble

_GROUNDS = 'source = "办法"\nbasis = "sample"\n'

GATES = f"""id = "town/gates/2018-01-01"
valid_from = 2018-01-01

[[requirement]]
id = "leader"
to = "signed"
when = {{ fact = "total_investment_fen", op = "at_least", value = 1000 }}
needs = {{ fact = "leader", op = "is", value = true }}
message = "须有责任领导"
remedy = "指定责任领导"
section = "responsibility"
{_GROUNDS}
[[requirement]]
id = "land"
to = "started"
needs = {{ fact = "land_secured_mu", op = "at_least", value = 1 }}
message = "须落实用地"
remedy = "填写面积"
section = "land"
{_GROUNDS}"""

STAGES = 'id = "town/stages/2018-01-01"\nvalid_from = 2018-01-01\n' + "".join(
    f'\n[[stage]]\ncode = "{code}"\ntitle = "{title}"\nofficial = "{official}"\n'
    f"optional = {optional}\n{_GROUNDS}"
    for code, title, official, optional in (
        ("talking", "在谈", "talking", "false"),
        ("ready", "拟签约", "talking", "true"),
        ("signed", "签约", "signed", "false"),
        ("started", "开工", "started", "false"),
        ("built", "建成", "built", "false"),
    )
)

ROLES = f"""id = "town/roles/2018-01-01"
valid_from = 2018-01-01

[[role]]
code = "clerk"
label = "经办"
kinds = ["park"]
may = ["projects.create"]
{_GROUNDS}
[role.sees]
public = "all"
internal = "unit"
work_secret = "none"
business_secret = "unit"
"""

FOCUS = f"""id = "town/focus/2018-01-01"
valid_from = 2018-01-01

[[focus]]
park = "east-park"
leading = ["pumps"]
special = "食品"
{_GROUNDS}"""

CLAIMS = 'id = "town/claims/2018-01-01"\nvalid_from = 2018-01-01\n' + "".join(
    f"\n[{key}]\nvalue = {value}\n{_GROUNDS}"
    for key, value in (
        ("protection_days", 90), ("renewal_days", 30), ("renewals", 1), ("open_claims_cap", 5),
        ("idle_days", 30), ("similar_name_share", 0.85), ("near_name_share", 0.6),
        ("amount_deviation_share", 0.1),
    )
)  # fmt: skip

DIAGNOSIS = f"""id = "town/diagnosis/2018-01-01"
valid_from = 2018-01-01

[[verdict]]
id = "strong"
status = "strong"
action = "强链"
when = [{{ fact = "local_enterprises", op = "at_least", value = 10 }}]
reason = "本市有 {{local_enterprises}} 家"
{_GROUNDS}
[[verdict]]
id = "rest"
status = "missing"
action = "补链"
reason = "本市没有"
{_GROUNDS}"""

RANKING = f"""id = "town/ranking/2018-01-01"
valid_from = 2018-01-01
total = 100

[[feature]]
code = "size"
label = "规模"
weight = 60
{_GROUNDS}
[[feature]]
code = "near"
label = "距离"
weight = 40
{_GROUNDS}"""

SUB_GATES = f"""id = "town/units/east-park/gates/2018-07-01"
valid_from = 2018-07-01
inherits = "town/gates/2018-01-01"

[[requirement]]
id = "land"
to = "started"
needs = {{ fact = "land_secured_mu", op = "at_least", value = 10 }}
message = "须落实用地10亩"
remedy = "填写面积"
section = "land"
{_GROUNDS}"""

UNITS = """code,name,short_name,kind,parent,region_code,source,basis
town,领导小组,小组,leading_group,,430100,名录,recalled
east,东区,东区,district,town,430102,名录,recalled
east-park,东园,东园,park,east,430102,名录,recalled
office-pumps,泵链办,泵链办,chain_office,town,430100,名录,recalled
"""

FILES = {
    "pack.toml": 'id = "town"\nname = "某市"\nregion_code = "430100"\nsample_label = "示例"\n',
    "units.csv": UNITS,
    "parks.csv": (
        "park,name,short_name,level,district,approved_year,lon,lat,source,basis\n"
        "east-park,东园,东园,provincial,east,,113.0,28.2,名录,recalled\n"
    ),
    "roles/2018-01-01.toml": ROLES,
    "stages/2018-01-01.toml": STAGES,
    "gates/2018-01-01.toml": GATES,
    "focus/2018-01-01.toml": FOCUS,
    "claims/2018-01-01.toml": CLAIMS,
    "diagnosis/2018-01-01.toml": DIAGNOSIS,
    "ranking/2018-01-01.toml": RANKING,
    "units/east-park/gates/2018-07-01.toml": SUB_GATES,
    "cases/gates.toml": '[[case]]\nname = "空"\nto = "started"\nunmet = ["land"]\n',
    "cases/diagnosis.toml": '[[case]]\nname = "空"\nstatus = "missing"\nrule = "rest"\n',
    "chains/2018-01-01/chains.csv": (
        "chain,name,alias,office_unit,status,source,basis\n"
        "pumps,泵,水泵|油泵,office-pumps,draft,常识,recalled\n"
    ),
    "chains/2018-01-01/links.csv": (
        "chain,link,name,position,gbt,description,source,basis\n"
        "pumps,pumps-casting,铸件,upstream,3391,泵壳,常识,recalled\n"
        "pumps,pumps-body,泵体,midstream,344;3441,整泵,常识,recalled\n"
    ),
    "chains/2018-01-01/supplies.csv": (
        "chain,supplier,customer,what,source,basis\n"
        "pumps,pumps-casting,pumps-body,泵壳,常识,recalled\n"
    ),
    "chains/2018-01-01/terms.csv": (
        "chain,link,term,kind,source,basis\n"
        "pumps,pumps-casting,铸件,include,常识,recalled\n"
        "pumps,pumps-body,水泵,include,常识,recalled\n"
        "pumps,pumps-body,水泵维修,exclude,常识,recalled\n"
    ),
    "chains/2018-01-01/leaders.csv": (
        "chain,link,enterprise,place,reach,source,basis\n"
        "pumps,pumps-body,某泵业,德国,world,常识,recalled\n"
    ),
}


def spoiled(name: str, old: str, new: str) -> dict[str, str]:
    """The town's files with one text replaced in one of them."""
    assert old in FILES[name], f"{name} has no “{old}”"
    return {**FILES, name: FILES[name].replace(old, new, 1)}


def complaints(files: dict[str, str]) -> list[str]:
    """What the check says, one `file:line: …` each."""
    assembly = assemble(files)
    return [str(found) for found in (*assembly.faults, *references.faults(assembly))]


def line_of(name: str, text: str) -> int:
    """The line of the first occurrence of a text in one of the town's files."""
    return FILES[name][: FILES[name].index(text)].count("\n") + 1
