# %% [markdown] lang="zh"
# # 动手：全零的权重，为什么也学得会？
#
# 教科书说：权重不能全设成零，否则网络学不会。可是在一个 sigmoid 网络里，全零的权重最后学会了。这份笔记带你猜、看、改，直到说得清它什么时候成立。
#
# 用法：遇到 `guess`，先把 `None` 换成你的猜测，再运行下面的代码。不猜也能运行，只是少了一半乐趣。
# %% [markdown] lang="en"
# # Lab: how can all-zero weights learn?
#
# Textbooks say that weights must not all be zero, or the network cannot learn. Yet in a sigmoid network all-zero weights learn in the end. Here you guess, look and change, until you can say when that is so.
#
# How to use it: wherever there is a `guess`, replace each `None` by yours before you run the cell below. It runs without guesses too, at half the fun.
# %% [markdown] lang="zh"
# ## 准备
#
# 数据是两个 12 维高斯，均值每维相距 1，协方差都是单位阵。网络是 12-100-100-2，Adam，批大小 64。`learn` 同时训练几种初始化，每种 5 个种子，返回它们在新样本上的准确率。
# %% [markdown] lang="en"
# ## Set up
#
# The data are two Gaussians in 12 dimensions, means 1 apart in each, covariances the identity. The network is 12-100-100-2 with Adam and batches of 64. `learn` trains several initializations at once, five seeds each, and returns their accuracy on fresh points.
# %%
# %matplotlib inline
# %config InlineBackend.figure_formats = ["svg"]
from dlqa.drawing.canvas import band, panels, spread_labels
from dlqa.drawing.notebooks import keep_text
from dlqa.drawing.palette import SERIES
from dlqa.lab.grids import grid
from dlqa.lab.guesses import compare
from dlqa.lab.initializers import constant, gaussian
from dlqa.lab.training import train

keep_text()

SEEDS, STEPS = 5, 500


def learn(draws, variant="independent", activation="sigmoid"):
    pairs = grid([variant], len(draws), SEEDS, steps=STEPS)
    start = pairs.start(list(draws.values()), (100, 100), activation)
    history = train(
        start, pairs.task, steps=STEPS, at=range(0, STEPS + 1, 25),
        observe=lambda seen: {"accuracy": pairs.accuracy(seen)},
    )
    curves = pairs.by_axes(history.observed["accuracy"])[0]
    return dict(zip(draws, curves)), history


def show(curves, at):
    figure, (axes,) = panels(["accuracy on fresh points"], margins=(42, 60))
    for (name, curve), style in zip(curves.items(), SERIES):
        band(axes, at, curve, style, label=name)
    axes.set_xlabel("step")
    spread_labels(axes)
    return figure
# %% [markdown] lang="zh"
# ## 先猜
#
# 训练 500 步之后，三种初始化在新样本上的准确率各是多少？乱猜得 `0.5`，这份数据的极限约为 `0.96`。
#
# - `xavier`：Xavier 初始化
# - `zero`：权重和偏置全为 0
# - `one`：权重和偏置全为 1
# %% [markdown] lang="en"
# ## Predict
#
# After 500 steps, how accurate is each initialization on fresh points? Guessing at random gives `0.5`, and no classifier gets beyond about `0.96` on these data.
#
# - `xavier`: Xavier initialization
# - `zero`: all weights and biases 0
# - `one`: all weights and biases 1
# %%
guess = {"xavier": None, "zero": None, "one": None}
# %% tags=["reveal"] alt_zh="三种初始化的准确率随步数的变化。xavier 立刻升到极限附近；zero 先在一半停留一百多步，然后一下子追上；one 停在一半，中途还往下掉过一次。" words_zh={"accuracy on fresh points": "新样本上的准确率", "step": "步", "xavier": "xavier", "zero": "zero", "one": "one"} alt_en="Accuracy of the three initializations over the steps. xavier rises to the limit at once; zero stays at one half for more than a hundred steps, then catches up at once; one stays at one half, and dips once on the way."
curves, history = learn({"xavier": "xavier", "zero": "zero", "one": "one"})
print(compare(guess, {name: curve[:, -1].mean() for name, curve in curves.items()}))
show(curves, history.at)
# %% [markdown] lang="zh"
# ## 为什么零会动起来
#
# 记第 $l$ 层的输出为 $h_l = \sigma(W_l h_{l-1} + b_l)$，最后一层线性，误差为 $\delta$。训练前 $W_l = 0$、$b_l = 0$，而 $\sigma(0) = \tfrac{1}{2}$，所以
#
# $$\frac{\partial L}{\partial W_3} = \delta\, h_2^\top \neq 0$$
#
# 传回第 2 层的误差却是 $W_3^\top \delta = 0$。所以第 3 层先有梯度，第 2 层要等 $W_3$ 离开零。**猜一猜**：第 1、2、3 层的权重，各在第几步第一次不为零？
# %% [markdown] lang="en"
# ## Why zero begins to move
#
# Write $h_l = \sigma(W_l h_{l-1} + b_l)$ for what layer $l$ puts out, the last layer being linear, and $\delta$ for the error. Before training $W_l = 0$ and $b_l = 0$, but $\sigma(0) = \tfrac{1}{2}$, and so
#
# $$\frac{\partial L}{\partial W_3} = \delta\, h_2^\top \neq 0$$
#
# The error that comes back to layer 2, though, is $W_3^\top \delta = 0$. Layer 3 has a gradient first, then, and layer 2 waits for $W_3$ to leave zero. **Guess**: at which step is each layer's first weight other than zero?
# %%
guess = {"layer 1": None, "layer 2": None, "layer 3": None}
# %% tags=["reveal"] words_zh={"layer 1": "第 1 层", "layer 2": "第 2 层", "layer 3": "第 3 层", "layer {number}": "第 {number} 层"}
def largest(seen):
    return {
        f"layer {number}": weight.abs().amax((1, 2))
        for number, weight in enumerate(seen.stack.weights, 1)
    }


def first_steps(activation):
    pairs = grid(["independent"], 1, 1, steps=6)
    start = pairs.start(["zero"], (100, 100), activation)
    history = train(start, pairs.task, steps=6, observe=largest, at=range(7))
    return {name: sizes[0] for name, sizes in history.observed.items()}


sizes = first_steps("sigmoid")
print(compare(guess, {name: int((size > 0).argmax()) for name, size in sizes.items()}))
# %% [markdown] lang="zh"
# ## 学会了，但只有一个单元
#
# 同一层的单元起点相同，收到的梯度也相同，于是永远相同。下面数一数，训练 500 步之后第一个隐藏层的 100 个单元里有几个互不相同。
# %% [markdown] lang="en"
# ## It learns, but with a single unit
#
# Units of a layer start alike and get the same gradient, so they stay alike for ever. Count how many of the first hidden layer's 100 units differ after 500 steps.
# %% tags=["reveal"] words_zh={"{name:8} {len(units):4} different units of {len(weights)}": "{name:8} {len(weights)} 个单元中有 {len(units)} 个互不相同"}
for place, name in enumerate(curves):
    weights = history.final.weights[0][place * SEEDS]
    units = weights.round(decimals=4).unique(dim=0)
    print(f"{name:8} {len(units):4} different units of {len(weights)}")
# %% [markdown] lang="zh"
# 一个单元只能画一个超平面。两个协方差相同的高斯，最优边界恰好就是一个超平面，所以够用。
#
# ## 改一处，让论断失效
#
# “全零最后学得会”靠的是 $\sigma(0) = \tfrac{1}{2}$。把 sigmoid 换成 tanh，别的都不动：$\tanh(0) = 0$。**先猜** `zero` 的准确率，再运行。
# %% [markdown] lang="en"
# One unit draws one hyperplane. For two Gaussians of one covariance the best boundary is just that, so one is enough.
#
# ## Change one thing, and the claim breaks
#
# “All zeros learn in the end” rests on $\sigma(0) = \tfrac{1}{2}$. Replace sigmoid by tanh and leave all else: $\tanh(0) = 0$. **Guess** the accuracy of `zero`, then run.
# %%
guess = {"xavier": None, "zero": None}
# %% tags=["reveal"] words_zh={"{name}: largest weight after 6 steps {size[-1]:.0f}": "{name}：6 步之后最大的权重是 {size[-1]:.0f}"}
curves, history = learn({"xavier": "xavier", "zero": "zero"}, activation="tanh")
print(compare(guess, {name: curve[:, -1].mean() for name, curve in curves.items()}))
print()
for name, size in first_steps("tanh").items():
    print(f"{name}: largest weight after 6 steps {size[-1]:.0f}")
# %% [markdown] lang="zh"
# 隐藏层的输出恰好是零，每个权重的梯度也恰好是零，训练多久都一样；动的只有最后一层的偏置。
#
# ## 再改一处：要两个超平面的数据
#
# 回到 sigmoid，把数据换成 XOR：四个高斯，对角的两个同类，一条线分不开。**先猜**：`zero` 还学得会吗？`small` 是 `N(0, 0.01²)`，离零不远，但单元各不相同。
# %% [markdown] lang="en"
# Hidden layers put out exactly zero, so every weight's gradient is exactly zero, however long you train; nothing but the last bias moves.
#
# ## Change another: data that take two hyperplanes
#
# Back to sigmoid, with XOR data: four Gaussians, opposite ones in the same class, which no line separates. **Guess**: does `zero` still learn? `small` is `N(0, 0.01²)`, not far from zero, but its units differ.
# %%
guess = {"xavier": None, "zero": None, "small": None}
# %% tags=["reveal"] alt_zh="XOR 数据上的准确率随步数的变化。xavier 升到极限附近，small 也升上去，zero 一直停在一半。" words_zh={"accuracy on fresh points": "新样本上的准确率", "step": "步", "xavier": "xavier", "zero": "zero", "small": "small"} alt_en="Accuracy over the steps on XOR data. xavier rises to the limit, so does small, and zero stays at one half."
draws = {"xavier": "xavier", "zero": "zero", "small": gaussian(0.01)}
curves, history = learn(draws, variant="xor")
print(compare(guess, {name: curve[:, -1].mean() for name, curve in curves.items()}))
show(curves, history.at)
# %% [markdown] lang="zh"
# ## 轮到你
#
# 改 `deviation` 或 `value`，再运行。可以追问：常数多大时不再学得会？标准差多大时训练集学好了、新样本却变差？把 `variant` 换成 `"correlated"`（相关高斯），结论变不变？
# %% [markdown] lang="en"
# ## Your turn
#
# Change `deviation` or `value` and run again. Ask on: how large a constant no longer learns? How large a deviation fits the training set and fails on fresh points? Does anything change with `variant` set to `"correlated"`, the correlated Gaussians?
# %%
deviation, value = 1.0, 0.1
curves, history = learn({"gaussian": gaussian(deviation), "constant": constant(value)})
for name, curve in curves.items():
    print(f"{name:10} {curve[:, -1].mean():.2f}")
# %% [markdown] lang="zh"
# ## 现在你应该能说
#
# - 全零在 sigmoid 网络里学得会线性边界，因为 $\sigma(0) \neq 0$，梯度从最后一层逐步传回来；换成 tanh，梯度恰好为零。
# - 常数初始化不打破对称性：一层只相当于一个单元。单元各不相同，哪怕只差一点点，才学得会 XOR。
# - 问“能不能全设成零”，要先反问：什么激活函数，什么数据。
# %% [markdown] lang="en"
# ## What you should now be able to say
#
# - All zeros learn a linear boundary in a sigmoid network, since $\sigma(0) \neq 0$ and the gradient comes back layer by layer; with tanh it is exactly zero.
# - A constant breaks no symmetry: a layer is worth one unit. Units that differ, be it ever so little, are what learning XOR takes.
# - Asked whether weights may all be zero, ask back: with which activation, on which data?
