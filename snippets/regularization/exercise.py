# %% [markdown] lang="zh"
# # 动手：L1 给出的零，是真的零吗？
#
# 人人都说“L1 正则化让权重稀疏”。可是给 Adam 加上 L1 惩罚，训练完一看，没有一个权重等于零。这份笔记带你看清差在哪里，再改一处，让零变成真的零。
#
# 用法：遇到 `guess`，先把 `None` 换成你的猜测，再运行下面的代码。
# %% [markdown] lang="en"
# # Lab: are the zeros of L1 really zero?
#
# “L1 regularization makes weights sparse”, everyone says. Yet add an L1 penalty under Adam, train, and not one weight equals zero. Here you see what is missing, then change one thing that makes the zeros real.
#
# How to use it: wherever there is a `guess`, replace each `None` by yours before you run the cell below.
# %% [markdown] lang="zh"
# ## 准备
#
# 网络是 12-50-50-2，sigmoid，Adam，750 步，5 个种子。惩罚加在每层权重的均值上，强度 λ 为 1：
#
# $$L_1:\ \lambda \sum_l \operatorname{mean} |W_l|, \qquad L_2:\ \lambda \sum_l \operatorname{mean} W_l^2.$$
#
# `fit` 训练一次，返回新样本上的准确率和全部权重。
# %% [markdown] lang="en"
# ## Set up
#
# The network is 12-50-50-2, sigmoid, with Adam for 750 steps and five seeds. The penalty is on the mean over each layer's weights, with strength λ of 1:
#
# $$L_1:\ \lambda \sum_l \operatorname{mean} |W_l|, \qquad L_2:\ \lambda \sum_l \operatorname{mean} W_l^2.$$
#
# `fit` trains once and returns the accuracy on fresh points and every weight.
# %%
# %matplotlib inline
# %config InlineBackend.figure_formats = ["svg"]
import torch

from dlqa.drawing.canvas import band, panels, spread_labels
from dlqa.drawing.notebooks import keep_text
from dlqa.drawing.palette import SERIES
from dlqa.lab.grids import grid
from dlqa.lab.guesses import compare
from dlqa.lab.histories import Snapshot
from dlqa.lab.training import Penalty, Proximal, train

keep_text()

SEEDS, STEPS = 5, 750


def fit(observe=None, at=(), **way):
    pairs = grid(["independent"], 1, SEEDS, steps=STEPS)
    start = pairs.start(["xavier"], (50, 50), "sigmoid")
    history = train(start, pairs.task, steps=STEPS, observe=observe, at=at, **way)
    final = history.final
    right = pairs.accuracy(Snapshot(STEPS, final, torch.arange(SEEDS))).mean().item()
    return right, torch.cat([weight.flatten(1) for weight in final.weights], 1), history


def share(weights, limit=0.0):
    """The share of weights whose size is at most the limit."""
    return (weights.abs() <= limit).float().mean().item()
# %% [markdown] lang="zh"
# ## 先猜
#
# 训练完之后，**恰好等于零**的权重占多大比例？三种情形各猜一个 0 到 1 之间的数。
# %% [markdown] lang="en"
# ## Predict
#
# When training is over, what share of the weights **equals zero exactly**? Guess a number between 0 and 1 for each of the three.
# %%
guess = {"no penalty": None, "L1": None, "L2": None}
# %% tags=["reveal"]
ways = {"no penalty": {}, "L1": {"penalty": Penalty("l1", 1.0)}, "L2": {"penalty": Penalty("l2", 1.0)}}
fits = {name: fit(**way) for name, way in ways.items()}
print(compare(guess, {name: share(weights) for name, (_, weights, _) in fits.items()}))
# %% [markdown] lang="zh"
# ## 零附近有什么
#
# 一个恰好的零也没有。那么“L1 让权重稀疏”从何说起？把标准放宽：绝对值不超过 `0.001` 就算“接近零”。**先猜**这次的比例。
# %% [markdown] lang="en"
# ## What lies near zero
#
# Not a single exact zero. Where, then, does “L1 makes weights sparse” come from? Relax it: “near zero” is a size of at most `0.001`. **Guess** the shares now.
# %%
guess = {"no penalty": None, "L1": None, "L2": None}
# %% tags=["reveal"] alt_zh="绝对值不超过某个界限的权重比例，随界限的变化。L1 在 0.001 附近已经升到大半，无惩罚和 L2 要到更大的界限才升上去。" words_zh={"share of weights with |w| at most": "|w| 不超过横轴值的权重比例", "no penalty": "无惩罚"} alt_en="The share of weights of at most a given size. L1 has risen to most of them near 0.001, no penalty and L2 rise at larger sizes only."
print(compare(guess, {name: share(weights, 1e-3) for name, (_, weights, _) in fits.items()}))


def spectrum(fits):
    limits = torch.logspace(-4, 0.5, 28)
    figure, (axes,) = panels(["share of weights with |w| at most"], margins=(42, 76))
    for (name, (_, weights, _)), style in zip(fits.items(), SERIES):
        shares = torch.stack([(weights.abs() <= limit).float().mean(1) for limit in limits], 1)
        band(axes, limits.numpy(), shares.numpy(), style, label=name)
    axes.set_xscale("log")
    spread_labels(axes)
    return figure


spectrum(fits)
# %% [markdown] lang="zh"
# ## 为什么到不了零
#
# 自动求导给出的是次梯度 $\lambda \operatorname{sign}(w)$，大小不随 $w$ 变小。权重一步跨过零，符号翻转，下一步又跨回来。下面画出 L1 训练最后 60 步里，结束时绝对值最小的几个权重。
# %% [markdown] lang="en"
# ## Why they never get there
#
# Autograd hands out the subgradient $\lambda \operatorname{sign}(w)$, which does not shrink with $w$. A weight steps across zero, the sign flips, and the next step takes it back. Here are the last 60 steps of training with L1, for weights that end among the smallest.
# %% alt_zh="三个权重在最后 60 步里的路径：都在零的两侧来回摆动，幅度不到千分之一，没有停在零上。" words_zh={"three weights of the second layer": "第二层的三个权重"} alt_en="The paths of three weights over the last 60 steps: all swing to and fro across zero, by less than a thousandth, and none rests on it."
def path(**way):
    def observe(seen):
        return {"second layer": seen.stack.weights[1].flatten(1)}

    *_, history = fit(observe, range(STEPS - 60, STEPS + 1), **way)
    paths = torch.as_tensor(history.observed["second layer"])[0]  # [step, weight]
    still = paths.abs().amax(0).argsort()[:200:80]  # not the smallest alone
    figure, (axes,) = panels(["three weights of the second layer"], margins=(60, 20))
    for place, style in zip(still, SERIES):
        axes.plot(history.at, paths[:, place], color=style.colour, linestyle=style.dash)
    axes.ticklabel_format(axis="y", style="plain")
    return figure


path(penalty=Penalty("l1", 1.0))
# %% [markdown] lang="zh"
# ## 改一处，让论断翻转
#
# 不对 $|w|$ 求导，改用它的近端算子：先按损失走一步，再把每个权重的绝对值减去一个阈值，不够减的直接置零。
#
# $$w \leftarrow \operatorname{sign}(w)\,\max(|w| - t,\ 0)$$
#
# 强度不变，还是 1。**先猜**恰好为零的比例。
# %% [markdown] lang="en"
# ## Change one thing, and the claim flips
#
# Take no derivative of $|w|$; use its proximal operator: step by the loss alone, then take a threshold off every weight's size, and set to zero what has less.
#
# $$w \leftarrow \operatorname{sign}(w)\,\max(|w| - t,\ 0)$$
#
# The strength is 1 as before. **Guess** the share that equals zero exactly.
# %%
guess = {"L1": None, "proximal L1": None}
# %% tags=["reveal"] alt_zh="加入近端步之后的同一张图：近端 L1 在最左端就已经是大半，也就是恰好为零。" words_zh={"share of weights with |w| at most": "|w| 不超过横轴值的权重比例", "no penalty": "无惩罚", "proximal L1": "近端 L1"} alt_en="The same figure with the proximal step: proximal L1 is at most of the weights from the left edge on, which means exactly zero."
fits["proximal L1"] = fit(proximal=Proximal(1.0, metric="adam"))
print(compare(guess, {name: share(fits[name][1]) for name in guess}))
print()
for name, (right, weights, _) in fits.items():
    print(f"{name:12} accuracy {right:.2f}   mean |w| {weights.abs().mean():.2f}")
spectrum(fits)
# %% [markdown] lang="zh"
# 同样的数据、同样的强度，准确率也相近，零从“接近”变成了“恰好”。所以要剪枝、要存成稀疏矩阵，光加惩罚不够，得有近端步或者最后截断。
#
# ## 轮到你
#
# 改 `strength`，看零的比例和准确率怎样此消彼长：强到哪里，准确率开始垮？把 `metric` 换成 `"plain"` 呢？
# %% [markdown] lang="en"
# On the same data, with the same strength and about the same accuracy, zeros have gone from near to exact. To prune, or to store a sparse matrix, a penalty alone will not do: it takes a proximal step, or a cut at the end.
#
# ## Your turn
#
# Change `strength` and watch zeros and accuracy trade places: how strong must it be for accuracy to collapse? And with `metric` set to `"plain"`?
# %% words_zh={"λ = {strength:4.1f}   exactly 0: {share(weights):.2f}   accuracy {right:.2f}": "λ = {strength:4.1f}   恰好为 0：{share(weights):.2f}   准确率 {right:.2f}", "{name:12} accuracy {right:.2f}   mean |w| {weights.abs().mean():.2f}": "{name:12} 准确率 {right:.2f}   |w| 的均值 {weights.abs().mean():.2f}"}
for strength in (0.1, 1.0, 3.0, 10.0):
    right, weights, _ = fit(proximal=Proximal(strength, metric="adam"))
    print(f"λ = {strength:4.1f}   exactly 0: {share(weights):.2f}   accuracy {right:.2f}")
# %% [markdown] lang="zh"
# ## 现在你应该能说
#
# - L1 在最优解处产生零，次梯度法却到不了那里：它在零两侧来回摆动，得到的只是接近零。
# - 近端步给出恰好的零；说“稀疏”，要讲清是恰好为零，还是小于某个阈值。
# - L2 的拉力随权重变小而变小，所以让权重都变小，却不产生零。
# %% [markdown] lang="en"
# ## What you should now be able to say
#
# - L1 has zeros at its optimum, but a subgradient method does not get there: it swings about zero and ends near it.
# - A proximal step gives exact zeros; whoever says “sparse” should say whether that is exactly zero or below a threshold.
# - The pull of L2 fades as a weight shrinks, so it makes all weights smaller and none zero.
