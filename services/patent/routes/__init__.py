"""What Chapter 5 serves beside the powers of open cases."""
