"""Chapter 3, tested. Its doors find the settings a function is given when they are first imported."""

import os

SETTINGS = {
    "AWS_ACCESS_KEY_ID": "testing",
    "AWS_SECRET_ACCESS_KEY": "testing",
    "AWS_DEFAULT_REGION": "ap-northeast-1",
    "AWS_REGION": "ap-northeast-1",
    "SERVICE": "infra_review",
    "BUS": "sakimori",
    "POWERTOOLS_SERVICE_NAME": "infra_review",
    "POWERTOOLS_METRICS_NAMESPACE": "Sakimori",
    "LOG_LEVEL": "WARNING",
}
# Before the first import of the doors: metrics and models read their settings when they are made.
for name, value in {**SETTINGS, "TABLE": "sakimori-infra-review"}.items():
    os.environ.setdefault(name, value)
