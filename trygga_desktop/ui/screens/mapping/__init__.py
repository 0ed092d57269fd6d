"""What a case holds in each area of life: strengths first, then needs."""
