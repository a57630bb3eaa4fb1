"""What a function runs on: settings, clients, logs, keys."""
