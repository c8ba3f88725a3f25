"""Every page of the worksheets, so that who puts the app together names one module."""

from clinic.web.worksheets import prints
from clinic.web.worksheets.routes import bp

__all__ = ["bp", "prints"]
