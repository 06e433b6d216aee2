# %% [markdown] lang="zh"
# # 动手：数据多了，谁受益？
#
# 一条公式、一个深度网络，一平一弯两种边界。先猜，再运行，最后给公式添一个特征。
#
# 用法：遇到 `guess`，先把 `None` 换成你的猜测，再运行下面的代码。
# %% [markdown] lang="en"
# # Lab: who gains from more data?
#
# A formula and a deep network, a flat boundary and a curved one. Guess first, run, then give the formula one more feature.
#
# How to use it: wherever there is a `guess`, replace each `None` by yours before you run the cell below.
# %% [markdown] lang="zh"
# ## 准备
#
# 12 维，两类。边界平的时候，两类是均值不同的单位高斯；弯的时候均值相同，一类宽、一类窄，最优边界是球面。两种数据上最优规则都有约 `0.95`。`lda` 是线性判别分析的公式，`network` 是 12-100-100-2 的 ReLU 网络，用 `dlqa` 训练 400 步；二者都返回 3 个种子在新样本上的平均准确率。
# %% [markdown] lang="en"
# ## Set up
#
# Twelve inputs, two classes. Where the boundary is flat, the classes are unit Gaussians with different means; where it is curved, the means agree, one class is wide and one narrow, and the best boundary is a sphere. The best rule has about `0.95` on both. `lda` is the formula of linear discriminant analysis, `network` a 12-100-100-2 ReLU network that `dlqa` trains for 400 steps; both return the mean accuracy of three seeds on fresh points.
# %%
import torch

from dlqa.lab.guesses import compare
from dlqa.lab.initializers import initialize
from dlqa.lab.mixtures import one_hot, shuffled_batches
from dlqa.lab.training import Adam, Task, train

SEEDS = range(3)


def draw(curved, count, seed):
    generator = torch.Generator().manual_seed(seed)
    labels = torch.arange(count) % 2
    side = 2 * labels - 1
    noise = torch.randn(12, count, generator=generator)
    return noise * torch.exp(0.35 * side) if curved else noise + 0.47 * side, labels


def sets(curved, count, first=0):
    return map(torch.stack, zip(*(draw(curved, count, first + seed) for seed in SEEDS)))


def lda(curved, count, features=lambda inputs: inputs):
    right = []
    for inputs, labels, fresh, wanted in zip(*sets(curved, count), *sets(curved, 2000, 100)):
        inputs, fresh = features(inputs), features(fresh)
        zero, one = inputs[:, labels == 0], inputs[:, labels == 1]
        normal = torch.linalg.pinv(zero.cov() + one.cov()) @ (one.mean(1) - zero.mean(1))
        guesses = normal @ (fresh - inputs.mean(1, keepdim=True)) > 0
        right.append((guesses == wanted).float().mean().item())
    return sum(right) / len(right)


def network(curved, count):
    inputs, labels = sets(curved, count)
    fresh, wanted = sets(curved, 2000, 100)
    batches = shuffled_batches(SEEDS, samples=count, steps=400, size=min(count, 64))
    start = initialize("he", (12, 100, 100, 2), SEEDS, activation="relu")
    task = Task(inputs, one_hot(labels), batches, torch.arange(3))
    trained = train(start, task, steps=400, loss="cross entropy", optimizer=Adam(3e-3)).final
    return (trained.outputs(fresh).argmax(1) == wanted).float().mean().item()
# %% [markdown] lang="zh"
# ## 先猜
#
# 边界是平的，只有 64 个样本，或者有 2,048 个：公式和网络各有多准？
# %% [markdown] lang="en"
# ## Predict
#
# The boundary is flat. How accurate are the formula and the network on 64 points, and on 2,048?
# %%
guess = {"lda, 64": None, "network, 64": None, "lda, 2048": None, "network, 2048": None}
# %% tags=["reveal"]
both = {"lda": lda, "network": network}


def measured(curved):
    return {f"{name}, {n}": of(curved, n) for n in (64, 2048) for name, of in both.items()}


print(compare(guess, measured(False)))
# %% [markdown] lang="zh"
# ## 改一处：把边界弯成球面
#
# 样本数不变。**先猜**：公式还剩多少？网络要多少样本才学得会？
# %% [markdown] lang="en"
# ## Change one thing: bend the boundary into a sphere
#
# As many points as before. **Guess** what is left of the formula, and whether the network learns it.
# %%
guess = {"lda, 64": None, "network, 64": None, "lda, 2048": None, "network, 2048": None}
# %% tags=["reveal"]
print(compare(guess, measured(True)))
# %% [markdown] lang="zh"
# ## 给公式一个特征
#
# 球面是什么的“平面”？把各输入的平方加进特征，公式就能画出它。**先猜**：64 个样本时有多准？
# %% [markdown] lang="en"
# ## Give the formula a feature
#
# In what features is a sphere flat? With the squares of the inputs added, the formula can draw it. **Guess** its accuracy on 64 points.
# %%
guess = {"lda with squares, 64": None}
# %% tags=["reveal"]
def squares(inputs):
    return torch.cat([inputs, inputs.square()])


print(compare(guess, {"lda with squares, 64": lda(True, 64, squares)}))
# %% [markdown] lang="zh"
# ## 轮到你
#
# 最优规则其实只看一个数，即到原点的距离。写一个只添一个特征的 `mine`，看 64 个样本够不够。
# %% [markdown] lang="en"
# ## Your turn
#
# The best rule needs one number only, the distance from the origin. Write a `mine` with that single feature added, and see whether 64 points suffice.
# %%
def mine(inputs):
    return torch.cat([inputs, inputs.abs().sum(0, keepdim=True)])


print(f"{lda(True, 64, mine):.2f}")
# %% [markdown] lang="zh"
# ## 现在你应该能说
#
# - 数据多少要和模型的形式一起谈：形式对了，几十个样本就够。
# - 形式不对，样本再多也没用；容量大的网络要用样本去换形式。
# - 一个好特征抵得上许多样本。
# %% [markdown] lang="en"
# ## What you should now be able to say
#
# - How much data is enough depends on the model’s form: with the right one, dozens of points do.
# - With a wrong form no number of points helps; a network of large capacity pays for its form in points.
# - One good feature is worth many points.
