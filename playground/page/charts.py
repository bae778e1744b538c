"""Charts as plain SVG: sized by attributes, coloured by classes, since the page allows no inline style."""

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from markupsafe import Markup

WIDTH, HEIGHT = 480, 220
LEFT, RIGHT, TOP, BOTTOM = 44, 8, 10, 26
COLOURS = 6

Row = tuple[str, list[float]]
"""A series: its name and its value for each category."""


def chart(block: Mapping[str, Any]) -> Markup:
    """Drawing and legend of a `data_visualization` block; the values stand in a table beside it for who cannot see."""
    drawn = block["chart"]
    title = block["title"]
    if drawn["type"] == "pie":
        return _svg(title, _pie(drawn["segments"]), [segment["label"] for segment in drawn["segments"]])
    rows = rows_of(drawn)
    shapes = {"bar": _bars, "line": _lines, "area": _areas}[drawn["type"]]
    categories = list(drawn["axis_config"]["categories"])
    parts = [*_axes(rows, categories), *shapes(rows, len(categories))]
    return _svg(title, parts, [name for name, _ in rows])


def rows_of(drawn: Mapping[str, Any]) -> list[Row]:
    """Each series in the order of the categories. For a pie: one series of its segments."""
    if drawn["type"] == "pie":
        return [("", [float(segment["value"]) for segment in drawn["segments"]])]
    categories = drawn["axis_config"]["categories"]
    rows = []
    for series in drawn["series"]:
        values = {point["label"]: float(point["value"]) for point in series["data"]}
        rows.append((str(series["name"]), [values.get(category, 0.0) for category in categories]))
    return rows


def labels_of(block: Mapping[str, Any]) -> list[str]:
    """The categories, or the segments of a pie."""
    drawn = block["chart"]
    if drawn["type"] == "pie":
        return [segment["label"] for segment in drawn["segments"]]
    return list(drawn["axis_config"]["categories"])


def _svg(title: str, parts: Sequence[Markup], legend: Sequence[str]) -> Markup:
    drawing = Markup('<svg viewBox="0 0 {} {}" role="img" aria-label="{}" class="chart">{}</svg>').format(
        WIDTH, HEIGHT, title, Markup("").join(parts)
    )
    keys = Markup("").join(
        Markup('<li><span class="swatch colour-{}"></span>{}</li>').format(index % COLOURS, name)
        for index, name in enumerate(legend)
    )
    return Markup('{}<ul class="legend">{}</ul>').format(drawing, keys)


def _pie(segments: Sequence[Mapping[str, Any]]) -> list[Markup]:
    total = sum(segment["value"] for segment in segments)
    middle, radius, angle = (WIDTH / 2, HEIGHT / 2), HEIGHT / 2 - 10, -math.pi / 2
    if len(segments) == 1:
        circle = Markup('<circle class="colour-0" cx="{:.1f}" cy="{:.1f}" r="{:.1f}"/>')
        return [circle.format(*middle, radius)]
    parts = []
    for index, segment in enumerate(segments):
        end = angle + 2 * math.pi * segment["value"] / total
        x1, y1 = middle[0] + radius * math.cos(angle), middle[1] + radius * math.sin(angle)
        x2, y2 = middle[0] + radius * math.cos(end), middle[1] + radius * math.sin(end)
        large = int(end - angle > math.pi)
        arc = f"A{radius:.1f} {radius:.1f} 0 {large} 1 {x2:.1f} {y2:.1f}Z"
        path = f"M{middle[0]:.1f} {middle[1]:.1f}L{x1:.1f} {y1:.1f}{arc}"
        title = Markup("<title>{}: {:g}</title>").format(segment["label"], segment["value"])
        parts.append(Markup('<path class="colour-{}" d="{}">{}</path>').format(index % COLOURS, path, title))
        angle = end
    return parts


def _range(rows: Sequence[Row]) -> tuple[float, float]:
    values = [value for _, row in rows for value in row]
    low, high = min(0.0, *values), max(0.0, *values)
    return low, high if high > low else low + 1


def _y(value: float, low: float, high: float) -> float:
    return TOP + (HEIGHT - TOP - BOTTOM) * (high - value) / (high - low)


def _x(index: int, count: int) -> float:
    """The middle of a category's band."""
    return LEFT + (WIDTH - LEFT - RIGHT) * (index + 0.5) / count


def _axes(rows: Sequence[Row], categories: Sequence[str]) -> Iterator[Markup]:
    low, high = _range(rows)
    for step in range(3):
        value = low + (high - low) * step / 2
        y = _y(value, low, high)
        yield Markup('<line class="grid" x1="{}" y1="{:.1f}" x2="{}" y2="{:.1f}"/>').format(LEFT, y, WIDTH - RIGHT, y)
        yield Markup('<text class="tick" x="{}" y="{:.1f}" text-anchor="end">{:g}</text>').format(
            LEFT - 5, y + 4, value
        )
    every = math.ceil(len(categories) / 6)
    for index, name in enumerate(categories):
        if index % every == 0:
            label = Markup('<text class="tick" x="{:.1f}" y="{}" text-anchor="middle">{}</text>')
            yield label.format(_x(index, len(categories)), HEIGHT - 8, name)


def _bars(rows: Sequence[Row], count: int) -> Iterator[Markup]:
    low, high = _range(rows)
    band = (WIDTH - LEFT - RIGHT) / count * 0.7
    for series, (name, values) in enumerate(rows):
        for index, value in enumerate(values):
            x = _x(index, count) - band / 2 + band / len(rows) * series
            top, bottom = sorted((_y(value, low, high), _y(0, low, high)))
            shape = Markup('<rect class="colour-{}" x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}">{}</rect>')
            title = Markup("<title>{}: {:g}</title>").format(name, value)
            yield shape.format(series % COLOURS, x, top, band / len(rows) - 1, bottom - top, title)


def _points(values: Sequence[float], low: float, high: float) -> str:
    return " ".join(f"{_x(index, len(values)):.1f},{_y(value, low, high):.1f}" for index, value in enumerate(values))


def _lines(rows: Sequence[Row], count: int) -> Iterator[Markup]:
    del count
    low, high = _range(rows)
    for series, (_, values) in enumerate(rows):
        line = Markup('<polyline class="line colour-{}" points="{}"/>')
        yield line.format(series % COLOURS, _points(values, low, high))


def _areas(rows: Sequence[Row], count: int) -> Iterator[Markup]:
    low, high = _range(rows)
    for series, (_, values) in enumerate(rows):
        floor = _y(0, low, high)
        ends = f"{_x(count - 1, count):.1f},{floor:.1f} {_x(0, count):.1f},{floor:.1f}"
        area = Markup('<polygon class="area colour-{}" points="{} {}"/>')
        yield area.format(series % COLOURS, _points(values, low, high), ends)
