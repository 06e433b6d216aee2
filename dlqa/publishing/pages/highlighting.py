"""Highlighted code as pages show it: no more elements than colours, and within the keyboard's reach."""

import re

# Names, punctuation, operators and spaces, which the palette leaves in the colour of code.
PLAIN = re.compile(r'<span class="(?:n|nn|nf|p|o|w)">([^<]*)</span>')
SHOWN = re.compile(r"(<pre>(?:<span></span>)?<code)>")


def only_colours(html: str) -> str:
    """The page without the spans of tokens that look like the text around them."""
    return PLAIN.sub(r"\1", html)


def reachable(html: str) -> str:
    """The page with code that takes the focus, so that keys scroll it.

    Material's script sees to it only once code is in sight, and takes it back from code that fits.
    """
    return SHOWN.sub(r'\1 tabindex="0">', html)
