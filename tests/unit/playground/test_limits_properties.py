from typing import Any, get_args

from hypothesis import given, settings
from hypothesis import strategies as st

from playground.blockkit.blocks import BLOCKS
from playground.blockkit.elements import ELEMENTS
from playground.blockkit.rules import Shape
from playground.limits import Surface, violations
from tests.unit.playground.shapes import message, section

_NAMES = sorted(
    {
        name
        for shape in [*BLOCKS.values(), *ELEMENTS.values()]
        if isinstance(shape, Shape)
        for name in [*shape.required, *shape.optional]
    }
    | {
        "type",
        "title",
        "submit",
        "private_metadata",
        "metadata",
        "series",
        "segments",
        "axis_config",
        "categories",
        "data",
        "label",
        "value",
    }
)
_SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text()
_TYPES = st.sampled_from([*BLOCKS, *ELEMENTS, "plain_text", "mrkdwn", "pie", "bar", "modal", "home"])
_JSON = st.recursive(
    _SCALARS | _TYPES,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(_NAMES), inner, max_size=5)
        | st.builds(
            lambda kind, fields: {**fields, "type": kind},
            _TYPES,
            st.dictionaries(st.sampled_from(_NAMES), inner, max_size=5),
        )
    ),
    max_leaves=25,
)


@settings(max_examples=300, deadline=None)
@given(
    st.dictionaries(st.sampled_from(_NAMES), _JSON, max_size=4),
    st.lists(_JSON, max_size=4) | _JSON,
    st.sampled_from(get_args(Surface)),
)
def test_the_walker_answers_any_json_without_raising(rest: dict[str, Any], blocks: Any, surface: Surface) -> None:
    found = violations({**rest, "blocks": blocks}, surface)

    assert all(one.path == "" or one.path.startswith("/") for one in found)


@given(st.integers(min_value=1, max_value=6000))
def test_a_text_is_refused_exactly_when_it_is_too_long(length: int) -> None:
    found = violations(message(section("x" * length)), "message")

    assert bool(found) is (length > 3000)
