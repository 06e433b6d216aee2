"""Batch norm moves its statistics though nothing is trained."""

# --8<-- [start:batchnorm]
from torch import nn

from dlqa.lab.images import digits, original
from dlqa.lab.pretrained import normalize, pretrained

CATS = [281, 282, 285]  # tabby, tiger cat, Egyptian cat
resize = nn.functional.interpolate
photo = original("chelsea")[None, :, :, 75:375]
cat = normalize(resize(photo, 96, mode="bilinear", antialias=True))
pixels = digits(400)[0].expand(-1, 3, -1, -1)
images = normalize(resize(pixels, size=32, mode="bilinear"))


def look(name, prepare):
    model = pretrained()
    model.requires_grad_(False)  # (1)!
    prepare(model)
    norm = model.stages[5][-1].project.norm
    before, spread = norm.running_mean.clone(), norm.running_var.sqrt()
    for batch in images.split(4):
        model(batch)  # (2)!
    moved = ((norm.running_mean - before).abs() / spread).mean()
    cats = model.eval()(cat).softmax(1)[0, CATS].sum()
    print(f"{name}: moved by {moved:.1f} s.d., P(cat) {cats:.1f}")


def freeze(model):
    model.train()
    for layer in model.modules():
        if isinstance(layer, nn.BatchNorm2d):
            layer.eval()  # (3)!


look("train mode", lambda model: model.train())
look("frozen", freeze)
# --8<-- [end:batchnorm]
