"""Powers of ten on logarithmic axes as plain text; matplotlib sets exponents too small for a phone."""

import math

from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, LogFormatterMathtext

RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def plain_powers(figure: Figure) -> None:
    """Writes the ticks of every logarithmic axis that has matplotlib's own as 0.01, 100 or 10⁻⁵."""
    for axes in figure.axes:
        for axis in (axes.xaxis, axes.yaxis):
            if isinstance(axis.get_major_formatter(), LogFormatterMathtext):
                axis.set_major_formatter(FuncFormatter(lambda value, _: power(value)))
                axis.minor.formatter = FuncFormatter(lambda *_: "")


def power(value: float) -> str:
    """A power of ten: in full from 0.01 to 1000, else with its exponent raised."""
    exponent = math.log10(value) if value > 0 else 0.0
    if -2.001 < exponent < 3.001 or abs(exponent - round(exponent)) > 1e-6:
        return f"{value:g}"
    return f"10{str(round(exponent)).translate(RAISED)}"
