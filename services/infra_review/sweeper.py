"""Lambda: once a day, lapse what is past its end and start again what has lost its machine."""

from services.infra_review.domain import PROCEDURES
from services.platform.time.steps import Steps
from services.platform.time.sweeper import Sweeper

handler = Sweeper(Steps(*PROCEDURES)).handler
