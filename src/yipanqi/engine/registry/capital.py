"""Registered capital in SQL: texts such as 5,088(万元人民币) as amounts in 万 of a currency."""

# Currency and the words that name it, in the order they are tried (澳门元 before any 元).
CURRENCIES = (
    ("HKD", ("港", "HKD")),
    ("MOP", ("澳门", "葡币", "MOP")),
    ("TWD", ("台币", "台湾", "TWD")),
    ("USD", ("美", "USD")),
    ("EUR", ("欧", "EUR")),
    ("GBP", ("英镑", "GBP")),
    ("SGD", ("新加坡", "SGD")),
    ("JPY", ("日元", "日圆", "日本", "JPY")),
    ("AUD", ("澳", "AUD")),
    ("CAD", ("加拿大", "加元", "CAD")),
    ("NZD", ("新西兰", "NZD")),
    ("KRW", ("韩", "KRW")),
    ("CHF", ("瑞士法郎", "CHF")),
    ("FRF", ("法国法郎", "法郎", "FRF")),
    ("FIM", ("芬兰马克", "FIM")),
    ("DEM", ("马克", "DEM")),
    ("NLG", ("荷兰盾", "NLG")),
    ("ITL", ("里拉", "ITL")),
    ("SEK", ("瑞典克朗", "SEK")),
    ("DKK", ("丹麦克朗", "DKK")),
    ("NOK", ("挪威克朗", "NOK")),
    ("ATS", ("先令", "ATS")),
    ("THB", ("泰", "THB")),
    ("MYR", ("马来西亚", "林吉特", "MYR")),
    ("RUB", ("卢布", "俄罗斯", "RUB")),
    ("PHP", ("菲律宾", "PHP")),
)
# What registers write for 万元 in nine rows of ten; asked first.
_USUAL = ("万元人民币", "万元", "万", "万人民币", "万人民币元")
# What may stand around an amount in yuan; anything else makes the unit unreadable.
_YUAN = r"(人民币|RMB|CNY|¥|￥)?[百千]?(亿|万)?元?(人民币|RMB|CNY)?元?(整)?"
_PARTS = r"^(\D*)([0-9][0-9,]*\.?[0-9]*)(\D*)$"
# The largest registered capital there is (国铁集团) is 1.7 万亿元; above 2 it is a wrong unit.
IMPLAUSIBLE_WAN = 200_000_000


def macros() -> tuple[str, ...]:
    """CREATE MACRO statements that read a text of capital, step by step.

    capital_amount, capital_before and capital_after take the text apart; capital_currency(unit)
    is an ISO code, null when unreadable; capital_wan(amount, unit) is DECIMAL(20,6) in units of
    ten thousand of the currency. Nothing is converted between currencies: that needs a rate and a
    day. Without any unit 万元 is taken, which is what registers mean (the median of such amounts
    in public data is 105, of those in 万元 128).
    """
    usual = ", ".join(f"'{unit}'" for unit in _USUAL)
    return (
        f"CREATE OR REPLACE MACRO capital_amount(t) AS regexp_extract(t, '{_PARTS}', 2)",
        f"CREATE OR REPLACE MACRO capital_before(t) AS {_without_brackets(1)}",
        f"CREATE OR REPLACE MACRO capital_after(t) AS {_without_brackets(3)}",
        (
            "CREATE OR REPLACE MACRO capital_currency(unit) AS "
            f"CASE WHEN unit IN ({usual}) THEN 'CNY' "
            f"{_cases()} WHEN regexp_full_match(unit, '{_YUAN}') THEN 'CNY' END"
        ),
        # How many 万元 one unit of the amount is.
        (
            f"CREATE OR REPLACE MACRO capital_multiple(unit) AS CASE WHEN unit IN ({usual}) THEN 1 "
            "WHEN contains(unit, '百万') THEN 100 WHEN contains(unit, '千万') THEN 1000 "
            "WHEN contains(unit, '亿') THEN 10000 WHEN contains(unit, '万') OR unit = '' THEN 1 "
            "WHEN contains(unit, '千') THEN 0.1 WHEN contains(unit, '百') THEN 0.01 "
            "ELSE 0.0001 END::DECIMAL(10, 4)"
        ),
        (
            "CREATE OR REPLACE MACRO capital_wan(amount, unit) AS try_cast("
            "try_cast(replace(amount, ',', '') AS DECIMAL(20, 6))::DECIMAL(28, 6) "
            "* capital_multiple(unit) AS DECIMAL(20, 6))"
        ),
        f"CREATE OR REPLACE MACRO implausible_wan() AS {IMPLAUSIBLE_WAN}",
    )


def _without_brackets(part: int) -> str:
    """One part of the text without brackets and spaces, by functions of one column alone."""
    text = f"regexp_extract(t, '{_PARTS}', {part})"
    for mark in ("(", ")", "（", "）", " ", ":", "：", "　"):
        text = f"replace({text}, '{mark}', '')"
    return text


def _cases() -> str:
    return " ".join(
        "WHEN " + " OR ".join(f"contains(unit, '{word}')" for word in words) + f" THEN '{currency}'"
        for currency, words in CURRENCIES
    )
