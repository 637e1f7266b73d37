"""Tests of sessions sold ahead."""
