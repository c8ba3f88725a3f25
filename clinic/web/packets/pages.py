"""All pages of packets: those of one case, and those of what is printed in the background."""

from clinic.web.packets import jobs
from clinic.web.packets.routes import bp

__all__ = ["bp", "jobs"]
