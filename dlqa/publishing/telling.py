"""An error as a person is told of it: what, where, and only as much of the way there as helps."""

import os
import traceback

from dlqa.publishing.store.catalog import QUESTIONS
from dlqa.publishing.store.stop import Stop

WHOLE = "DLQA_TRACEBACK"  # set in the environment where all of the way is asked for


def told(error: Exception) -> str:
    """One sentence; for an error in a question's own code, which lines of it led there, too."""
    whole = traceback.TracebackException.from_exception(error)
    if os.environ.get(WHOLE):
        return "".join(whole.format()).rstrip()
    if isinstance(error, Stop):
        return str(error)
    if isinstance(error, OSError) and error.strerror:
        names = [str(name) for name in (error.filename, error.filename2) if name]
        return ": ".join([" → ".join(names) or "the system says", error.strerror])
    if isinstance(error, SyntaxError):
        return f"{error.filename}:{error.lineno}: {error.msg}"
    own = [frame for frame in whole.stack if frame.filename.startswith(f"{QUESTIONS}{os.sep}")]
    if own:
        lines = traceback.StackSummary.from_list(own).format()
        return "".join([*lines, *whole.format_exception_only()]).rstrip()
    last = whole.stack[-1]
    where = f"{last.filename}:{last.lineno}"
    said = "".join(whole.format_exception_only()).strip()
    return f"{said} (at {where}; --traceback, or {WHOLE}=1, shows the way there)"
