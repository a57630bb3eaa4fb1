"""What several chapters share beyond the corridor itself: rules of the government's daily work. Pure."""
