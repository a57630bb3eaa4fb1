"""Events: what leaves a service, and what comes in."""
