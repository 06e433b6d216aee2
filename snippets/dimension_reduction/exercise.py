# %% [markdown] lang="zh"
# # 动手：先做 PCA 好不好？
#
# 一个信号混在许多无关维度里。先猜，再运行，最后让 PCA 丢掉信号。
#
# 用法：遇到 `guess`，先把 `None` 换成你的猜测，再运行下面的代码。
# %% [markdown] lang="en"
# # Lab: is PCA first a good idea?
#
# A signal is mixed with many inputs that tell nothing. Guess first, run, and in the end let PCA throw the signal away.
#
# How to use it: wherever there is a `guess`, replace each `None` by yours before you run the cell below.
# %% [markdown] lang="zh"
# ## 准备
#
# 十个有用的输入加上无关维度，一起乘一个矩阵。网络有两个 100 单元的 sigmoid 隐藏层，80 个训练样本，Adam，500 步。`learn` 返回 3 个种子在新样本上的平均准确率；乱猜得 `0.5`。
# %% [markdown] lang="en"
# ## Set up
#
# Ten inputs that tell the classes apart and dummies that do not, all multiplied by a matrix. The network has two hidden layers of 100 sigmoid units, 80 training samples, Adam, 500 steps. `learn` returns the mean accuracy of three seeds on fresh points; guessing gives `0.5`.
# %%
import torch

from dlqa.lab.guesses import compare
from dlqa.lab.initializers import initialize
from dlqa.lab.mixtures import one_hot
from dlqa.lab.training import Adam, Task, train
from dlqa.questions.dimension_reduction.preparations import preparation
from dlqa.questions.dimension_reduction.record import Params
from dlqa.questions.dimension_reduction.samples import draw

SEEDS, NETWORKS = range(3), range(500, 503)


def learn(name, data="uniform", dummies=200, rate=0.003):
    sets = [draw(data, dummies, seed, Params()) for seed in SEEDS]
    changes = [preparation(name, each.inputs) for each in sets]
    inputs = torch.stack([f(each.inputs) for f, each in zip(changes, sets)]).float()
    fresh = torch.stack([f(each.fresh_inputs) for f, each in zip(changes, sets)]).float()
    task = Task(inputs, one_hot(torch.stack([each.labels for each in sets])), None, torch.arange(3))
    start = initialize("xavier", (inputs.shape[1], 100, 100, 2), NETWORKS)
    history = train(start, task, steps=500, loss="cross entropy", optimizer=Adam(rate))
    wanted = torch.stack([each.fresh_labels for each in sets])
    return (history.final.outputs(fresh).argmax(1) == wanted).float().mean().item()
# %% [markdown] lang="zh"
# ## 先猜
#
# 矩阵的元素在 0 到 1 之间，有 200 个无关维度。四种处理各得多少？
# %% [markdown] lang="en"
# ## Predict
#
# The matrix has numbers from 0 to 1, and there are 200 dummies. How accurate is the network after each of four preparations?
# %%
guess = {"none": None, "centred": None, "pca_10": None, "whitened": None}
# %% tags=["reveal"]
print(compare(guess, {name: learn(name) for name in guess}))
# %% [markdown] lang="zh"
# 不处理时网络对每个点都给同一个答案。减去均值就救回来了，不必丢掉任何方向。
#
# ## 改一处：换成真正的旋转
#
# 矩阵换成随机旋转，其余不变。**先猜**：还需要 PCA 吗？
# %% [markdown] lang="en"
# Without preparation the network gives every point the same answer. Subtracting the mean rescues it; no direction need be dropped.
#
# ## Change one thing: a true rotation
#
# The matrix becomes a random rotation, all else stays. **Guess** whether PCA is still needed.
# %%
guess = {"none": None, "centred": None, "pca_10": None}
# %% tags=["reveal"]
print(compare(guess, {name: learn(name, data="rotation") for name in guess}))
# %% [markdown] lang="zh"
# ## 信号藏在小方差里
#
# 十个输入方差很大却与类别无关，一个输入方差小而分得开两类，再一起旋转。**先猜**：留下 11 个主成分里的 10 个，准确率还有多少？
# %% [markdown] lang="en"
# ## A quiet signal
#
# Ten inputs vary much and tell nothing, one varies little and tells the classes apart; all are rotated. **Guess** what accuracy is left with 10 of 11 components.
# %%
guess = {"none": None, "pca_11": None, "pca_10": None}
# %% tags=["reveal"]
print(compare(guess, {name: learn(name, data="quiet", dummies=10) for name in guess}))
# %% [markdown] lang="zh"
# ## 轮到你
#
# 不处理，只改学习率，能不能也救回来？换掉下面的 `rate`。
# %% [markdown] lang="en"
# ## Your turn
#
# Can the learning rate alone rescue the network, without preparation? Replace `rate` below.
# %%
rate = 0.003
print(f"{learn('none', rate=rate):.2f}")
# %% [markdown] lang="zh"
# ## 现在你应该能说
#
# - PCA 的好处里有多少其实是中心化的。
# - 方差小不等于没有用，降维之前先看标签。
# - 网络学不动时，先查输入的尺度和学习率。
# %% [markdown] lang="en"
# ## What you should now be able to say
#
# - How much of PCA’s benefit is centring’s.
# - That little variance does not mean little use: ask the labels before you drop a direction.
# - That scale of inputs and learning rate are the first suspects when a network does not learn.
