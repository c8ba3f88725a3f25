"""Every page about notes, so that who puts the app together names one module."""

from clinic.web.notes import finding, process
from clinic.web.notes.routes import bp

__all__ = ["bp", "finding", "process"]
