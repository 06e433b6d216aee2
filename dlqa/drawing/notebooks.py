"""Figures in a notebook as the site draws them: text stays text, in the fonts of who reads it."""

import warnings

import matplotlib


def keep_text() -> None:
    """From now on, SVG holds text as text, so that no font of this machine has to have its letters."""
    matplotlib.rcParams["svg.fonttype"] = "none"
    warnings.filterwarnings("ignore", message="Glyph .* missing from", category=UserWarning)
