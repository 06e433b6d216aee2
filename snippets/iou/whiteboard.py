"""IoU of two boxes (x1, y1, x2, y2), and what one pixel costs."""


# --8<-- [start:iou]
def iou(a, b):
    width = min(a[2], b[2]) - max(a[0], b[0])
    height = min(a[3], b[3]) - max(a[1], b[1])
    shared = max(0, width) * max(0, height)  # (1)!
    area_a = (a[2] - a[0]) * (a[3] - a[1])
    area_b = (b[2] - b[0]) * (b[3] - b[1])
    union = area_a + area_b - shared  # (2)!
    return shared / union if union else 0.0


for side in (10, 100):
    box, moved = (0, 0, side, side), (1, 1, side + 1, side + 1)
    print(f"{side:3} px, one pixel off: {iou(box, moved):.3f}")
print("disjoint:", iou((0, 0, 2, 2), (5, 5, 9, 9)))
# --8<-- [end:iou]
