# %% [markdown] lang="zh"
# # 动手：哪一层先收敛？先问用什么量
#
# 有人训练一个四层网络，画出权重每步的变化，得出结论：后面的层收敛得更快。这份笔记用三把尺子量同一次训练，再换一个优化器，看这个结论怎样反过来。
#
# 用法：遇到 `guess`，先把 `None` 换成你的猜测，再运行下面的代码。
# %% [markdown] lang="en"
# # Lab: which layer converges first? Ask how it is measured
#
# Someone trains a network of four layers, plots how much the weights change a step, and concludes that later layers converge faster. Here you hold three rulers to one training run, then swap the optimizer and see the conclusion reverse.
#
# How to use it: wherever there is a `guess`, replace each `None` by yours before you run the cell below.
# %% [markdown] lang="zh"
# ## 准备
#
# 网络是 12-50-50-50-2，sigmoid，Adam，750 步，5 个种子，数据用相关高斯。`settle` 训练一次，每 25 步记下权重和各层在新样本上的输出，算出每层的三个量：
#
# - `step`：25 步之内一个权重变化的均方根；
# - `distance`：到最终权重还剩的距离，$\lVert W_t - W_T \rVert / \lVert W_0 - W_T \rVert$；
# - `unlike`：与最终表示还差多少，$1 - \mathrm{CKA}$。
#
# 三个量都对训练全程取平均，越大表示收敛得越慢。
# %% [markdown] lang="en"
# ## Set up
#
# The network is 12-50-50-50-2, sigmoid, with Adam for 750 steps and five seeds, on correlated Gaussians. `settle` trains once, keeps weights and every layer's outputs on fresh points each 25 steps, and measures three things of each layer:
#
# - `step`: the root mean square change of a weight within 25 steps;
# - `distance`: what is left of the way to the final weights, $\lVert W_t - W_T \rVert / \lVert W_0 - W_T \rVert$;
# - `unlike`: what is missing to the final representation, $1 - \mathrm{CKA}$.
#
# Each is averaged over the whole run; the larger, the slower a layer converges.
# %%
# %matplotlib inline
# %config InlineBackend.figure_formats = ["svg"]
import numpy as np
import torch

from dlqa.drawing.canvas import band, panels, spread_labels
from dlqa.drawing.notebooks import keep_text
from dlqa.drawing.palette import SERIES
from dlqa.evidence.ranks import rank_correlation
from dlqa.lab.grids import grid
from dlqa.lab.guesses import compare
from dlqa.lab.representations import linear_cka
from dlqa.lab.training import SGD, Adam, train

keep_text()

ADAM, SEEDS, LAYERS = Adam(), 5, ("layer 1", "layer 2", "layer 3", "layer 4")


def settle(optimizer=ADAM, steps=750, activation="sigmoid"):
    pairs = grid(["correlated"], 1, SEEDS, steps=steps, fresh=200)
    points = pairs.data.fresh_inputs

    def observe(seen):
        stack, inputs = seen.stack, points[seen.members]
        shown = [*stack.hidden(inputs), stack.outputs(inputs)]
        return dict(zip(LAYERS, shown)) | {
            f"weights of {layer}": weight.flatten(1)
            for layer, weight in zip(LAYERS, stack.weights)
        }

    start = pairs.start(["xavier"], (50, 50, 50), activation)
    at = range(0, steps + 1, 25)
    history = train(
        start, pairs.task, steps=steps, optimizer=optimizer, observe=observe, at=at
    )
    curves = {"step": [], "distance": [], "unlike": []}
    for layer in LAYERS:
        outputs = torch.as_tensor(history.observed[layer])
        weights = history.observed[f"weights of {layer}"]
        left = np.linalg.norm(weights - weights[:, -1:], axis=2)
        change = np.diff(weights, axis=1)
        curves["step"].append(np.sqrt((change**2).mean(2)))
        curves["distance"].append(left / left[:, :1])
        curves["unlike"].append(1 - linear_cka(outputs, outputs[:, -1:]).numpy())
    return history.at, {name: np.array(curve) for name, curve in curves.items()}


def order(curve):
    """Rank correlation with depth: -1 if later layers settle first, +1 if earlier ones do."""
    return rank_correlation(curve.mean(2).T, range(len(LAYERS))).mean()
# %% [markdown] lang="zh"
# ## 先猜
#
# 对每把尺子，猜一个 −1 到 1 之间的数：**−1** 表示越往后的层收敛得越快，**+1** 表示越往前越快，0 表示没有次序。
# %% [markdown] lang="en"
# ## Predict
#
# For each ruler, guess a number from −1 to 1: **−1** if the later a layer the faster it converges, **+1** if the earlier the faster, 0 if there is no order.
# %%
guess = {"step": None, "distance": None, "unlike": None}
# %% tags=["reveal"] alt_zh="四层的三个量随步数的变化。每步变化量：第 4 层最小，第 1 层最大。到终点的距离：四条线缠在一起。与最终表示的差异：第 1 层一开始就小，第 4 层一开始最大。" words_zh={"step": "每步变化量 step", "distance": "到终点的距离 distance", "unlike": "表示的差异 unlike", "layer 1": "第 1 层", "layer 2": "第 2 层", "layer 3": "第 3 层", "layer 4": "第 4 层"} alt_en="The three measures of the four layers over the steps. Change: layer 4 has the least, layer 1 the most. Distance left: the four lines are tangled. Unlike the final representation: layer 1 starts low, layer 4 starts highest."
at, curves = settle()
print(compare(guess, {name: order(curve) for name, curve in curves.items()}))
figure, rows = panels(list(curves), margins=(42, 60))
for axes, curve in zip(rows, curves.values()):
    for layer, each, style in zip(LAYERS, curve, SERIES):
        band(axes, at[-each.shape[1] :], each, style, label=layer)
    spread_labels(axes)
figure
# %% [markdown] lang="zh"
# ## 尺子本身有刻度
#
# `step` 说后面的层快，`unlike` 说前面的层先稳定，`distance` 介于两者之间。它们量的不是一件事：`step` 有尺度，一层走得少，不等于它到得早。
#
# 检验一下：把每层的步长除以这一层从起点到终点的平均位移。**先猜**：除过之后，次序还在吗？
# %% [markdown] lang="en"
# ## A ruler has a scale
#
# `step` says that later layers are fast, `unlike` that earlier ones settle first, and `distance` lies between. They do not measure one thing: `step` has a scale, and a layer that moves less need not arrive sooner.
#
# Test it: divide each layer's steps by how far it travels from start to end. **Guess**: is the order still there?
# %%
guess = {"step": None, "step / travel": None}
# %% tags=["reveal"] words_zh={"step / travel": "每步变化量 / 路程", "{layer}: travels {way.mean():.2f} a weight": "{layer}：每个权重平均走了 {way.mean():.2f}"}
def travel(optimizer=ADAM, steps=750):
    pairs = grid(["correlated"], 1, SEEDS, steps=steps)
    start = pairs.start(["xavier"], (50, 50, 50), "sigmoid")
    final = train(start, pairs.task, steps=steps, optimizer=optimizer).final
    ways = [a - b for a, b in zip(final.weights, start.weights)]
    return np.array([way.square().mean((1, 2)).sqrt().numpy() for way in ways])


moved = travel()
for layer, way in zip(LAYERS, moved):
    print(f"{layer}: travels {way.mean():.2f} a weight")
scaled = curves["step"] / moved[:, :, None]
print(compare(guess, {"step": order(curves["step"]), "step / travel": order(scaled)}))
# %% [markdown] lang="zh"
# ## 改一处，让论断失效
#
# Adam 把梯度除以它自己的均方根，抹掉了各层梯度大小的差别。把 Adam 换成普通的随机梯度下降，步长就跟着梯度走；而误差信号往回每过一层 sigmoid，都要乘上一个不超过四分之一的导数：
#
# $$\sigma'(z) = \sigma(z)\,(1 - \sigma(z)) \le \tfrac{1}{4}.$$
#
# **先猜** `step` 的次序：还是 −1 吗？
# %% [markdown] lang="en"
# ## Change one thing, and the claim breaks
#
# Adam divides a gradient by its own root mean square, which wipes out how large the layers' gradients are. With plain gradient descent a step follows the gradient, and on its way back each sigmoid multiplies the error by a derivative of at most one quarter:
#
# $$\sigma'(z) = \sigma(z)\,(1 - \sigma(z)) \le \tfrac{1}{4}.$$
#
# **Guess** the order of `step`: is it still −1?
# %%
guess = {"Adam": None, "SGD": None}
# %% tags=["reveal"] alt_zh="普通随机梯度下降下，四层每步变化量随步数的变化：第 4 层最大，第 1 层最小，与 Adam 相反。" words_zh={"step, with SGD": "每步变化量 step，SGD", "layer 1": "第 1 层", "layer 2": "第 2 层", "layer 3": "第 3 层", "layer 4": "第 4 层"} alt_en="Change of the four layers over the steps with plain gradient descent: layer 4 has the most and layer 1 the least, the reverse of Adam."
at, descent = settle(SGD(0.1))
print(compare(guess, {"Adam": order(curves["step"]), "SGD": order(descent["step"])}))
figure, (axes,) = panels(["step, with SGD"], margins=(42, 60))
for layer, each, style in zip(LAYERS, descent["step"], SERIES):
    band(axes, at[1:], each, style, label=layer)
axes.set_yscale("log")
spread_labels(axes)
figure
# %% [markdown] lang="zh"
# 数据、网络、起点都没变，只换了优化器，“后面的层收敛得更快”就变成了“后面的层收敛得更慢”。所以它说的是 Adam 的步长，不是收敛。
#
# ## 轮到你
#
# “最终权重”取决于停在哪里。改 `steps`、`activation` 或优化器，再看三把尺子的次序：哪一把最稳？
# %% [markdown] lang="en"
# Data, network and start are as before; the optimizer alone has changed, and “later layers converge faster” has become “later layers converge slower”. It was about Adam's steps, then, not about convergence.
#
# ## Your turn
#
# Where “final” is depends on where you stop. Change `steps`, `activation` or the optimizer and read the three rulers again: which one is the steadiest?
# %%
at, mine = settle(Adam(3e-3), steps=1000, activation="relu")
for name, curve in mine.items():
    print(f"{name:10} {order(curve):+.2f}")
# %% [markdown] lang="zh"
# ## 现在你应该能说
#
# - “收敛得快”要先说清量的是什么：步长、到终点的相对距离、表示，答案各不相同。
# - 步长有尺度，优化器一换，次序就反过来；走得少不等于到得早。
# - 按表示来量，前面的层先稳定，一大半是因为它起点就像终点。
# %% [markdown] lang="en"
# ## What you should now be able to say
#
# - “Converges faster” says nothing before you say what is measured: step size, relative distance and representation give three answers.
# - Step size has a scale, and another optimizer reverses its order; to move less is not to arrive sooner.
# - By representations earlier layers settle first, and for the most part because they start out like their end.
