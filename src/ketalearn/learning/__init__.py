"""Items, answers and what they say about what a learner has understood. No screen here."""
