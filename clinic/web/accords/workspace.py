"""All pages of agreements: importing this file puts every route on one blueprint."""

from clinic.web.accords import routes, versions, writing

bp = routes.bp
__all__ = ["bp", "versions", "writing"]
