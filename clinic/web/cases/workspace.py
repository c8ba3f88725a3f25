"""Every page of the caseload and of a case's life, so that one module is named for the app."""

from clinic.web.cases import endings, home, transfers
from clinic.web.cases.routes import bp

__all__ = ["bp", "endings", "home", "transfers"]
