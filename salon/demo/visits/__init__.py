"""The demo's days: who comes when, what she has done, and how it is paid."""
