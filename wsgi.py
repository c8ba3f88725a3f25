"""Where a web server, or the flask command, finds Undercurrent."""

import gc
import os
import sys

from clinic.services.upkeep import StartError
from clinic.web.app import create_app
from clinic.web.database import open_records
from config import Settings

try:
    app = create_app(Settings.from_environment())
    # A command such as `migrate` has to run before there is anything to open.
    if os.environ.get("FLASK_RUN_FROM_CLI") != "true":
        open_records(app)
except (StartError, ValueError) as fault:
    sys.exit(f"Undercurrent cannot start. {fault}")

# What was made at the start stays for good. Walking it again in every full collection took longer
# than the page in which that happened.
gc.collect()
gc.freeze()
