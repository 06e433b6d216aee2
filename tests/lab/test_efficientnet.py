import pytest
import torch
from efficientnet_lite_pytorch import EfficientNet, get_model_params
from torch import nn

from dlqa.lab.efficientnet import DEPTHS, Block, Convolution, EfficientNetLite0, SameConv2d


@pytest.fixture(scope="module")
def model():
    """A network as before training, its batch norm fitted to images: without that, all look alike."""
    torch.manual_seed(0)
    model = EfficientNetLite0().train()
    for layer in model.modules():
        if isinstance(layer, nn.BatchNorm2d):
            layer.momentum = 1
            layer.weight.data.uniform_(0.7, 1.4)
            layer.bias.data.normal_(0, 0.3)
    with torch.no_grad():
        model(drawn(8, 3, 64, 64))
    return model.eval()


@pytest.fixture(scope="module")
def outside(model):
    """An implementation that is not ours, its padding worked out for each image, with our weights."""
    blocks, settings = get_model_params("efficientnet-lite0", None)
    outside = EfficientNet(blocks, settings._replace(image_size=None)).eval()
    weights = model.state_dict().values()
    outside.load_state_dict(dict(zip(outside.state_dict(), weights, strict=True)))
    return outside


def drawn(*shape):
    return torch.randn(shape, generator=torch.Generator().manual_seed(1))


@pytest.mark.parametrize("size", [(64, 64), (96, 64), (65, 65), (33, 50), (8, 7)])
@torch.no_grad()
def test_logits_are_those_of_an_outside_implementation(model, outside, size):
    images = drawn(2, 3, *size)
    torch.testing.assert_close(model(images), outside(images), rtol=0, atol=1e-4)


@torch.no_grad()
def test_symmetric_padding_would_be_noticed(monkeypatch, model, outside):
    def symmetric(layer, images, weight, bias):
        sides = layer.kernel_size[0] // 2
        return nn.functional.conv2d(images, weight, bias, layer.stride, sides, groups=layer.groups)

    monkeypatch.setattr(SameConv2d, "convolve", symmetric)
    images = drawn(2, 3, 65, 65)  # an odd side gets as much at its start as at its end
    assert (model.stem(images) - outside_stem(outside, images)).abs().max() < 1e-4
    images = drawn(2, 3, 64, 64)
    assert (model(images) - outside(images)).abs().max() > 0.1


def outside_stem(outside, images):
    return outside._swish(outside._bn0(outside._conv_stem(images)))


def test_training_reaches_every_weight_and_moves_the_statistics():
    torch.manual_seed(0)
    model = EfficientNetLite0(classes=4).train()
    nn.functional.cross_entropy(model(drawn(4, 3, 32, 32)), torch.arange(4)).backward()
    assert [name for name, weight in model.named_parameters() if not weight.grad.any()] == []
    assert not torch.equal(model.head.norm.running_mean, torch.zeros(1280))


@torch.no_grad()
def test_features_at_every_depth_are_means_over_pixels_from_the_same_pass(model):
    images = drawn(2, 3, 40, 40)
    pooled = model.pooled_by_depth(images)
    assert [features.shape for features in pooled] == [(2, width) for width in model.widths]
    for depth, features in zip(DEPTHS, pooled, strict=True):
        torch.testing.assert_close(model.features(images, depth), features)
    torch.testing.assert_close(pooled[0], model.stem(images).mean((2, 3)))
    torch.testing.assert_close(model.classifier(pooled[-1]), model(images))


def test_parts_are_everything_but_the_classifier(model):
    inside = {id(weight) for part in model.parts() for weight in part.parameters()}
    left = [name for name, weight in model.named_parameters() if id(weight) not in inside]
    assert left == ["classifier.weight", "classifier.bias"]
    assert len(model.parts()) == len(DEPTHS)


def test_an_unknown_depth_is_refused(model):
    with pytest.raises(ValueError, match=r"unknown depth 'stage8'; expected one of stem, stage1"):
        model.features(drawn(1, 3, 32, 32), "stage8")


@pytest.mark.parametrize("kernel", [3, 5])
@pytest.mark.parametrize("size", [5, 6, 7, 8])
def test_a_stride_of_2_halves_the_pixels_rounded_up(kernel, size):
    outputs = SameConv2d(3, 2, kernel, stride=2)(drawn(1, 3, size, size + 1))
    assert outputs.shape == (1, 2, -(-size // 2), -(-(size + 1) // 2))


def test_batch_norm_with_statistics_that_stay_is_folded_without_a_change(model):
    images = drawn(4, 3, 32, 32)
    folded = model(images)
    unfolded = images
    for part in model.parts():
        unfolded = as_trained(part, unfolded)
    expected = model.classifier(unfolded.mean((2, 3)))
    torch.testing.assert_close(folded, expected, rtol=1e-4, atol=1e-4)
    weights = [parameter for parameter in model.parameters() if parameter.requires_grad]
    upstream = drawn(*folded.shape)
    ours = torch.autograd.grad(folded, weights, upstream)
    theirs = torch.autograd.grad(expected, weights, upstream)
    for one, other in zip(ours, theirs, strict=True):
        torch.testing.assert_close(one, other, rtol=1e-3, atol=1e-3 * float(other.abs().max()))


def as_trained(part, images):
    """A part's result with filter and batch norm one after the other."""
    if isinstance(part, Convolution):
        sums = part.norm(part.filter(images))
        return nn.functional.relu6(sums) if part.relu else sums
    if isinstance(part, Block):
        inner = (part.expand, part.depthwise, part.project)
        narrow = images
        for each in inner:
            narrow = as_trained(each, narrow)
        return narrow + images if part.residual else narrow
    if isinstance(part, nn.Sequential):
        for each in part:
            images = as_trained(each, images)
    return images
