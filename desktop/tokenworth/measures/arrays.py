"""numpy, loaded when a measure first uses it, and the types of its arrays.

It takes a twentieth of a second, and an import, sums, coverage and bounds need none of it.
"""

import importlib
from typing import TYPE_CHECKING, Any

__all__ = ("Bools", "Floats", "Integers", "np")

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Integers = NDArray[np.int64]
    Bools = NDArray[np.bool_]
else:
    Floats = Integers = Bools = Any

    class _Later:
        def __getattr__(self, name: str) -> Any:
            found = getattr(importlib.import_module("numpy"), name)
            setattr(self, name, found)
            return found

    np = _Later()
