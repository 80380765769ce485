"""Only licences that somebody has read and allowed enter the lock."""

import licences
import pytest


@pytest.mark.parametrize(
    "stated", ["MIT", "Apache-2.0 OR GPL-3.0-only", "(MIT AND PSF-2.0)", "LGPL-3.0-only"]
)
def test_a_licence_with_a_choice_we_may_make_is_permitted(stated):
    assert licences.permitted(stated)


@pytest.mark.parametrize("stated", ["GPL-3.0-only", "MIT AND AGPL-3.0-only", "none stated", ""])
def test_a_licence_nobody_has_allowed_is_not(stated):
    assert not licences.permitted(stated)


def test_every_package_of_the_locks_is_allowed(capsys):
    assert licences.main() == 0, capsys.readouterr().out
