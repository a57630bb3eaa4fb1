"""Symbols of the classification: one form, whatever they were written in, and a code for what is none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.patent.data_files import read
from services.patent.ipc import NotASymbolError, canonical, places


@pytest.mark.parametrize(
    ("written", "symbol"),
    [
        ("F41H 13/00", "F41H 13/00"),
        ("F41H13/00", "F41H 13/00"),
        ("f41h  13/00 (2006.01)", "F41H 13/00"),
        ("Ｆ４１Ｈ　１３／００", "F41H 13/00"),
        ("F41H0013000000", "F41H 13/00"),
        ("G01S0007521000", "G01S 7/521"),
        ("G01S 7/521", "G01S 7/521"),
        ("G21C0019365000", "G21C 19/365"),
        ("G99Z 99/00", "G99Z 99/00"),
    ],
)
def test_a_symbol_has_one_form(written: str, symbol: str) -> None:
    assert canonical(written) == symbol


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("G99Z", "symbol_without_group"),
        ("F41", "symbol_without_group"),
        ("F41H 13", "symbol_without_group"),
        ("G99Z 1/00", "symbol_not_valid"),
        ("F41H 0/00", "symbol_not_valid"),
        ("F41H 13/0", "symbol_not_valid"),
        ("F41H 13/00 and more", "symbol_not_valid"),
        ("F٤1H 13/00", "symbol_not_valid"),
        ("", "symbol_not_valid"),
        ("A01X 1/00", "symbol_of_no_subclass"),
    ],
)
def test_what_is_no_symbol_is_refused_with_a_code(written: str, code: str) -> None:
    with pytest.raises(NotASymbolError) as refused:
        canonical(written)
    assert refused.value.code == code


@given(st.text(max_size=30))
def test_a_refusal_never_repeats_what_it_refuses(text: str) -> None:
    try:
        canonical(text)
    except NotASymbolError as error:
        refused = error
    else:
        return
    assert str(refused) == refused.code
    assert refused.code in read("defects")


@given(st.from_regex(r"\A[1-9][0-9]{0,3}\Z"), st.from_regex(r"\A([0-9]{2}|[0-9]{2,5}[1-9])\Z"))
def test_the_fixed_form_and_the_written_one_are_one_symbol(group: str, place: str) -> None:
    fixed = f"F41H{int(group):04}{place.ljust(6, '0')}"
    assert canonical(fixed) == canonical(f"F41H {group}/{place}")
    assert places(canonical(fixed))[:3] == ("F41", "F41H", f"F41H {group}")
