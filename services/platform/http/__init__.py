"""HTTP: from a request to a power of the law and back."""
