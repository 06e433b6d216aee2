# --8<-- [start:toss]
import random

print(sum(random.Random(0).choices((0, 1), k=10)))  # (1)!
# --8<-- [end:toss]
