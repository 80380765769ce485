"""Fields that speak officers' language."""

import pytest
from django import forms
from hypothesis import given
from hypothesis import strategies as st

from yipanqi.delivery.desk.fields import WanField, YesNoField


@given(st.integers(min_value=0, max_value=9 * 10**17))
def test_an_amount_shown_and_typed_again_is_the_same_amount(fen):
    field = WanField()

    assert field.clean(field.prepare_value(fen)) == fen


@pytest.mark.parametrize("text", ["", "  "])
def test_an_empty_amount_is_unknown_and_not_zero(text):
    assert WanField().clean(text) is None


@pytest.mark.parametrize("text", ["五亿", "1e400", "nan", "-3", "0.0000001", "9" * 24])
def test_what_is_no_amount_is_refused(text):
    with pytest.raises(forms.ValidationError):
        WanField().clean(text)


def test_not_known_is_neither_yes_nor_no():
    assert [YesNoField().clean(text) for text in ("yes", "no", "")] == [True, False, None]
