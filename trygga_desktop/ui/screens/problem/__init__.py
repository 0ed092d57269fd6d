"""What has happened, what is safe and what to do."""
