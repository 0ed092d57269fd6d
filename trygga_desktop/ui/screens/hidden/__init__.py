"""What the room does not see, and why: a page for whoever leads the meeting, nobody else."""
