"""The profile, the rules that raise prompts, and the sheet they make. No screen here."""
