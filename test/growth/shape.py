"""The shapes that modules can grow in: each is a function that makes a module of a number of repeated
parts. The modules shapes_*.py define them."""

SHAPES = {}


def shape(function):
    """Registers a shape by its name, with hyphens."""
    SHAPES[function.__name__.replace("_", "-")] = function
    return function


def of_size(make, size):
    """A module of this shape with about `size` bytes: what a part takes is found by trying."""
    count = 64
    for _ in range(4):
        content = make(count)
        if abs(len(content) - size) < size / 32:
            break
        count = max(1, round(count * size / len(content)))
    return content
