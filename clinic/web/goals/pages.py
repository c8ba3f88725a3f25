"""Every page of the goals, so that who puts the app together names one module."""

from clinic.web.goals import course_routes
from clinic.web.goals.routes import bp

__all__ = ["bp", "course_routes"]
