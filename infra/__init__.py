"""The deployment: the CDK app, its packaging and its house rules."""
