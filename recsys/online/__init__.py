"""Learning from use: what the log of events (recsys/store/events.py) teaches, and how it drifts."""
