"""Questions as people ask them, judged by reading, over both policies and the demo content of two sites."""
