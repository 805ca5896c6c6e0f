"""Long ballot papers."""


def benches(count):
    """So many projects, in two areas and two categories."""
    return [
        (str(n), f"Bench {n}", n, ("town", "north")[n % 2], ("green", "play")[n % 3 % 2])
        for n in range(1, count + 1)
    ]
