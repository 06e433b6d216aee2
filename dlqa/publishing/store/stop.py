"""What ends a build or a command with its own words alone."""


class Stop(Exception):
    """An error that says what is wrong, where, and what to do; how we came upon it helps nobody."""
