"""All pages of worksheets, gathered so that each is known to the app."""

from clinic.web.worksheets import library
from clinic.web.worksheets.routes import bp

__all__ = ["bp", "library"]
