"""What evidence is made of: bytes kept safely, what they are, the words in them, how they are shown and found.

Nothing here asks who may; `access` and `workflow.evidence` do.
"""
