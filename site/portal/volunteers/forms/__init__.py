"""Forms of the desk; they clean what people type, the verbs decide."""
