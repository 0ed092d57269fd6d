"""Who you are and your passphrase."""
