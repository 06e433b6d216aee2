"""The font of the formulas: STIX Two Math, cut down to what formulas may hold.

A reader's system seldom has a font with the tables that MathML is laid out by, and none is fetched
from elsewhere. The font is under the SIL Open Font License, which it says of itself.
"""

import importlib.metadata
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

FONT = "formulas.woff2"
STIX = "ziamath/fonts/STIXTwoMath-Regular.ttf"
CARRIER = "ziamath"  # the package that comes with it; its code is not run
_ITALIC = "".join(map(chr, [*range(0x1D434, 0x1D468), *range(0x1D6FC, 0x1D71C)])) + "ℎ"
_GREEK = "".join(map(chr, range(0x3B1, 0x3CA))) + "ϕϵ"  # browsers write the italic in its place
_SIGNS = "\u00a0ΓΔΘΛΞΠΣΦΨΩ¬¯±·×ˆ˙˜ ̂ ̲⃗–′ℒℓℝ←→⇒↦∀∂∃∅∇∈∉∏∑−∖∗√∞∣‖∥∩∪∫∼≈≔≠≤≥≪≫⊂⊆⊙⊤⋅⋯⌊⌋⟨⟩𝒩𝒰𝔼𝟙"
_UNSEEN = "\u2061\u2062\u2063\u2064\ufe00"  # for screen readers, and a choice between two scripts
_DRAWN = {*map(chr, range(0x21, 0x7F)), *_ITALIC, *_SIGNS} - {"\U0001d455"}  # ℎ is where it lacks
CHARACTERS = frozenset({" ", *_DRAWN, *_GREEK, *_UNSEEN})
_KEPT_NAMES = [0, 1, 2, 13, 14]  # copyright, family, style, licence and its address


def write_font(folder: Path) -> None:
    """Writes the cut font as `formulas.woff2`. Raises ValueError for a character that it lacks."""
    from fontTools import subset  # loaded when there is something to cut
    from fontTools.ttLib import TTFont

    carrier = importlib.metadata.distribution(CARRIER)
    # made twice, it is the same: by default it would say when it was cut
    font = TTFont(carrier.locate_file(STIX), recalcTimestamp=False)
    wanted = {ord(each) for each in _DRAWN}
    if absent := sorted(wanted - font.getBestCmap().keys()):
        raise ValueError(f"STIX Two Math has no {', '.join(map(chr, absent))}")
    _narrow_radicals(font)
    options = subset.Options(
        flavor="woff2", hinting=False, glyph_names=False, layout_features=[], name_IDs=_KEPT_NAMES
    )
    options.drop_tables += ["DSIG", "GDEF", "GPOS"]
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=wanted)
    cutter.subset(font)
    subset.save_font(font, folder / FONT, options)


def _narrow_radicals(font: "TTFont") -> None:
    """Makes tall radicals as wide as the usual one, and drops those built from parts.

    Chromium leaves room for the widest of them beside every root, whichever it draws.
    """
    variants, radical = font["MATH"].table.MathVariants, font.getBestCmap()[ord("√")]
    place = variants.VertGlyphCoverage.glyphs.index(radical)
    tall = variants.VertGlyphConstruction[place]
    tall.GlyphAssembly = None
    width, _ = font["hmtx"][radical]
    for record in tall.MathGlyphVariantRecord:
        name = record.VariantGlyph
        glyph, (advance, _) = font["glyf"][name], font["hmtx"][name]
        glyph.coordinates.scale((width / advance, 1))
        glyph.recalcBounds(font["glyf"])
        font["hmtx"][name] = (width, glyph.xMin)
