"""Supply plans (供給確保計画): what one says, what keeps it from being whole, and what a change of it is."""
