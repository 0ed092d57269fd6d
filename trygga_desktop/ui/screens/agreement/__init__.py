"""The agreement of a programme with the young person: its words, its versions, who signed."""
