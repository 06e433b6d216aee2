"""Words files: a label composes itself, and a word that is missing says where."""

import pytest

from dlqa.drawing.labels import differences, languages_of, read
from dlqa.publishing.store.catalog import questions

ENGLISH = '[data]\nxor = "XOR"\n[step]\neach = "{} steps"\n500 = "half of it"\n'


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "words.en.toml").write_text(ENGLISH, "utf-8")
    return tmp_path


def test_a_label_is_composed_of_its_coordinates(folder):
    labels = read(folder, "en")
    assert labels.joined({"data": "xor", "step": 1000}, "sigmoid") == "XOR, 1000 steps, sigmoid"
    assert labels("step", 500) == "half of it"
    assert read(folder, "en", between="，").joined({"data": "xor", "step": 1}) == "XOR，1 steps"


def test_a_missing_word_says_what_was_looked_for(folder):
    with pytest.raises(KeyError, match=r"no word for 'line' in \[data\] of words.en.toml"):
        read(folder, "en")("data", "line")
    with pytest.raises(KeyError, match=r"no table \[axis\] in words.en.toml"):
        read(folder, "en").of("axis")


@pytest.mark.parametrize("text", ["data = 1", '[data]\nxor = ["XOR"]', "[data"])
def test_a_file_that_holds_something_else_is_refused_by_name(tmp_path, text):
    (tmp_path / "words.en.toml").write_text(text, "utf-8")
    with pytest.raises(ValueError, match=r"words\.en\.toml"):
        read(tmp_path, "en")


def test_a_word_that_one_language_lacks_is_found(folder):
    (folder / "words.zh.toml").write_text('[data]\nxor = "XOR"\nline = "线"\n', "utf-8")
    assert languages_of(folder) == ["en", "zh"]
    assert [line.rsplit("/", 1)[1] for line in differences(folder)] == [
        "words.en.toml: no word for data.line",
        "words.zh.toml: no word for step.500",
        "words.zh.toml: no word for step.each",
    ]


def test_every_question_has_the_same_words_in_every_language():
    assert [line for question in questions() for line in differences(question.folder)] == []
