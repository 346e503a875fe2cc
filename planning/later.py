"""Modules that a library loads unasked, put off until something of them is used.

`importlib.util.LazyLoader` cannot do it: an import of its module asks for `__spec__`, which already loads it.
"""

import sys
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType


def put_off(*names: str) -> None:
    """Let these modules, where they are installed and not loaded yet, be loaded only when something of them is used."""
    for name in names:
        if name not in sys.modules and find_spec(name.partition(".")[0]):
            sys.modules[name] = _stand_in(name)


def _stand_in(name: str) -> ModuleType:
    """A module that gives way to the one of its name as soon as one of that one's names is asked for."""
    module = ModuleType(name)

    def of_the_real_one(attribute: str) -> object:
        if attribute.startswith("__"):
            raise AttributeError(f"module '{name}' has no attribute '{attribute}'")
        if sys.modules.get(name) is module:
            del sys.modules[name]
        return getattr(import_module(name), attribute)

    vars(module)["__getattr__"] = of_the_real_one
    return module
