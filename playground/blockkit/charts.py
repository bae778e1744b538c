"""Blocks that show data: charts, tables, plans. Messages only.

Source: docs.slack.dev/reference/block-kit/blocks, pages data-visualization, data-table, table, plan, task-card.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from playground.blockkit.rules import (
    Rule,
    Shape,
    Violation,
    anything,
    array,
    boolean,
    integer,
    number,
    one_of,
    refuse,
    string,
    typed,
    url,
)

_LABEL = string(20)


def _positive(value: Any, path: str) -> Iterator[Violation]:
    yield from number(value, path)
    if isinstance(value, int | float) and value <= 0:
        yield from refuse(path, "must be above 0")


def _points_fit(chart: Mapping[str, Any], path: str) -> Iterator[Violation]:
    """Each series names each category once, in any order, and no two series have one name."""
    axis, series = chart.get("axis_config"), chart.get("series")
    if not isinstance(axis, Mapping) or not isinstance(series, list):
        return
    categories = axis.get("categories")
    rows = [row for row in series if isinstance(row, Mapping)]
    if isinstance(categories, list):
        for index, row in enumerate(rows):
            data = row.get("data")
            points = data if isinstance(data, list) else []
            labels = [point.get("label") for point in points if isinstance(point, Mapping)]
            if sorted(map(str, labels)) != sorted(map(str, categories)):
                yield from refuse(f"{path}/series/{index}/data", "labels must be those of axis_config.categories")
    names = [str(row.get("name")) for row in rows]
    if len(set(names)) < len(names):
        yield from refuse(f"{path}/series", "names must be unique")


_PLOT = Shape(
    required={
        "series": array(
            Shape(
                required={
                    "name": _LABEL,
                    "data": array(Shape(required={"label": _LABEL, "value": number}), most=20),
                }
            ),
            most=6,
        ),
        "axis_config": Shape(
            required={"categories": array(_LABEL, most=20)}, optional={"x_label": string(50), "y_label": string(50)}
        ),
    },
    extra=_points_fit,
)
_PIE = Shape(required={"segments": array(Shape(required={"label": _LABEL, "value": _positive}), most=6)})

CHART: Rule = typed({"pie": _PIE, "bar": _PLOT, "line": _PLOT, "area": _PLOT})

_RICH_TEXT = Shape(required={"elements": anything}, optional={"block_id": anything})
_RAW = {
    "raw_text": Shape(required={"text": string(2000, shortest=0)}),
    "raw_number": Shape(required={"value": number}, optional={"text": string(2000)}),
}
_CELL = typed({**_RAW, "rich_text": _RICH_TEXT})


def _even_rows(block: Mapping[str, Any], path: str) -> Iterator[Violation]:
    rows = block.get("rows")
    widths = {len(row) for row in rows if isinstance(row, list)} if isinstance(rows, list) else set()
    if len(widths) > 1:
        yield from refuse(f"{path}/rows", "all rows must have the same number of cells")


def _table_header(block: Mapping[str, Any], path: str) -> Iterator[Violation]:
    yield from _even_rows(block, path)
    rows = block.get("rows")
    if isinstance(rows, list) and rows:
        yield from array(typed({**_RAW, "rich_text": _RICH_TEXT}, allowed=frozenset(_RAW)), most=20)(
            rows[0], f"{path}/rows/0"
        )


DATA_TABLE = Shape(
    required={"caption": string(3000), "rows": array(array(_CELL, most=20), most=101, least=2)},
    optional={"page_size": integer(1, 100), "row_header_column_index": integer(0, 19), "block_id": string(255)},
    extra=_table_header,
)
TABLE = Shape(
    required={"rows": array(array(_CELL, most=20), most=100)},
    optional={
        "column_settings": array(
            Shape(optional={"align": one_of("left", "center", "right"), "is_wrapped": boolean}), most=20
        ),
        "block_id": string(255),
    },
    extra=_even_rows,
)
TASK_CARD = Shape(
    required={
        "task_id": string(255),
        "title": string(3000),
        "status": one_of("pending", "in_progress", "complete", "error"),
    },
    optional={
        "details": typed({"rich_text": _RICH_TEXT}),
        "output": typed({"rich_text": _RICH_TEXT}),
        "sources": array(typed({"url": Shape(required={"url": url(3000), "text": string(3000)})}), most=100),
        "block_id": string(255),
    },
)
PLAN = Shape(
    required={"title": string(3000)},
    optional={"tasks": array(typed({"task_card": TASK_CARD}), most=50, least=0), "block_id": string(255)},
)
