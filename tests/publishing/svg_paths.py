"""What a test reads off a path of a figure."""

import re


def ends(path: str) -> list[tuple[float, float]]:
    """Where each command of a path in relative commands ends."""
    found, here, start = [], (0.0, 0.0), (0.0, 0.0)
    for command, numbers in re.findall(r"([mlcqz])([^mlcqz]*)", path):
        steps = [float(number) for number in re.findall(r"-?\d*\.?\d+", numbers)]
        assert len(steps) == {"m": 2, "l": 2, "c": 6, "q": 4, "z": 0}[command]
        here = (here[0] + steps[-2], here[1] + steps[-1]) if steps else start
        start = here if command == "m" else start
        found.append(here)
    return found
