"""Tests of messages to customers."""
