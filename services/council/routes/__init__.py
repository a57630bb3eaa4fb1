"""What of this chapter's API is written out."""
