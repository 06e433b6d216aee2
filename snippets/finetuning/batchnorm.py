"""Batch norm in training mode moves its running statistics, though nothing is trained."""

# --8<-- [start:batchnorm]
from torch import nn

from dlqa.lab.images import digits, original
from dlqa.lab.pretrained import normalize, pretrained

CATS = [281, 282, 285]  # tabby, tiger cat, Egyptian cat
photo = original("chelsea")[None, :, :, 75:375]
cat = normalize(nn.functional.interpolate(photo, size=96, mode="bilinear", antialias=True))
pixels = digits(400)[0].expand(-1, 3, -1, -1)
images = nn.functional.interpolate(pixels, size=32, mode="bilinear")


def look(name, prepare):
    model = pretrained()
    model.requires_grad_(False)  # (1)!
    prepare(model)
    norm = model.stages[5][-1].project.norm
    before, spread = norm.running_mean.clone(), norm.running_var.sqrt()
    for batch in normalize(images).split(4):
        model(batch)  # (2)!
    moved = ((norm.running_mean - before).abs() / spread).mean()
    probability = model.eval()(cat).softmax(1)[0, CATS].sum()
    print(f"{name:24} means moved by {moved:.1f} s.d., P(cat) {probability:.1f}")


def freeze(model):
    model.train()
    for layer in model.modules():
        if isinstance(layer, nn.BatchNorm2d):
            layer.eval()  # (3)!


look("batch norm in train mode", lambda model: model.train())
look("batch norm in eval mode", freeze)
# --8<-- [end:batchnorm]
