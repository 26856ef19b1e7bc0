"""What is kept on this computer about one learner, and how it is seen, exported and erased."""
