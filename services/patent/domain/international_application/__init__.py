"""An international application deemed a patent application that shows such an invention (78(4)-(7))."""

from services.patent.domain.international_application import powers
from services.patent.domain.international_application.state import international_application

__all__ = ["international_application", "powers"]
