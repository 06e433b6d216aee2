"""The colours of figures, light and dark, on a page and in a file of their own."""

from dlqa.drawing.palette import GRID, INK, MUTED, SERIES

DARK = (
    "#7cc0f5",
    "#fb9a63",
    "#6fce8f",
    "#bda4ff",
    "#e3bc4f",
    "#f58fc0",
    "#5fd3c6",
    "#c9c2bb",
    "#9db7ff",
)
THEME = {  # placeholder -> variable, light, dark
    INK: ("--figure-ink", "#1b1b1b", "#f2f2f2"),
    MUTED: ("--figure-muted", "#4f4f4f", "#bdbdbd"),
    GRID: ("--figure-grid", "#dcdcdc", "#3f434b"),
    **{
        style.colour: (f"--figure-{place}", style.colour, dark)
        for place, (style, dark) in enumerate(zip(SERIES, DARK, strict=True), start=1)
    },
}


def standalone(svg: str) -> str:
    """A rendered figure as a file of its own, light or dark as its viewer prefers."""
    light = ";".join(f"{variable}:{value}" for variable, value, _ in THEME.values())
    dark = ";".join(f"{variable}:{value}" for variable, _, value in THEME.values())
    rules = (
        f"svg{{{light};font-family:system-ui,sans-serif;background:#fff}}"
        f"@media(prefers-color-scheme:dark){{svg{{{dark};background:#1e2129}}}}"
    )
    head, rest = svg.split(">", 1)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{head}><style>{rules}</style>{rest}\n'


def style_sheet() -> str:
    """The colours of figures that stand inline, by Material's colour scheme; paper is light."""
    light = "".join(f"{variable}:{value};" for variable, value, _ in THEME.values())
    dark = "".join(f"{variable}:{value};" for variable, _, value in THEME.values())
    return f":root{{{light}}}\n@media screen{{[data-md-color-scheme=slate]{{{dark}}}}}\n"
