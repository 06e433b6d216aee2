"""The archive of a release's evidence, read back with nothing of ours."""

import json
import zipfile
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import jsonschema
import numpy as np
import pytest

from tests.publishing.project import Project


@pytest.fixture(scope="module")
def archive(made: Project, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("archive") / "new/evidence.zip"
    done = made.dlqa("archive", str(path))
    assert (done.code, done.output) == (0, f"{path}\n")
    return path


def test_every_file_is_named_with_its_digest(archive: Path) -> None:
    with zipfile.ZipFile(archive) as packed:
        index = json.loads(packed.read("index.json"))
        named = {
            f"{slug}/{name}": digest
            for slug, files in index["questions"].items()
            for name, digest in files.items()
        }
        assert {*packed.namelist()} == {"README.md", "schema.json", "index.json", *named}
        assert {name: sha256(packed.read(name)).hexdigest() for name in named} == named
    assert index["version"]


def test_every_json_file_is_what_the_schema_says(archive: Path) -> None:
    with zipfile.ZipFile(archive) as packed:
        schema = json.loads(packed.read("schema.json"))
        names = [name for name in packed.namelist() if name.endswith(".json")]
        names.remove("schema.json")
        assert len(names) == 5
        for name in names:
            kind = schema["properties"][name.rsplit("/", 1)[-1]] | {"$defs": schema["$defs"]}
            jsonschema.Draft202012Validator.check_schema(kind)
            jsonschema.validate(json.loads(packed.read(name)), kind)
            with pytest.raises(jsonschema.ValidationError):
                jsonschema.validate("something else", kind)


def test_a_claims_effect_follows_from_its_record_as_the_readme_says(archive: Path) -> None:
    with zipfile.ZipFile(archive) as packed:
        record = np.load(BytesIO(packed.read("coin/0.record.npz")), allow_pickle=False)
        claims = {claim["id"]: claim for claim in json.loads(packed.read("coin/claims.json"))}
        values = json.loads(packed.read("coin/values.json"))
    dimensions = json.loads(str(record["dimensions"]))
    ((part, variables),) = dimensions.items()
    heads, dims = record[f"{part}/heads"], variables["heads"]
    assert heads.shape == tuple(len(record[f"{part}/label.{each}"]) for each in dims)
    assert len(record[f"{part}/label.seed"]) == 12
    for condition in claims["c1"]["conditions"]:
        coin = list(record[f"{part}/label.coin"]).index(condition["name"])
        mean = heads.take(coin, axis=dims.index("coin")).mean()
        assert condition["effect"] == pytest.approx(mean)
        assert condition["seeds"] == 12
    assert values["mean"]["number"] == pytest.approx(heads.take(0, axis=dims.index("coin")).mean())


def test_the_same_results_give_the_same_bytes(made: Project, archive: Path, tmp_path: Path) -> None:
    done = made.dlqa("archive", str(tmp_path / "again.zip"))
    assert done.code == 0, done.output
    assert (tmp_path / "again.zip").read_bytes() == archive.read_bytes()
