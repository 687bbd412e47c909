"""Checked rows as they are kept."""

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from indicators.rows import KEY, SCHEMA, finished

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=3)
keys = st.tuples(*[texts] * len(KEY))


@given(st.lists(keys, unique=True, max_size=30))
def test_rows_are_kept_in_the_order_of_their_key(given_keys):
    part = pl.DataFrame(
        [
            dict(zip(KEY, key, strict=True)) | {"value": float(n)}
            for n, key in enumerate(given_keys)
        ],
        schema=SCHEMA,
    )
    kept = finished([part])
    assert kept.schema == SCHEMA
    assert kept.select(KEY).rows() == sorted(given_keys)
    assert all(
        given_keys[int(value)] == tuple(key) for *key, value in kept.select(*KEY, "value").rows()
    )
