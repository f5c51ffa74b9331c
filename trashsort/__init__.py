__version__ = "0.0.1"

from .files import keep_private as _keep_private

_keep_private()
