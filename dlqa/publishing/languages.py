"""The languages of the site, the first at its root.

Apart from the words in them, so that a changed word makes no stored figure stale.
"""

LANGUAGES = ("zh", "en")
