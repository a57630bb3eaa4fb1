"""Time: deadlines, reminders, certificates, and the machines that wait."""
