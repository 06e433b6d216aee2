# %% [markdown] lang="zh"
# # 动手：抛硬币
#
# 抛 $n$ 次，正面的比例离 $\frac{1}{2}$ 有多远？
# %% [markdown] lang="en"
# # Lab: toss a coin
#
# How far is the fraction of heads from $\frac{1}{2}$ after $n$ tosses?
# %% [markdown] lang="zh"
# ## 先猜
# %% [markdown] lang="en"
# ## Predict
# %% tags=["reveal"] alt_zh="十二枚硬币的正面比例" alt_en="The fraction of heads of twelve coins"
# %matplotlib inline
# %config InlineBackend.figure_formats = ["svg"]
import numpy as np
from dlqa.lab.tossing import toss

from dlqa.drawing.canvas import dots, panels
from dlqa.drawing.notebooks import keep_text
from dlqa.drawing.palette import SERIES

keep_text()

heads = np.array([toss(seed, 100) for seed in range(12)])
figure, (axes,) = panels(["heads"])
dots(axes, 0, heads, SERIES[0])
figure
# %%
print(f"mean {heads.mean():.2f}")
