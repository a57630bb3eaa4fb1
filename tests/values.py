"""Hypothesis strategies for values: any value that its own annotations let in, limits included."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import msgspec
from hypothesis import strategies as st
from msgspec import inspect


def values(kind: Any) -> st.SearchStrategy[Any]:
    """Any value of a type, as msgspec would read it."""
    return _of(inspect.type_info(kind)).map(lambda built: msgspec.convert(built, kind))


def _of(info: inspect.Type) -> st.SearchStrategy[Any]:
    match info:
        case inspect.StrType():
            if info.pattern is not None:
                return st.from_regex(info.pattern, fullmatch=True)
            least = info.min_length or 0
            return st.text(min_size=least, max_size=max(least, min(info.max_length or 20, 20)))
        case inspect.BoolType():
            return st.booleans()
        case inspect.IntType():
            return st.integers(info.ge, info.le)
        case inspect.NoneType():
            return st.none()
        case inspect.LiteralType():
            return st.sampled_from(info.values)
        case inspect.DateType():
            return st.dates(date(2000, 1, 1), date(2099, 12, 31)).map(date.isoformat)
        case inspect.DateTimeType():
            first, last = datetime(2000, 1, 1), datetime(2099, 12, 31)  # noqa: DTZ001 - hypothesis wants it so
            return st.datetimes(first, last, timezones=st.just(UTC)).map(datetime.isoformat)
        case inspect.UnionType():
            return st.one_of(*(_of(one) for one in info.types))
        case inspect.VarTupleType() | inspect.ListType() | inspect.FrozenSetType():
            most = min(info.max_length or 2, 2)
            return st.lists(
                _of(info.item_type), min_size=info.min_length or 0, max_size=max(most, info.min_length or 0)
            )
        case inspect.TupleType():
            return st.tuples(*(_of(one) for one in info.item_types)).map(list)
        case inspect.DictType():
            return st.dictionaries(_of(info.key_type), _of(info.value_type), max_size=2)
        case inspect.StructType():
            required = {f.encode_name: f.type for f in info.fields if f.required}
            optional = {f.encode_name: f.type for f in info.fields if not f.required}
            return st.fixed_dictionaries(
                {name: st.deferred(lambda of=of: _of(of)) for name, of in required.items()},
                optional={name: st.deferred(lambda of=of: _of(of)) for name, of in optional.items()},
            )
    raise TypeError(f"no strategy for {info}")
