"""Highlighted code with no more elements than colours: what is not coloured is text."""

import re

# Names, punctuation, operators and spaces, which the palette leaves in the colour of code.
PLAIN = re.compile(r'<span class="(?:n|nn|nf|p|o|w)">([^<]*)</span>')


def only_colours(html: str) -> str:
    """The page without the spans of tokens that look like the text around them."""
    return PLAIN.sub(r"\1", html)
