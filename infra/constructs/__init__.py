"""The parts a service's stack is built from."""
