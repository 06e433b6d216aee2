"""Question 52: what its layers, settings, data and metrics are called, in both languages."""

DATA = {
    "correlated": {"zh": "原代码的数据", "en": "data as run"},
    "independent": {"zh": "原文的数据", "en": "data as written"},
}
LAYERS = {
    "zh": ("第 1 层", "第 2 层", "第 3 层", "第 4 层"),
    "en": ("layer 1", "layer 2", "layer 3", "layer 4"),
}
ACTIVATIONS = {"sigmoid": "sigmoid", "tanh": "tanh", "relu": "ReLU"}
OPTIMIZERS = {"adam": "Adam", "descent": "SGD"}
SETTINGS = {
    (activation, optimizer): f"{first} + {second}"
    for activation, first in ACTIVATIONS.items()
    for optimizer, second in OPTIMIZERS.items()
}
METRICS = {
    "step": {"zh": "每步变化量", "en": "step size"},
    "distance": {"zh": "到最终权重的相对距离", "en": "relative distance to the final weights"},
    "alignment": {
        "zh": "表示与最终的差异（1 − CKA）",
        "en": "unlikeness of the representation (1 − CKA)",
    },
}
