"""The Textual app: draws places of the journey and sends answers to it."""
