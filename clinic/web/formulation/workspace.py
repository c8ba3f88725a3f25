"""Every page of the formulation, so that who puts the app together names one module."""

from clinic.web.formulation import evidence, roll_up, suggesting, weighing
from clinic.web.formulation.routes import bp

__all__ = ["bp", "evidence", "roll_up", "suggesting", "weighing"]
