"""What the rules on reckoned figures share: whether one figure is another with a slip of the pen."""


def is_slip(told: str, right: str) -> bool:
    """Whether two numbers of as many digits have the same digits in another order, or differ in one digit."""
    off = [(a, b) for a, b in zip(told, right, strict=False) if a != b]
    return len(told) == len(right) and bool(off) and (sorted(told) == sorted(right) or len(off) == 1)


def is_exchanged(told: str, right: str) -> bool:
    """Whether two numbers have the same digits in another order."""
    return told != right and len(told) == len(right) and sorted(told) == sorted(right)
