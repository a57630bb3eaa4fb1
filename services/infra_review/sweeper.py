"""Lambda: once a day, lapse what is past its end and start again what has lost its machine."""

from services.infra_review.domain import PROCEDURES
from services.platform.steps import Steps
from services.platform.sweeper import Sweeper

handler = Sweeper(Steps(*PROCEDURES)).handler
