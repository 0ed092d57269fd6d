"""Recording a signed paper: who answered, what they let pass, and until when."""
