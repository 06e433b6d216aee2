"""Question 51: what its initializers, data and axes are called, in both languages."""

NAMES = {
    "xavier": {"zh": "Xavier", "en": "Xavier"},
    "zero": {"zh": "常数 0", "en": "constant 0"},
    "constant_small": {"zh": "常数 0.01", "en": "constant 0.01"},
    "one": {"zh": "常数 1", "en": "constant 1"},
    "gaussian_small": {"zh": "N(0, 0.01²)", "en": "N(0, 0.01²)"},
    "gaussian_large": {"zh": "N(0, 1)", "en": "N(0, 1)"},
    "he": {"zh": "He", "en": "He"},
    "lecun": {"zh": "LeCun", "en": "LeCun"},
    "orthogonal": {"zh": "正交", "en": "orthogonal"},
}
DATA = {
    "correlated": {"zh": "原代码的数据", "en": "data as run"},
    "independent": {"zh": "原文的数据", "en": "data as written"},
}
SETTINGS = {
    "sigmoid": {"zh": "sigmoid", "en": "sigmoid"},
    "tanh": {"zh": "tanh", "en": "tanh"},
    "relu": {"zh": "ReLU", "en": "ReLU"},
    "descent": {"zh": "sigmoid、SGD", "en": "sigmoid, SGD"},
}
