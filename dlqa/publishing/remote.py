"""Studies on other machines: the parts of a study as tasks of a Dask scheduler.

The scheduler's address stands in DLQA_SCHEDULER. Results land in the store of this machine as if
they were made here, whole or not at all; a part whose worker ends is given to another.
"""

import os
from collections.abc import Iterator, Mapping
from concurrent.futures import Executor
from contextlib import contextmanager
from typing import TYPE_CHECKING

from dlqa.publishing.publish import of_block
from dlqa.publishing.store.catalog import find
from dlqa.publishing.store.fingerprint import Fingerprint
from dlqa.publishing.store.receipts import processor
from dlqa.publishing.store.stop import Stop
from dlqa.publishing.store.watch import watch

if TYPE_CHECKING:
    from distributed import Client

SCHEDULER = "DLQA_SCHEDULER"
PATIENCE = 10  # seconds to reach the scheduler


class Unreachable(Stop):
    """A scheduler that does not answer, or whose workers would compute something else."""


def scheduler() -> str:
    """The scheduler's address, "" where studies run here."""
    return os.environ.get(SCHEDULER, "")


@contextmanager
def pool(address: str, slug: str) -> Iterator[tuple[Executor, str]]:
    """The scheduler's workers as an executor, and what their processors are called.

    Raises Unreachable where the scheduler cannot be reached, has no worker, or has one that lacks
    the package or has other code or versions than this machine.
    """
    try:
        from distributed import Client
    except ModuleNotFoundError as error:
        raise Unreachable(
            "other machines need an extra: pip install 'dlqa[distributed]'"
        ) from error
    try:
        client = Client(address, timeout=PATIENCE)  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        raise Unreachable(f"no scheduler at {address}: {error}") from error
    with client:
        _check(_asked(client, slug, address), of_block(find(slug)), address)
        client.run(_watched, slug)
        machines = sorted(set(client.run(processor).values()))
        workers: Executor = client.get_executor(retries=3)  # type: ignore[no-untyped-call]
        yield workers, " + ".join(machines)


def _asked(client: "Client", slug: str, address: str) -> Mapping[str, Mapping[str, str]]:
    """What the study depends on at each worker, by the worker's address."""
    if not client.scheduler_info()["workers"]:
        raise Unreachable(
            f"the scheduler at {address} has no workers; start some: dask worker {address}"
        )
    try:
        found: Mapping[str, Mapping[str, str]] = client.run(_ingredients, slug)
    except Exception as error:  # whatever a worker without the package, or with another, ends in
        raise Unreachable(f"a worker of {address} cannot run {slug}: {error}") from error
    return found


def _watched(slug: str) -> None:
    """At a worker: what its study reads unseen is refused there as it is here."""
    watch(of_block(find(slug)).ingredients)


def _ingredients(slug: str) -> dict[str, str]:
    return dict(of_block(find(slug)).ingredients)


def _check(found: Mapping[str, Mapping[str, str]], ours: Fingerprint, address: str) -> None:
    for worker, theirs in found.items():
        if changes := Fingerprint(theirs).changes_since(ours):
            more = f" and {len(changes) - 3} more" if len(changes) > 3 else ""
            told = "; ".join(changes[:3]) + more
            raise Unreachable(f"worker {worker} of {address} is not like this machine: {told}")
