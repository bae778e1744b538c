from typing import Any

import pytest

from playground.page.charts import chart, labels_of, rows_of


def plot(kind: str, **series: list[float]) -> dict[str, Any]:
    categories = ["Jan", "Feb"]
    rows = [
        {
            "name": name,
            "data": [{"label": label, "value": value} for label, value in zip(categories, values, strict=True)],
        }
        for name, values in series.items()
    ]
    drawn = {"type": kind, "series": rows, "axis_config": {"categories": categories}}
    return {"type": "data_visualization", "title": "Hours <won>", "chart": drawn}


def pie(**segments: float) -> dict[str, Any]:
    parts = [{"label": label, "value": value} for label, value in segments.items()]
    return {"type": "data_visualization", "title": "Options", "chart": {"type": "pie", "segments": parts}}


@pytest.mark.parametrize(("kind", "shape"), [("bar", "<rect "), ("line", "<polyline "), ("area", "<polygon ")])
def test_each_series_is_drawn_and_named(kind: str, shape: str) -> None:
    drawn = str(chart(plot(kind, call=[1, 2], shorter=[3, 4])))

    assert drawn.count(shape) == (4 if kind == "bar" else 2)
    assert 'aria-label="Hours &lt;won&gt;"' in drawn
    assert "call</li>" in drawn
    assert "style=" not in drawn


def test_a_pie_has_a_piece_for_each_segment_and_a_circle_for_only_one() -> None:
    assert str(chart(pie(call=1, shorter=3))).count("<path ") == 2
    assert str(chart(pie(call=1))).count("<circle ") == 1


def test_values_below_zero_hang_from_the_axis() -> None:
    drawn = str(chart(plot("bar", change=[-2, 2])))

    assert 'height="-' not in drawn
    assert ">-2</text>" in drawn


def test_the_table_beside_it_has_the_values_in_the_order_of_the_categories() -> None:
    block = plot("bar", call=[1, 2])
    block["chart"]["series"][0]["data"].reverse()

    assert (labels_of(block), rows_of(block["chart"])) == (["Jan", "Feb"], [("call", [1.0, 2.0])])
    assert (labels_of(pie(call=1)), rows_of(pie(call=1)["chart"])) == (["call"], [("", [1.0])])
