"""Optional parts of the installation, and the one command that brings each."""


class MissingExtra(ModuleNotFoundError):
    """What an optional part brings is not there; says which part, and the command."""

    def __init__(self, what: str, extra: str) -> None:
        super().__init__(f"{what} come with the extra `{extra}`: pip install 'dlqa[{extra}]'")
