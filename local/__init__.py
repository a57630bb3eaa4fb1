"""The local cloud: the synthesised template, run on one machine under a virtual clock."""
