"""A deployment rehearsed: the real CDK deploys the real app into an emulator of AWS on this machine."""
