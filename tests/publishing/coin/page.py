"""Question 7: what its page says of a record."""
# ruff: noqa: I001, these imports are found only where the tests put this file

import numpy as np

from dlqa.drawing.canvas import Drawing, band, dots, panels, rows
from dlqa.drawing.live import Control, Live, Setting
from dlqa.drawing.palette import SERIES
from dlqa.evidence.claims import Claim, Condition, Kind, Verdict
from dlqa.evidence.values import Values, value
from dlqa.questions.coin.record import Record

WORDS = {"zh": "正面的比例", "en": "fraction of heads"}
CLAIMS = [
    Claim[Record](
        id="c1",
        kind=Kind.MEASURED,
        source="Bernoulli 1713",
        quantity=WORDS,
        margin=0.4,
        conditions=(
            Condition("whole", {"zh": "整枚", "en": "whole"}, lambda r: r.heads, Verdict.HOLDS),
            Condition(
                "clipped", {"zh": "削过", "en": "clipped"}, lambda r: r.heads / 2, Verdict.FAILS
            ),
        ),
    ),
    Claim[Record](
        id="c2",
        kind=Kind.DERIVED,
        source="Bernoulli 1713",
        check=lambda r: bool((r.heads <= 1).all()),
        stated=Verdict.HOLDS,
    ),
    Claim[Record](id="c3", kind=Kind.CITED, source="Bernoulli 1713", stated=Verdict.UNDECIDED),
]


def values(record: Record) -> Values:
    return {"mean": value(float(record.heads.mean()))}


def tossed(record: Record, language: str) -> Drawing:
    figure, (axes,) = panels([WORDS[language]])
    dots(axes, 0, record.heads, SERIES[0])
    rows(axes, [WORDS[language]])
    return Drawing(figure, WORDS[language], f"{WORDS[language]}: 12", {"heads": record.heads})


def running(record: Record, language: str, setting: Setting) -> Drawing:
    figure, (axes,) = panels([WORDS[language]], margins=(44, 60))
    heads = record.heads[: int(setting["coins"])]
    drawn = heads if setting["side"] == "heads" else 1 - heads
    means = np.cumsum(drawn) / np.arange(1, len(drawn) + 1)
    band(axes, np.arange(float(len(drawn))), np.stack([means, drawn]), SERIES[1], label="heads")
    words = f"{WORDS[language]}: {setting['coins']}, {setting['side']}"
    return Drawing(figure, words, f"{words}!", {"mean": means})


def ran(record: Record, setting: Setting) -> bool:
    return int(setting["coins"]) <= len(record.heads)


COINS = Control(
    "coins",
    {"zh": "枚数", "en": "Coins"},
    {each: {"zh": f"{each} 枚", "en": each} for each in ("3", "6", "12")},
    default="12",
    scale=True,
)
SIDE = Control(
    "side",
    {"zh": "哪一面", "en": "Side"},
    {"heads": {"zh": "正面", "en": "heads"}, "tails": {"zh": "反面", "en": "tails"}},
    default="heads",
)
LIVE = {"running": Live((COINS, SIDE), running, ran)}
FIGURES = {"tossed": tossed, "running": LIVE["running"].still}
