"""The verbs a person types: `dlqa list`, `run`, `claims`, `figures`, `log`, `archive`, `where` and `new`.

Each imports what it needs when it is called: help comes at once, and `list` reads files alone.
"""

import argparse
import io
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dlqa.publishing.store.findings import FoundClaim
    from dlqa.publishing.store.results import Published

LATEST = 1000  # no page's seeds go so far
ENDED_BY_PIPE, ENDED_BY_PERSON = 141, 130  # as a shell reports SIGPIPE and Ctrl-C


def main(arguments: list[str] | None = None) -> None:
    _open_standard_streams()
    options = _parser().parse_args(arguments)
    if options.traceback:
        os.environ["DLQA_TRACEBACK"] = "1"  # telling.WHOLE, for our workers too
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # for a terminal that lacks our characters
            stream.reconfigure(errors="backslashreplace")
    try:
        options.verb(options)
        if sys.stdout:
            sys.stdout.flush()
    except BrokenPipeError:  # whoever reads us has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(ENDED_BY_PIPE)
    except KeyboardInterrupt:
        print("dlqa: stopped", file=sys.stderr)
        sys.exit(ENDED_BY_PERSON)
    except Exception as error:
        from dlqa.publishing.telling import told

        sys.exit(f"dlqa: {told(error)}")


def _open_standard_streams() -> None:
    """Where one was closed, the next file that is opened would be taken for it, by workers too."""
    for descriptor in range(3):
        try:
            os.fstat(descriptor)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # the lowest that is free


def list_questions(_: argparse.Namespace) -> None:
    from dlqa.publishing.store.catalog import questions

    for question in questions():
        print(f"{question.slug:16} {question.summary}")


def where(_: argparse.Namespace) -> None:
    from dlqa.publishing.store.shelves import Store

    print(Store.default().folder.absolute())


def new(options: argparse.Namespace) -> None:
    from dlqa.publishing.scaffold.laying_out import lay_out

    for path in lay_out(options.slug, options.number, Path.cwd()):
        print(path.relative_to(Path.cwd()))


def run(options: argparse.Namespace) -> None:
    from dlqa.publishing.store.catalog import questions

    if options.scheduler:
        os.environ["DLQA_SCHEDULER"] = options.scheduler  # remote.SCHEDULER, for our workers
    for slug in [each.slug for each in questions()] if options.all else [options.slug]:
        options.slug = slug
        _run(options)


def _run(options: argparse.Namespace) -> None:
    results = _published(options)
    for block in results.blocks:
        print(f"{options.slug}: its record is in {block}")
    for name, fact in results.receipt.items():
        print(f"  {name:16} {fact}")


def show_claims(options: argparse.Namespace) -> None:
    from dlqa.publishing.store.results import CLAIMS

    if options.seeds:
        show_later_claims(options)
        return
    results = _published(options)
    if options.json:
        print((results.exhibits / CLAIMS).read_text("utf-8"), end="")
        return
    _print_claims(results.claims)


def show_later_claims(options: argparse.Namespace) -> None:
    """The verdicts on other seeds; ends with 1 where these contradict the text."""
    from dlqa.publishing.publish import rejudge
    from dlqa.publishing.store.catalog import find
    from dlqa.publishing.store.results import written
    from dlqa.publishing.store.shelves import Store

    claims = rejudge(find(options.slug), Store.default(), options.seeds, _say)
    if options.json:
        print(written(claims).decode(), end="")
    else:
        _print_claims(claims)
        stops, warnings = (sum(len(getattr(c, n)) for c in claims) for n in ("stops", "warnings"))
        print(f"from seed {options.seeds} on, against the text: {stops} stops, {warnings} warnings")
    if any(claim.stops for claim in claims):
        sys.exit(1)


def _print_claims(claims: "Sequence[FoundClaim]") -> None:
    from dlqa.evidence.values import bound

    for claim in claims:
        print(f"{claim.id:4} {claim.kind:9} {claim.verdict}")
        for outcome in claim.conditions:
            low, high = (bound(end, "+.4f", "?").text for end in (outcome.least, outcome.most))
            numbers = f"{outcome.effect:+.4f} [{low}, {high}] {outcome.seeds:4} seeds"
            needs = f", needs about {outcome.needed:,.0f}" if outcome.needed else ""
            print(f"     {outcome.name:32} {outcome.verdict:18} {numbers}{needs}")
        for mark, lines in {"!": claim.stops, "~": claim.warnings}.items():
            for line in lines:
                print(f"     {mark} {line}")


def write_log(options: argparse.Namespace) -> None:
    """Of all questions; the log lies in the store, where the next build of the site finds it."""
    from dlqa.publishing.publish import publish
    from dlqa.publishing.run_summary import run_summary
    from dlqa.publishing.store.catalog import questions
    from dlqa.publishing.store.shelves import Store
    from dlqa.publishing.store.verdict_log import Log, changed, continued, keep, read

    before = read(Path(options.before)) if options.before else Log()
    store = Store.default()
    published = {each.slug: publish(each, store, _say) for each in questions()}
    after = continued(before, published)
    keep(after, store)
    print(run_summary(published, changed(before, after)))


def write_evidence(options: argparse.Namespace) -> None:
    from dlqa.publishing.publish import publish
    from dlqa.publishing.store.catalog import questions
    from dlqa.publishing.store.evidence import write_archive
    from dlqa.publishing.store.shelves import Store

    store, path = Store.default(), Path(options.path)
    write_archive({each.slug: publish(each, store, _say) for each in questions()}, path)
    print(path)


def write_figures(options: argparse.Namespace) -> None:
    from dlqa.publishing.exhibits.colours import standalone
    from dlqa.publishing.store.catalog import find

    results, folder = _published(options), Path(options.folder)
    if options.figure and options.figure not in results.drawings:
        known = ", ".join(results.figures)
        sys.exit(f"dlqa: unknown figure of {options.slug} {options.figure!r}; known: {known}")
    folder.mkdir(parents=True, exist_ok=True)
    for language in [options.language] if options.language else find(options.slug).languages:
        for name in [options.figure] if options.figure else results.figures:
            svg = folder / f"{name}.{language}.svg"
            svg.write_text(standalone(_figure(results, name, language)), "utf-8")
            print(svg)


def _figure(results: "Published", name: str, language: str) -> str:
    """A figure with its caption's words where a checkout has the page, without them elsewhere."""
    from dlqa.publishing.store.catalog import CHECKOUT

    page = CHECKOUT and CHECKOUT / "docs" / language / f"{results.slug}.md"
    if not page or not page.is_file():
        return results.figure(name, language)
    from dlqa.publishing.sources.library import Library  # reads pages: needs the extra `site`
    from dlqa.publishing.sources.source import Source

    return Library.of_page(Source.read(page), results, language).drawing(results.slug, name)


def _published(options: argparse.Namespace) -> "Published":
    from dlqa.publishing.publish import publish
    from dlqa.publishing.store.catalog import find
    from dlqa.publishing.store.shelves import Store

    return publish(find(options.slug), Store.default(), _say)


def _say(text: str) -> None:
    print(text, file=sys.stderr)


def _later(text: str) -> int:
    """How many seeds later; fewer would be seeds that the page may have had."""
    if (later := int(text)) < LATEST:
        raise argparse.ArgumentTypeError(
            f"expected {LATEST} or more, got {later}: how much later seeds begin, not how many"
        )
    return later


def _parser() -> argparse.ArgumentParser:
    from dlqa.publishing.words import spoken

    parser = argparse.ArgumentParser(prog="dlqa", description="Questions that prove their answers.")
    parser.add_argument(
        "--traceback",
        action="store_true",
        help="show the whole way to an error, not only what it is",
    )
    verbs = parser.add_subparsers(required=True, metavar="VERB")
    verbs.add_parser("list", help="the questions").set_defaults(verb=list_questions)
    verbs.add_parser("where", help="the folder of all results").set_defaults(verb=where)
    laid = verbs.add_parser("new", help="lay out the files of a new question in this checkout")
    laid.add_argument("slug", help="its name in addresses and code, as in weight_decay")
    laid.add_argument("--number", type=int, default=900, help="its number on the site (900)")
    laid.set_defaults(verb=new)
    archive = verbs.add_parser("archive", help="all evidence as one zip of JSON and npz")
    archive.add_argument("path", nargs="?", default="dlqa-evidence.zip", help="(dlqa-evidence.zip)")
    archive.set_defaults(verb=write_evidence)
    log = verbs.add_parser(
        "log", help="what has changed since a deploy, for the site and as Markdown"
    )
    log.add_argument("before", nargs="?", help="data/verdicts.json of the site as it was deployed")
    log.set_defaults(verb=write_log)
    for name, verb, what in (
        ("run", run, "run a question's study, unless its record is up to date"),
        ("claims", show_claims, "the verdict of each of its claims"),
        ("figures", write_figures, "write its figures as SVG"),
    ):
        command = verbs.add_parser(name, help=what)
        command.set_defaults(verb=verb)
        if name == "run":
            which = command.add_mutually_exclusive_group(required=True)
            which.add_argument("slug", nargs="?", help="a question, as `dlqa list` names it")
            which.add_argument("--all", action="store_true", help="every question")
            command.add_argument(
                "--scheduler", metavar="ADDRESS", help="of Dask: run studies on its workers"
            )
        else:
            command.add_argument("slug", help="a question, as `dlqa list` names it")
        if name == "claims":
            command.add_argument("--json", action="store_true", help="as published")
            command.add_argument(
                "--seeds",
                type=_later,
                default=0,
                metavar="N",
                help="on other seeds, N later than its page's; ends with 1 where they contradict it",
            )
        if name == "figures":
            command.add_argument("folder", nargs="?", default=".", help="where (here)")
            command.add_argument(
                "--figure",
                metavar="NAME",
                help="only this one, or one of its settings, as in curves.0.1 (all)",
            )
            command.add_argument("--language", choices=spoken(), help="only this one (all)")
    return parser


if __name__ == "__main__":
    main()
