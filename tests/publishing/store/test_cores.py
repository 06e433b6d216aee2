"""Cores are shared out among those who wait for processes."""

import threading

from dlqa.publishing.store.cores import Cores, count


def test_a_study_has_the_cores_that_it_wants_alone() -> None:
    cores, order = Cores(4), []
    started, finish = threading.Event(), threading.Event()

    def study() -> None:
        with cores.held(8) as given:
            order.append(("study", given))
            started.set()
            assert finish.wait(30)
            order.append(("study ends", given))

    def drawing() -> None:
        assert started.wait(30)
        with cores.held(1) as given:
            order.append(("drawing", given))

    threads = [threading.Thread(target=each) for each in (study, drawing)]
    for thread in threads:
        thread.start()
    assert started.wait(30)
    finish.set()
    for thread in threads:
        thread.join(30)
    assert order == [("study", 4), ("study ends", 4), ("drawing", 1)]


def test_cores_are_free_again_after_an_error() -> None:
    cores = Cores(1)
    for _ in range(2):
        try:
            with cores.held(1):
                raise RuntimeError
        except RuntimeError:
            continue
    with cores.held(1) as given:
        assert given == 1


def test_this_process_may_use_one_core_at_least() -> None:
    assert count() >= 1
