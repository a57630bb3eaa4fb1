"""Lambda: once a day, lapse what is past its end, restart lost machines, and do the day's work."""

from services.platform.runtime.chapter import page
from services.platform.time.steps import Steps
from services.platform.time.sweeper import Sweeper

handler = Sweeper(Steps(*page("chapter").PROCEDURES), daily=page("reactions").DAILY).handler
