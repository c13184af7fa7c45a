"""The registry of shapes. A shape is a function that makes a module with a given number of repeated
parts; the modules shapes_*.py define them."""

SHAPES = {}


def shape(function):
    """Registers a shape under the function's name, with hyphens."""
    SHAPES[function.__name__.replace("_", "-")] = function
    return function


def of_size(make, size):
    """Returns a module of this shape with about `size` bytes. The size of a part is found by
    trial."""
    count = 64
    for _ in range(4):
        content = make(count)
        if abs(len(content) - size) < size / 32:
            break
        count = max(1, round(count * size / len(content)))
    return content
