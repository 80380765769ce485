"""Credit codes checked in SQL, a whole column at a time; agrees with vocab.credit_codes."""

from yipanqi.vocab import credit_codes

_DIGITS = 17


def macros() -> tuple[str, ...]:
    """CREATE MACRO statements: code_kind(code, code_number(code)) gives a kind or a fault.

    Four codes in five have digits alone before the check character: those are cast to one integer
    and weighted by division, which takes a third of the time of looking up seventeen characters.
    """
    alphabet, modulus = credit_codes.ALPHABET, credit_codes.MODULUS
    return (
        f"CREATE OR REPLACE MACRO digit_total(number) AS {_by_division('number')}",
        f"CREATE OR REPLACE MACRO letter_total(code) AS {_by_lookup('code', alphabet)}",
        # An E among digits would be read as an exponent.
        (
            "CREATE OR REPLACE MACRO code_number(code) AS CASE WHEN length(code) = 18 "
            f"AND NOT contains(code, 'E') THEN try_cast(left(code, {_DIGITS}) AS BIGINT) END"
        ),
        (
            "CREATE OR REPLACE MACRO check_holds(total, code) AS "
            f"substr('{alphabet}', 1 + ({modulus} - total % {modulus}) % {modulus}, 1)"
            " = right(code, 1)"
        ),
        (
            "CREATE OR REPLACE MACRO code_kind(code, number) AS CASE WHEN code IS NULL THEN 'none' "
            f"WHEN regexp_full_match(code, '[{alphabet}]{{{credit_codes.LENGTH}}}') THEN CASE "
            "WHEN CASE WHEN number IS NOT NULL THEN check_holds(digit_total(number), code) "
            "ELSE check_holds(letter_total(code), code) END THEN 'uscc' ELSE 'code_check' END "
            f"WHEN regexp_full_match(code, '{credit_codes.LEGACY_PATTERN}') THEN 'legacy' "
            "ELSE 'code_form' END"
        ),
    )


def _by_division(number: str) -> str:
    parts = (
        f"{weight} * ({number} // {10 ** (_DIGITS - 1 - place)} % 10)"
        for place, weight in enumerate(credit_codes.WEIGHTS)
    )
    return " + ".join(parts)


def _by_lookup(code: str, alphabet: str) -> str:
    parts = (
        f"{weight} * (strpos('{alphabet}', {code}[{place}]) - 1)"
        for place, weight in enumerate(credit_codes.WEIGHTS, start=1)
    )
    return " + ".join(parts)
