"""Native charts (`data_visualization`, in messages only): title 50, 6 series of 20 points, labels 20 characters.

A chart says nothing to who cannot see it: the message's text has to say the same.
"""

from collections.abc import Mapping, Sequence

from messages.blocks import Block
from messages.escape import cut

TITLE, LABEL, AXIS = 50, 20, 50
SERIES, POINTS = 6, 20


def bars(title: str, categories: Sequence[str], series: Mapping[str, Sequence[float]], *, y_label: str = "") -> Block:
    """Bars side by side; `series` by name, each with a value for each of the categories, which are all different."""
    shown = [cut(category, LABEL) for category in categories[:POINTS]]
    return {
        "type": "data_visualization",
        "title": cut(title, TITLE),
        "chart": {
            "type": "bar",
            "series": [
                {
                    "name": cut(name, LABEL),
                    "data": [{"label": label, "value": value} for label, value in zip(shown, values, strict=False)],
                }
                for name, values in list(series.items())[:SERIES]
            ],
            "axis_config": {"categories": shown} | ({"y_label": cut(y_label, AXIS)} if y_label else {}),
        },
    }
